//! Articles: every text in them arrives, and never as an escape that WeChat does not undo.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::Value;

use super::{config, text};
use crate::article::ArticleRequest;
use crate::bindings::types::{Article, Comments, News, Pictures};
use crate::wechat::body;

/// Returns the part of a text that can be sent: JSON has only escapes for control characters, and newline and tab alone
/// are taken. Every end of a line is a newline.
fn sendable(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines
        .chars()
        .filter(|character| *character >= ' ' || matches!(character, '\n' | '\t'))
        .collect()
}

/// An optional text without a visible character is left out.
fn given(text: Option<&str>) -> Option<&str> {
    const NO_WIDTH: [char; 9] = [
        '\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{FEFF}', '\u{7F}',
    ];
    let is_blank = |text: &str| {
        text.chars()
            .all(|c| c.is_whitespace() || c.is_control() || NO_WIDTH.contains(&c))
    };
    text.filter(|text| !is_blank(text))
}

/// Returns the character after each backslash that begins an escape.
fn escapes(json: &[u8]) -> Vec<char> {
    let mut bytes = json.iter();
    let mut found = Vec::new();
    while bytes.any(|byte| *byte == b'\\') {
        found.extend(bytes.next().copied().map(char::from));
    }
    found
}

fn assert_arrives(article: &Article, texts: &[(&str, Option<&str>)]) -> Result<(), TestCaseError> {
    let sent = body::json(&ArticleRequest::from(article));
    let escapes = escapes(&sent);
    prop_assert!(escapes.iter().all(|escape| "\"\\nt".contains(*escape)), "{:?}", escapes);
    let read: Value = serde_json::from_slice(&sent).unwrap();
    for (place, text) in texts {
        let arrived = read.pointer(place).and_then(Value::as_str);
        let meant = text.map(sendable);
        prop_assert_eq!(arrived, meant.as_deref(), "{}", place);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_texts_of_news_arrive(
        (title, content, thumb_media_id) in (text(), text(), text()),
        (author, digest) in (option::of(text()), option::of(text())),
        (content_source_url, product_key) in (option::of(text()), option::of(text())),
    ) {
        let news = News {
            title,
            author,
            digest,
            content,
            content_source_url,
            thumb_media_id,
            cover_crops: Vec::new(),
            comments: Comments::Closed,
            product_key,
        };
        assert_arrives(&Article::News(news.clone()), &[
            ("/title", Some(&news.title)),
            ("/author", given(news.author.as_deref())),
            ("/digest", given(news.digest.as_deref())),
            ("/content", Some(&news.content)),
            ("/content_source_url", given(news.content_source_url.as_deref())),
            ("/thumb_media_id", Some(&news.thumb_media_id)),
            ("/product_info/footer_product_info/product_key", news.product_key.as_deref()),
        ])?;
    }

    #[test]
    fn the_texts_of_pictures_arrive(
        (title, content, product_key) in (text(), text(), option::of(text())),
        image_media_ids in vec(text(), 2),
    ) {
        let pictures = Pictures {
            title,
            content,
            image_media_ids,
            cover_crops: Vec::new(),
            comments: Comments::Everyone,
            product_key,
        };
        assert_arrives(&Article::Pictures(pictures.clone()), &[
            ("/title", Some(&pictures.title)),
            ("/content", Some(&pictures.content)),
            ("/image_info/image_list/0/image_media_id", pictures.image_media_ids.first().map(String::as_str)),
            ("/image_info/image_list/1/image_media_id", pictures.image_media_ids.get(1).map(String::as_str)),
            ("/product_info/footer_product_info/product_key", pictures.product_key.as_deref()),
        ])?;
    }
}
