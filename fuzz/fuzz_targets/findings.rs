//! Findings about articles. The input is the content.
#![no_main]

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use wechat_official_account::bindings::types::{Article, Comments, News, Pictures, Severity};
use wechat_official_account::check::findings;
use wechat_official_account::check::text::is_empty;
use wechat_official_account::html::{Tags, body, declarations, decode, text, visible_characters};

/// The longest message, in bytes: a field, a figure, a sentence, and an example of 60 characters of up to 4 bytes each.
const LONGEST_MESSAGE: usize = 600;

fn articles(content: &str) -> [Article; 2] {
    let content = content.to_owned();
    let news = News {
        title: "标题".to_owned(),
        author: None,
        digest: None,
        content: content.clone(),
        content_source_url: None,
        thumb_media_id: "M".to_owned(),
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: None,
    };
    let pictures = Pictures {
        title: "标题".to_owned(),
        content,
        image_media_ids: vec!["M".to_owned()],
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: None,
    };
    [Article::News(news), Article::Pictures(pictures)]
}

/// Returns whether the two tokenizers should agree: `src/html/differential.rs` lists where they differ on purpose.
fn is_comparable(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    !html.contains(['\0', '\r']) && ["noscript", "noframes"].iter().all(|name| !lower.contains(name))
}

fn names(html: &str) -> Vec<(Vec<u8>, bool)> {
    let tags = Tags::new(html).map(|tag| (tag.name.to_ascii_lowercase().into_bytes(), tag.closing));
    tags.collect()
}

fn names_by_html5gum(html: &str) -> Vec<(Vec<u8>, bool)> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some((tag.name.0, false)),
            Token::EndTag(tag) => Some((tag.name.0, true)),
            _ => None,
        })
        .collect()
}

fuzz_target!(|content: &str| {
    let articles = articles(content);
    for finding in findings(&articles) {
        assert_eq!(finding.field, "content");
        assert!(finding.message.len() <= LONGEST_MESSAGE, "{}", finding.message);
        if let Some(figure) = finding.figure {
            assert!(
                figure.found > figure.limit && figure.found <= content.len() as u64,
                "{finding:?}"
            );
        }
        // WeChat drops markup and does not refuse it: an error means that there is no content, or too much.
        if finding.severity == Severity::Error {
            let nothing = is_empty(body(content));
            assert!(nothing || content.len() > 1024 * 1024, "{finding:?}");
        }
    }
    let visible = text(content).chars().filter(|character| *character != '\n').count();
    assert_eq!(visible, visible_characters(content));
    assert!(content.contains(body(content)));
    for declaration in declarations(&decode(content)) {
        assert!(declaration.property.len() + declaration.value.len() <= 2 * content.len());
    }
    let mut last = 0;
    for tag in Tags::new(content) {
        let start = tag.source.as_ptr() as usize - content.as_ptr() as usize;
        assert!(start >= last, "tags come in order");
        last = start + tag.source.len();
        for attribute in tag.attributes() {
            let range = attribute.range();
            assert!(start < range.start && range.end < last);
            assert_eq!(content.get(range), Some(attribute.value));
        }
    }
    if is_comparable(content) {
        assert_eq!(names(content), names_by_html5gum(content));
    }
});
