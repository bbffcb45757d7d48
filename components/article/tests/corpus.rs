//! The corpus in every theme: WeChat's rules find nothing in what is rendered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

mod support;

use support::{Article, corpus, findings, options};
use wechat_official_account_article::types::{Language, Options, Theme};
use wechat_official_account_article::{render, themes};

#[test]
fn no_article_breaks_a_rule_in_any_theme() {
    let articles = corpus();
    assert!(articles.len() >= 30, "{} articles", articles.len());
    assert_eq!(themes(), ["plain", "magazine", "tech", "warm"]);
    let mut problems = Vec::new();
    for Article { name, markdown } in &articles {
        for theme in themes() {
            let mut options = options(markdown);
            options.theme = Some(Theme::Named(theme.clone()));
            let rendered = match render(markdown, &options) {
                Ok(rendered) => rendered,
                Err(error) => panic!("{name} in {theme}: {error:?}"),
            };
            assert!(!rendered.html.is_empty(), "{name}");
            problems.extend(
                findings(&rendered)
                    .into_iter()
                    .map(|finding| format!("{name} in {theme}: {finding}")),
            );
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Each sort of finding is meant: what the corpus loses is listed here.
#[test]
fn little_of_the_corpus_is_lost() {
    let mut found = Vec::new();
    for Article { name, markdown } in corpus() {
        let rendered = render(&markdown, &options(&markdown)).unwrap();
        found.extend(
            rendered
                .findings
                .into_iter()
                .map(|finding| format!("{name}:{}: {}", finding.line, finding.message)),
        );
    }
    let expected = include_str!("corpus/findings.txt");
    let found = found.join("\n") + "\n";
    if std::env::var_os("WRITE_FINDINGS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/findings.txt");
        std::fs::write(path, &found).unwrap();
    } else {
        assert_eq!(found, expected, "WRITE_FINDINGS=1 writes the list anew");
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|character| ('\u{4E00}'..='\u{9FFF}').contains(&character))
}

#[test]
fn findings_errors_and_written_texts_are_in_chinese_too() {
    let in_chinese = |markdown: &str, theme: Option<&str>| {
        let options = Options {
            language: Some(Language::Zh),
            text_language: Some(Language::Zh),
            theme: theme.map(|toml| Theme::Custom(toml.to_owned())),
            ..options(markdown)
        };
        render(markdown, &options)
    };
    for Article { name, markdown } in corpus() {
        for finding in in_chinese(&markdown, None).unwrap().findings {
            assert!(is_chinese(&finding.message), "{name}: {}", finding.message);
            assert!(!finding.message.contains([',', ';']), "{name}: {}", finding.message);
        }
    }
    let html = in_chinese("[a](https://example.com)\n\n> [!TIP]\n> b\n", None)
        .unwrap()
        .html;
    assert!(
        html.contains("参考链接") && html.contains("提示") && !html.contains("References"),
        "{html}"
    );
    for (markdown, theme) in [
        (">".repeat(100), None),
        ("---\na: *b\n---\n".to_owned(), None),
        ("---\ntitle：a\n---\n".to_owned(), None),
        ("a".to_owned(), Some("[a]")),
        ("a".to_owned(), Some("[paragraph]\nfloat = 1")),
        ("a".to_owned(), Some("[paragraph]\ncolor = \"#eee\"")),
    ] {
        let error = in_chinese(&markdown, theme).unwrap_err();
        assert!(is_chinese(&error.message) && is_chinese(&error.advice), "{error:?}");
    }
}
