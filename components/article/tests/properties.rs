//! What must hold for every article.

mod support;

use proptest::prelude::*;
use support::{check_form, corpus, defaults, findings, visible};
use wechat_official_account_article::types::{ErrorKind, Options, Theme};
use wechat_official_account_article::{render, themes};

/// Parts of Markdown: put together at random, they make every construct, whole and broken.
const PARTS: [&str; 101] = [
    "a",
    "b",
    "字",
    "，",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "```\n",
    "~~~",
    "# ",
    "## ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "7) ",
    "> ",
    ">> ",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](x.png)",
    "](https://example.com/a)",
    "](https://mp.weixin.qq.com/s/a)",
    "](#a)",
    "[^1]",
    "[^1]: ",
    "[^2]",
    "\n[^2]: ",
    "[ ] ",
    "[x] ",
    "|",
    "|-|-|\n",
    "\n|a|b|\n|-|:-:|\n",
    "---\n",
    "***\n",
    "\\",
    "&amp;",
    "&#1;",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<p>",
    "<table><tr><td>",
    "</table>",
    "<ul><li>",
    "<svg><rect>",
    "<script>",
    "<!--",
    "[!NOTE]\n",
    "[!x] ",
    "%%",
    "==",
    "![[",
    "]]",
    "![a](b c.png)",
    "![a](b.png =9x9)",
    "{#a}",
    "{%",
    "$",
    "$$",
    "\n$$\na\nb\n$$\n",
    "~",
    "1",
    "\n\n[TOC]\n\n",
    "<pre>",
    "</pre>",
    "<embed>",
    "<select>",
    "</select>",
    "<i>",
    "</i> ",
    "<td>",
    "&mdash;",
    "<mark>",
    "\n::: tip\n",
    "\n:::\n",
    "[[",
    "|9]]",
    "\\(",
    "\\)",
    "\\[x_",
    "\\]",
    "<table><caption>",
    "</caption>",
];

/// Signs that begin or end something. None of these hides the text after it.
const SIGNS: [&str; 29] = [
    "**",
    "==",
    "~~",
    "*",
    "$",
    "`",
    "[[",
    "]]",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "_",
    "=",
    "，",
    "：",
    "《",
    "》",
    "“",
    "”",
    " ",
    "\n",
    "\n\n",
    "\n::: tip\n",
    "\n:::\n",
    "\n<!-- ",
    "\n<pre> ",
    "\n<?",
    "\n<script> ",
];

fn markdown() -> impl Strategy<Value = String> {
    let known = prop::sample::select(&PARTS[..]).prop_map(str::to_owned);
    let part = prop_oneof![9 => known, 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn options() -> impl Strategy<Value = Options> {
    (0..4_usize, any::<bool>()).prop_map(|(theme, space_between_scripts)| Options {
        theme: themes().get(theme).cloned().map(Theme::Named),
        space_between_scripts,
        ..defaults()
    })
}

proptest! {
    #[test]
    fn what_is_rendered_is_sound(markdown in markdown(), options in options()) {
        let rendered = match render(&markdown, &options) {
            Ok(rendered) => rendered,
            Err(error) => {
                // So few parts can be nested too deeply, or begin with front matter that is none. No more can be wrong.
                let is_expected = match error.kind {
                    ErrorKind::Markdown => error.message.contains("more than 50 levels"),
                    ErrorKind::FrontMatter => markdown.trim_start_matches('\u{FEFF}').starts_with(['-', '+']),
                    ErrorKind::Theme | ErrorKind::TooLarge => false,
                };
                prop_assert!(is_expected, "{error:?}");
                return Ok(());
            }
        };
        prop_assert_eq!(check_form(&rendered.html), Ok(()), "{}", rendered.html);
        let again = render(&markdown, &options).unwrap();
        prop_assert_eq!(&rendered.html, &again.html);
        // The sign that helps the parser with asterisks stays inside.
        let has_sign = |text: &str| text.contains('\u{FDD0}');
        prop_assert!(!has_sign(&rendered.html) || has_sign(&markdown));
        let mut end = 0;
        for block in &rendered.blocks {
            prop_assert_eq!(block.start, end);
            prop_assert!(block.end > block.start && rendered.html.is_char_boundary(block.end as usize));
            end = block.end;
        }
        prop_assert_eq!(end as usize, rendered.html.len());
        let found = findings(&rendered);
        // The text of an article may be empty and its title long; advice is about the look of the author's own HTML.
        let is_expected = |finding: &str| {
            finding.starts_with("Severity::Advice") || finding.contains("is empty") || finding.contains(" title has ")
        };
        let severe: Vec<_> = found.iter().filter(|finding| !is_expected(finding)).collect();
        prop_assert!(severe.is_empty(), "{severe:?}\n{}", rendered.html);
    }

    #[test]
    fn no_word_is_lost(
        words in prop::collection::vec("[a-z]{3,8}", 1..30),
        parts in prop::collection::vec(0..14_usize, 30),
    ) {
        let mut markdown = String::new();
        for (word, part) in words.iter().zip(parts) {
            markdown += &match part {
                0 => format!("{word}\n\n"),
                1 => format!("- {word}\n"),
                2 => format!("  - {word}\n"),
                3 => format!("> {word}\n\n"),
                4 => format!("## {word}\n\n"),
                5 => format!("\n| {word} | x |\n|---|---|\n| {word} | y |\n\n"),
                6 => format!("\n```\n{word}\n```\n\n"),
                7 => format!("**{word}** "),
                8 => format!("`{word}` "),
                9 => format!("[{word}](https://example.com/{word}) "),
                10 => format!("<u>{word}</u> "),
                11 => format!("\n<div>{word}</div>\n\n"),
                12 => format!("\n> [!TIP]\n> {word}\n\n"),
                _ => format!("\n4. {word}\n"),
            };
        }
        let rendered = render(&markdown, &defaults()).unwrap();
        let text = visible(&rendered.html);
        for word in &words {
            prop_assert!(text.contains(word), "{word} of {markdown}\n{text}");
        }
    }
}

proptest! {
    #[test]
    fn no_word_is_lost_beside_signs(
        words in prop::collection::vec("[a-z]{4,8}|[甲-申]{4,8}", 1..20),
        signs in prop::collection::vec(prop::sample::select(&SIGNS[..]), 20),
    ) {
        let markdown: String = words.iter().zip(&signs).flat_map(|(word, sign)| [word, *sign]).collect();
        let rendered = render(&markdown, &defaults()).unwrap();
        let text = visible(&rendered.html);
        for word in &words {
            prop_assert!(text.contains(word), "{word} of {markdown}\n{text}");
        }
    }
}

#[test]
fn the_corpus_is_well_formed() {
    for article in corpus() {
        let rendered = render(&article.markdown, &defaults()).unwrap();
        assert_eq!(check_form(&rendered.html), Ok(()), "{}", article.name);
    }
}
