//! The form of media-ids.

/// The fewest characters of a text that counts as a media-id although nobody said that it is one. WeChat promises no
/// length, but known ids have 43 or more (wechat-api §1), and a name whose extension was forgotten is shorter.
const FEWEST: usize = 20;

/// Returns whether a text has the form of a media-id. A file's name has a dot.
pub fn is_media_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Returns whether a text that may also be a file's name is a media-id. A name whose extension was forgotten is none,
/// and neither is the `false` of somebody who wants no cover.
pub fn is_likely_media_id(text: &str) -> bool {
    is_media_id(text) && text.len() >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_no_media_id() {
        assert!(is_media_id("M-1_x") && is_media_id("-"));
        for text in ["", "a.png", "M 1", "图", "a/b"] {
            assert!(!is_media_id(text), "{text}");
        }
    }

    #[test]
    fn a_short_text_is_more_likely_a_name() {
        for text in ["R7Ifp6ogGOmtr3u-l6KIJfD6AX2foQ7Ktp4flZtYJbtO2H", "-_345678901234567890"] {
            assert!(is_likely_media_id(text), "{text}");
        }
        for text in [
            "a",
            "cover",
            "true",
            "false",
            "1234567890123456789",
            "a-cover-with-a-long-name.png",
        ] {
            assert!(!is_likely_media_id(text), "{text}");
        }
    }
}
