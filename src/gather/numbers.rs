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
