//! Findings about articles. The input is the content.
#![no_main]

use std::collections::BTreeMap;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use wechat_official_account::bindings::types::{Article, Comments, Finding, News, Pictures, Severity};
use wechat_official_account::check::findings;
use wechat_official_account::check::text::is_empty;
use wechat_official_account::html::{Tags, body, declarations, decode, text, visible_characters};
use wechat_official_account::texts::EN;

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

/// The most findings of advice about one rule in one article.
const ADVICE_A_RULE: u64 = 20;

/// Checks that advice comes last, that no rule has more of it than allowed, and that its elements are tags of the text.
fn check_advice(content: &str, findings: &[Finding]) {
    let mut listed: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for finding in findings {
        let is_advice = finding.severity == Severity::Advice;
        assert!(is_advice || listed.is_empty(), "advice comes last: {finding:?}");
        assert!(!is_advice || finding.element.is_some(), "{finding:?}");
        assert!(is_advice || finding.rule.is_none(), "{finding:?}");
        let Some(element) = finding.element.as_ref().filter(|_| is_advice) else {
            continue;
        };
        assert!(content.contains(element) && element.starts_with('<'), "{finding:?}");
        assert!(element.chars().count() <= 80, "{finding:?}");
        let count = listed.entry(finding.rule.as_deref()).or_default();
        *count += 1;
        assert!(*count <= ADVICE_A_RULE, "{finding:?}");
        if let Some(figure) = finding.figure.filter(|_| finding.rule.is_some()) {
            assert_eq!((*count, figure.limit), (ADVICE_A_RULE, ADVICE_A_RULE), "{finding:?}");
        }
    }
}

fuzz_target!(|content: &str| {
    let articles = articles(content);
    let findings = findings(&articles, &EN);
    check_advice(content, &findings);
    for finding in findings {
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
