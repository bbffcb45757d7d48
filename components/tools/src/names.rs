//! The names of arguments and fields as WIT spells them.

/// The arguments and fields of the tools whose names WIT spells with hyphens.
const ARGUMENTS: [&str; 6] = [
    "cover_media_id",
    "expected_title",
    "media_id",
    "publish_id",
    "source_url",
    "wait_seconds",
];

/// Returns the name of an argument as it is spelled in WIT. Anything else, such as an id or an address, stays as it is.
pub fn argument(name: &str) -> String {
    match ARGUMENTS.contains(&name) {
        true => name.replace('_', "-"),
        false => name.to_owned(),
    }
}

/// Returns a message about an argument with its name as it is spelled in WIT. The name stands at the beginning, or
/// after the colon of a tool's own words.
pub fn in_message(message: String, name: &str) -> String {
    let place = format!("{name} ");
    let start = match message.starts_with(&place) {
        true => Some(0),
        false => message.find(&format!(": {place}")).map(|colon| colon + ": ".len()),
    };
    match start.and_then(|start| message.split_at_checked(start)) {
        Some((before, rest)) => format!("{before}{}", rest.replacen(name, &argument(name), 1)),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::{argument, in_message};

    #[test]
    fn an_argument_is_spelled_as_in_wit_and_an_id_stays() {
        for (name, expected) in [
            ("media_id", "media-id"),
            ("html", "html"),
            ("an-id_of-wechat", "an-id_of-wechat"),
        ] {
            assert_eq!(argument(name), expected);
        }
    }

    #[test]
    fn a_message_has_the_name_that_its_subject_has() {
        for (name, message, expected) in [
            ("media_id", "media_id is empty; media_id", "media-id is empty; media_id"),
            (
                "cover_media_id",
                "The article is refused: cover_media_id is empty. No draft was written.",
                "The article is refused: cover-media-id is empty. No draft was written.",
            ),
            ("html", "html has 2 bytes", "html has 2 bytes"),
            ("title", "", ""),
            (
                "expected_title",
                "The draft has another title: “expected_title”. Nothing was done.",
                "The draft has another title: “expected_title”. Nothing was done.",
            ),
            ("an_id", "an_id was not found", "an_id was not found"),
        ] {
            assert_eq!(in_message(message.to_owned(), name), expected);
        }
    }
}
