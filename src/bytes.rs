//! Bytes looked at sixteen at a time, for what is done to every line of a dump.
//!
//! Libraries search long texts at memory speed, but a call costs more than a name of ten letters is
//! worth. What stands here is inlined, and falls back on them where there is more to look through.

use wide::u8x16;

/// Where the first of two bytes is. Quickest where it is near.
#[inline]
pub(crate) fn find_either(bytes: &[u8], a: u8, b: u8) -> Option<usize> {
    let Some((near, far)) = bytes.split_first_chunk::<16>() else {
        return bytes.iter().position(|&byte| byte == a || byte == b);
    };
    let near = u8x16::new(*near);
    let found = (near.simd_eq(u8x16::splat(a)) | near.simd_eq(u8x16::splat(b))).to_bitmask();
    if found != 0 {
        return Some(found.trailing_zeros() as usize);
    }
    memchr::memchr2(a, b, far).map(|place| place + 16)
}

/// How many digits of ASCII the bytes begin with.
#[inline]
pub(crate) fn leading_digits(bytes: &[u8]) -> usize {
    let Some((near, far)) = bytes.split_first_chunk::<16>() else {
        return bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    };
    let values = u8x16::new(*near) - u8x16::splat(b'0');
    let others = !values.min(u8x16::splat(9)).simd_eq(values).to_bitmask() & 0xFFFF;
    if others != 0 {
        return others.trailing_zeros() as usize;
    }
    16 + far.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_near_and_far_is_the_same() {
        for before in 0..70 {
            for after in [0, 1, 15, 16, 40] {
                let mut bytes = vec![b'x'; before + 1 + after];
                assert_eq!(find_either(&bytes, b'"', b'\\'), None);
                bytes[before] = b'\\';
                assert_eq!(find_either(&bytes, b'"', b'\\'), Some(before));
                bytes.push(b'"');
                assert_eq!(find_either(&bytes, b'"', b'\\'), Some(before));
                let digits = |byte: u8| {
                    let mut bytes = vec![b'7'; before];
                    bytes.push(byte);
                    bytes.resize(before + 1 + after, b'0');
                    leading_digits(&bytes)
                };
                for other in [b'/', b':', b'.', 0, 0xFF, 0x80 | b'0'] {
                    assert_eq!(digits(other), before);
                }
                assert_eq!(digits(b'9'), before + 1 + after);
            }
        }
    }
}
