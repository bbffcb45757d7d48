//! Texts and numbers, put together and read. The standard library's formatting and parsing has 3 KB of code, for widths,
//! paddings and types of numbers that nothing here has.

/// A number in figures.
pub fn figures(number: usize) -> String {
    let tens = number / 10;
    let mut text = if tens == 0 { String::new() } else { figures(tens) };
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

/// Puts pieces together. (The standard library's `concat` has 1 KB for each type of piece.)
pub fn joined(pieces: &[&str]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text += piece;
    }
    text
}

/// The number that these figures stand for. `None`: there is something else, or none, or far too many.
pub fn number(figures: &[u8]) -> Option<u64> {
    /// As many nines fit.
    const LONGEST: usize = 19;
    if !(1..=LONGEST).contains(&figures.len()) {
        return None;
    }
    let mut number = 0;
    for figure in figures {
        number = number * 10 + u64::from(char::from(*figure).to_digit(10)?);
    }
    Some(number)
}

/// As the standard library's `from_utf8_lossy`, which has 1 KB of code.
pub fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    while let Err(error) = str::from_utf8(bytes) {
        let (good, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        text += str::from_utf8(good).unwrap_or_default();
        text.push(char::REPLACEMENT_CHARACTER);
        bytes = error.error_len().and_then(|bad| rest.get(bad..)).unwrap_or_default();
    }
    text += str::from_utf8(bytes).unwrap_or_default();
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    proptest! {
        #[test]
        fn any_bytes_become_the_text_that_the_standard_library_makes_of_them(
            bytes in vec(prop_oneof![any::<u8>(), select("a写é🎉".as_bytes())], 0..12),
        ) {
            prop_assert_eq!(lossy(&bytes), String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn numbers_are_read_from_figures_alone() {
        for (text, read) in [
            ("0", Some(0)),
            ("007", Some(7)),
            ("9999999999999999999", Some(9_999_999_999_999_999_999)),
            ("10000000000000000000", None),
            ("", None),
            ("+1", None),
            ("-1", None),
            ("1 ", None),
            ("1a", None),
        ] {
            assert_eq!(number(text.as_bytes()), read, "{text}");
        }
    }

    #[test]
    fn numbers_and_pieces_are_as_the_standard_library_writes_them() {
        for number in [0, 1, 9, 10, 99, 100, 1024, 10_485_760, usize::MAX] {
            assert_eq!(figures(number), number.to_string());
        }
        assert_eq!(joined(&["a", "", "写"]), "a写");
        assert_eq!(joined(&[]), "");
    }
}
