//! Eight bytes at once. Long texts are mostly made of bytes that mean nothing where they are read, and are passed four
//! times as fast this way.

/// How many they are.
pub const EIGHT: usize = 8;

/// Eight bytes of a text.
#[derive(Clone, Copy)]
pub struct Eight(u64);

impl Eight {
    /// Those that begin at this place, if there are so many.
    pub fn at(text: &[u8], place: usize) -> Option<Self> {
        let eight = text.get(place..)?.first_chunk()?;
        Some(Self(u64::from_le_bytes(*eight)))
    }

    /// Whether none is below this one of ASCII.
    pub const fn none_below(self, byte: u8) -> bool {
        self.all_beyond_ascii_or(self.low_bits() + every(0x80 - byte))
    }

    /// Whether none is this one of ASCII.
    pub const fn none_is(self, byte: u8) -> bool {
        self.all_beyond_ascii_or((self.low_bits() ^ every(byte)) + every(0x7F))
    }

    /// With how many of them a character of UTF-8 begins.
    pub const fn characters(self) -> usize {
        let continuing = self.0 >> 7 & !(self.0 >> 6) & every(1);
        EIGHT - continuing.count_ones() as usize
    }

    /// Without the top bit an addition to a byte never carries into the next one.
    const fn low_bits(self) -> u64 {
        self.0 & every(0x7F)
    }

    /// Whether each has its top bit, or has it in these.
    const fn all_beyond_ascii_or(self, these: u64) -> bool {
        (self.0 | these) & every(0x80) == every(0x80)
    }
}

/// This byte, eight times.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; EIGHT])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_as_one_by_one(bytes: [u8; EIGHT], limit in 1..=0x80_u8, other in 0..0x80_u8) {
            let eight = Eight::at(&bytes, 0).unwrap();
            prop_assert_eq!(eight.none_below(limit), bytes.iter().all(|&byte| byte >= limit));
            prop_assert_eq!(eight.none_is(other), bytes.iter().all(|&byte| byte != other));
            prop_assert_eq!(eight.characters(), bytes.iter().filter(|&byte| byte & 0xC0 != 0x80).count());
        }
    }

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255 {
            for place in 0..EIGHT {
                let mut bytes = [b'a'; EIGHT];
                bytes[place] = byte;
                let eight = Eight::at(&bytes, 0).unwrap();
                assert_eq!(eight.none_below(b' '), byte >= b' ', "{byte} at {place}");
                assert_eq!(eight.none_is(b'"'), byte != b'"', "{byte} at {place}");
            }
        }
    }

    #[test]
    fn fewer_are_none() {
        assert!(Eight::at(b"1234567", 0).is_none());
        assert!(Eight::at(b"12345678", 1).is_none());
        assert!(Eight::at(b"", 1).is_none());
    }
}
