//! Numbers as few bytes, and bytes behind their length: LEB128, signed numbers folded into unsigned
//! ones by zigzag.

/// Writes a number in base 128, low digits first.
#[inline]
pub fn unsigned(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

/// Writes a signed number.
pub(super) fn signed(to: &mut Vec<u8>, value: i64) {
    unsigned(to, (value << 1 ^ value >> 63) as u64);
}

/// Reads a number that [`unsigned`] wrote, off the front.
#[inline]
pub fn take_unsigned(rest: &mut &[u8]) -> Option<u64> {
    // Most numbers take one byte.
    let (&first, after) = rest.split_first()?;
    if first < 0x80 {
        *rest = after;
        return Some(u64::from(first));
    }
    take_long(rest)
}

fn take_long(rest: &mut &[u8]) -> Option<u64> {
    if let Some(eight) = rest.first_chunk::<8>()
        && let Some((value, length)) = of_eight(u64::from_le_bytes(*eight))
    {
        *rest = &rest[length..];
        return Some(value);
    }
    let mut value = 0u64;
    for (i, byte) in rest.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *rest = &rest[i + 1..];
            return Some(value);
        }
    }
    None
}

/// The number that eight bytes begin with and the number of its bytes; `None` if it is longer. All
/// its bytes are put together at once, by twos, fours and eights.
#[inline]
fn of_eight(bytes: u64) -> Option<(u64, usize)> {
    let ends = !bytes & 0x8080_8080_8080_8080;
    if ends == 0 {
        return None;
    }
    let own = bytes & (ends ^ (ends - 1)) & 0x7f7f_7f7f_7f7f_7f7f;
    let twos = own & 0x007f_007f_007f_007f | (own & 0x7f00_7f00_7f00_7f00) >> 1;
    let fours = twos & 0x0000_3fff_0000_3fff | (twos & 0x3fff_0000_3fff_0000) >> 2;
    let value = fours & 0x0fff_ffff | fours >> 4 & 0x0fff_ffff << 28;
    Some((value, ends.trailing_zeros() as usize / 8 + 1))
}

/// Takes a number that [`signed`] wrote off the front.
pub(super) fn take_signed(rest: &mut &[u8]) -> Option<i64> {
    let folded = take_unsigned(rest)?;
    Some((folded >> 1) as i64 ^ -((folded & 1) as i64))
}

/// Takes so many bytes off the front.
#[inline]
pub(super) fn take_bytes<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

/// Takes bytes behind their length off the front.
#[inline]
pub(super) fn take_measured<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take_unsigned(rest)? as usize;
    take_bytes(rest, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_survive() {
        for bits in 0..64 {
            for value in
                [1 << bits, (1 << bits) - 1, u64::MAX >> bits, 0x5555_5555_5555_5555 >> bits]
            {
                for after in [&[][..], &[0xFF; 9], &[0; 9]] {
                    let mut bytes = Vec::new();
                    unsigned(&mut bytes, value);
                    bytes.extend_from_slice(after);
                    let mut rest = &bytes[..];
                    assert_eq!(take_unsigned(&mut rest), Some(value));
                    assert_eq!(rest, after, "{value:x}");
                }
            }
        }
        assert_eq!(take_unsigned(&mut &[0x80; 12][..]), None);
        assert_eq!(take_unsigned(&mut &[0x80; 3][..]), None);
    }
}
