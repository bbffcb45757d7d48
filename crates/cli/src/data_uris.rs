//! Pictures that are in an HTML themselves, as `data:` URIs.

/// Returns whether an address is a `data:` URI.
pub fn is_data(address: &str) -> bool {
    address
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Returns the largest possible number of `data:` URIs in the HTML, except those hidden behind character references.
pub fn count(html: &str) -> usize {
    without(html).1
}

/// Returns the HTML without its `data:` URIs, and their number.
pub fn without(html: &str) -> (String, usize) {
    let mut left = String::with_capacity(html.len());
    let mut count = 0;
    let mut rest = html;
    while let Some(start) = position(rest) {
        let (before, data) = rest.split_at(start);
        left.push_str(before);
        let end = data.find(|character: char| character.is_ascii_whitespace() || "\"')<>".contains(character));
        rest = data.get(end.unwrap_or(data.len())..).unwrap_or_default();
        count += 1;
    }
    left.push_str(rest);
    (left, count)
}

fn position(html: &str) -> Option<usize> {
    let begins = |window: &[u8]| window.eq_ignore_ascii_case(b"data:");
    html.as_bytes().windows(5).position(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_uris_and_text_are_distinguished() {
        for (html, left, count) in [
            ("", "", 0),
            ("<img src=a.png>data", "<img src=a.png>data", 0),
            (
                "<img src=data:,a><img src='DATA:image/png;base64,'>",
                "<img src=><img src=''>",
                2,
            ),
            (
                "<p style=\"background:url(data:image/png;base64,AA==)\">图",
                "<p style=\"background:url()\">图",
                1,
            ),
            ("metadata: 图", "meta 图", 1),
        ] {
            assert_eq!(without(html), (left.to_owned(), count), "{html}");
        }
    }
}
