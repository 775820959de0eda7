//! Bytes looked at sixteen at a time, for what is done to every line of a dump.
//!
//! Libraries search long texts at memory speed, but a call costs more than a name of ten letters is
//! worth. What stands here is inlined, and falls back on them where there is more to look through.

use std::ops::BitOr;

use wide::u8x16;

/// Chunks of sixty-four bytes that are looked through here; beyond them libraries are quicker.
const NEAR: usize = 4;

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
    find_far(far, a, b).map(|place| place + 16)
}

/// As [`find_either`], where neither is near.
#[inline(never)]
fn find_far(bytes: &[u8], a: u8, b: u8) -> Option<usize> {
    let mut passed = 0;
    for chunk in bytes.as_chunks::<64>().0.iter().take(NEAR) {
        let found = bits(sixteens(chunk).map(|part| part.places_of(a) | part.places_of(b)));
        if found != 0 {
            return Some(passed + found.trailing_zeros() as usize);
        }
        passed += 64;
    }
    memchr::memchr2(a, b, &bytes[passed..]).map(|place| place + passed)
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

/// How many printable characters of ASCII the bytes begin with.
#[inline]
pub(crate) fn leading_printable(bytes: &[u8]) -> usize {
    let mut count = 0;
    for chunk in chunks(bytes, 0) {
        for sixteen in chunk {
            let others = !sixteen.within(b' ', b'~').bits() & 0xFFFF;
            if others != 0 {
                return count + others.trailing_zeros() as usize;
            }
            count += 16;
        }
    }
    count
}

/// Four times sixteen bytes at a time, which costs fewer ends of loops; behind the last ones stand
/// others to fill up.
#[inline]
pub(crate) fn chunks(bytes: &[u8], filler: u8) -> impl Iterator<Item = [Sixteen; 4]> {
    (0..bytes.len().div_ceil(64)).map(move |place| {
        let rest = &bytes[64 * place..];
        match rest.first_chunk::<64>() {
            Some(chunk) => sixteens(chunk),
            None => last_parts(bytes, rest.len(), filler).map(|part| Sixteen(u8x16::new(part))),
        }
    })
}

#[inline]
fn sixteens(chunk: &[u8; 64]) -> [Sixteen; 4] {
    std::array::from_fn(|part| Sixteen(u8x16::new(chunk.as_chunks::<16>().0[part])))
}

/// The last bytes, so many but less than sixty-four, and behind them others to fill up. What is read
/// at once and then shifted costs less than copying just as many.
#[inline]
fn last_parts(bytes: &[u8], count: usize, filler: u8) -> [[u8; 16]; 4] {
    let mut parts = [[filler; 16]; 4];
    let (whole, rest) = bytes[bytes.len() - count..].as_chunks::<16>();
    for (part, whole) in parts.iter_mut().zip(whole) {
        *part = *whole;
    }
    if let (Some(part), false) = (parts.get_mut(whole.len()), rest.is_empty()) {
        if let Some(last) = bytes.last_chunk::<16>() {
            let behind = u128::from_le_bytes([filler; 16]) << (8 * rest.len());
            let shifted = u128::from_le_bytes(*last) >> (8 * (16 - rest.len()));
            *part = (shifted | behind).to_le_bytes();
        } else {
            part[..rest.len()].copy_from_slice(rest);
        }
    }
    parts
}

/// Places in four times sixteen bytes as bits, the first byte's the lowest.
#[inline]
pub(crate) fn bits(places: [Places; 4]) -> u64 {
    let [a, b, c, d] = places.map(|places| u64::from(places.bits()));
    a | b << 16 | c << 32 | d << 48
}

/// All are ASCII.
#[inline]
pub(crate) fn are_ascii(chunk: [Sixteen; 4]) -> bool {
    let [a, b, c, d] = chunk.map(|sixteen| sixteen.0);
    (a | b | c | d).to_bitmask() == 0
}

/// Sixteen bytes that are looked at together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sixteen(u8x16);

/// Some of sixteen places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places(u8x16);

impl Sixteen {
    /// Where a byte stands.
    #[inline]
    pub(crate) fn places_of(self, byte: u8) -> Places {
        Places(self.0.simd_eq(u8x16::splat(byte)))
    }

    /// Where bytes from the first to the last of these stand.
    #[inline]
    pub(crate) fn within(self, first: u8, last: u8) -> Places {
        let above = self.0 - u8x16::splat(first);
        Places(above.min(u8x16::splat(last - first)).simd_eq(above))
    }

    /// Letters of ASCII become small ones; other bytes may become others that are no letters.
    #[inline]
    pub(crate) fn folded(self) -> Self {
        Self(self.0 | u8x16::splat(0x20))
    }
}

impl Places {
    /// Nowhere.
    pub(crate) const NONE: Self = Self(u8x16::ZERO);

    /// The places as bits, the first byte's the lowest.
    #[inline]
    pub(crate) fn bits(self) -> u32 {
        self.0.to_bitmask()
    }

    /// These places but for those.
    #[inline]
    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl BitOr for Places {
    type Output = Self;

    #[inline]
    fn bitor(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bits_in_order() {
        let text: Vec<u8> = (0..=255).collect();
        for (block, sixteen) in chunks(&text, 0).flatten().enumerate() {
            for place in 0..16 {
                let byte = (16 * block + place) as u8;
                assert_eq!(sixteen.places_of(byte).bits(), 1 << place);
                let is_capital = byte.is_ascii_uppercase();
                assert_eq!(sixteen.within(b'A', b'Z').bits() >> place & 1 == 1, is_capital);
            }
        }
        assert!(chunks(&text[..128], 0).all(are_ascii));
        for place in 0..64 {
            let mut bytes = [b'x'; 64];
            bytes[place] = 0x80;
            assert!(!chunks(&bytes, 0).any(are_ascii));
            let found = chunks(&bytes, 0).map(|chunk| bits(chunk.map(|part| part.places_of(0x80))));
            assert!(found.eq([1 << place]));
        }
        let fillers = [0, 15, 16, 64, 65].map(|n| {
            chunks(&text[..n], 200)
                .map(|chunk| chunk.map(|sixteen| sixteen.places_of(200).bits().count_ones()))
                .last()
        });
        let filled = Some([1, 16, 16, 16]);
        let expected = [None, filled, Some([0, 16, 16, 16]), Some([0; 4]), Some([15, 16, 16, 16])];
        assert_eq!(fillers, expected);
    }

    #[test]
    fn printable_characters_are_counted_to_the_first_other_one() {
        for before in [0, 1, 15, 16, 63, 64, 130] {
            let mut bytes = vec![b'~'; before];
            assert_eq!(leading_printable(&bytes), before);
            for other in [0, b'\n', 0x1F, 0x7F, 0x80, 0xFF] {
                bytes.truncate(before);
                bytes.extend([other, b' ']);
                assert_eq!(leading_printable(&bytes), before);
            }
        }
    }

    #[test]
    fn what_is_found_near_and_far_is_the_same() {
        for before in (0..160).chain(260..360) {
            for after in [0, 1, 15, 16, 40, 90] {
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
