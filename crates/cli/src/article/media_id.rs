//! The form of media-ids.

/// Returns whether a text has the form of a media-id. A file's name has a dot.
pub fn is_media_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
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
}
