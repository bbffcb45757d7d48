//! The tables themselves, and samples of what is made of them.

use super::{EN, Texts, ZH};
use crate::account::Account;
use crate::bindings::types::{Article, ArticleType, Comments, Config, File, Language, News, Pictures, StoredArticle};
use crate::check;
use crate::compare::compare;
use crate::transport::stub::{Stub, account, block_on, config};
use crate::wechat::errcode::{Role, refusal};

/// Returns the texts of a table, as its source has them.
fn literals(source: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = source.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.filter_map(|line| {
        let (_, rest) = line.split_once('"')?;
        Some(rest.rsplit_once('"')?.0)
    })
}

fn is_chinese(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character)
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(is_chinese)
}

#[test]
fn chinese_texts_have_chinese_punctuation_and_blanks_beside_latin_words() {
    let mut count = 0;
    for text in literals(include_str!("zh.rs")) {
        count += 1;
        let plain: String = text
            .chars()
            .filter(|c| !c.is_ascii_digit() && !"{}；，：（）、 ".contains(*c))
            .collect();
        assert!(plain.is_empty() || has_chinese(text), "{text}");
        let characters: Vec<char> = text.chars().collect();
        for pair in characters.windows(2) {
            let [before, after] = [pair[0], pair[1]];
            let is_latin = |character: char| character.is_ascii_alphanumeric();
            let is_mark = |character: char| ",;:.!?()\"'".contains(character);
            assert!(!(is_chinese(before) && is_mark(after)), "{before}{after}: {text}");
            assert!(!(is_mark(before) && is_chinese(after)), "{before}{after}: {text}");
            assert!(!(is_chinese(before) && is_latin(after)), "{before}{after}: {text}");
            assert!(!(is_latin(before) && is_chinese(after)), "{before}{after}: {text}");
        }
        // Three English words in a row are an English sentence. Lists of names have commas or other marks between them.
        let is_word = |word: &&str| word.len() > 1 && word.chars().all(|character| character.is_ascii_lowercase());
        let words: Vec<&str> = text.split(' ').collect();
        assert!(words.windows(3).all(|three| !three.iter().all(is_word)), "{text}");
    }
    assert_eq!(count, literals(include_str!("en.rs")).count());
    assert!(count > 250, "{count}");
}

#[test]
fn english_texts_have_no_chinese_punctuation() {
    for text in literals(include_str!("en.rs")) {
        assert!(!text.contains(['，', '。', '；', '：', '（', '）', '、']), "{text}");
    }
}

#[test]
fn a_language_has_its_own_table() {
    assert_eq!(Texts::of(Some(Language::En)).report.empty, "is empty");
    assert_eq!(Texts::of(None).report.empty, "is empty");
    assert_eq!(Texts::of(Some(Language::Zh)).report.empty, "为空");
}

#[test]
fn advice_about_every_error_code_is_in_the_chosen_language() {
    for code in (-1..100_000).chain([200_011, 268_487_001, 9_001_008, 10_170_001]) {
        let [english, chinese] = [&EN, &ZH].map(|texts| refusal(texts, code, "words of WeChat", Role::Plain));
        assert!(has_chinese(&chinese.advice), "{code}: {}", chinese.advice);
        assert_ne!(english.advice, chinese.advice, "{code}");
        assert_eq!(
            (english.kind, english.errcode, english.retry_after_seconds),
            (chinese.kind, chinese.errcode, chinese.retry_after_seconds)
        );
        assert_eq!(chinese.message, "words of WeChat");
    }
}

fn article() -> Article {
    Article::News(News {
        title: String::new(),
        author: Some("x".repeat(17)),
        digest: None,
        content: "<script></script><div style='float:left;width:600px'><a href='http://example.com'>a</a><img src=a.png></div>"
            .to_owned(),
        content_source_url: Some("ftp://example.com".to_owned()),
        thumb_media_id: "a.png".to_owned(),
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: Some(String::new()),
    })
}

#[test]
fn findings_differ_in_their_messages_only() {
    let [english, chinese] = [&EN, &ZH].map(|texts| check::findings(&[article()], texts));
    assert!(chinese.len() > 8, "{chinese:?}");
    assert_eq!(english.len(), chinese.len());
    for (english, chinese) in english.iter().zip(&chinese) {
        assert!(
            has_chinese(&chinese.message) && !has_chinese(&english.message),
            "{chinese:?}"
        );
        assert!(chinese.message.starts_with(&chinese.field), "{chinese:?}");
        assert_eq!(
            (english.severity, &english.field, &english.rule, &english.element),
            (chinese.severity, &chinese.field, &chinese.rule, &chinese.element)
        );
    }
    assert!(chinese.iter().any(|finding| finding.message == "title 为空"));
    assert!(
        chinese
            .iter()
            .any(|finding| finding.message == "author 有 17 个字符，微信最多接受 16 个字符"),
        "{chinese:?}"
    );
}

#[test]
fn the_problem_of_an_id_is_a_sentence_wherever_it_stands() {
    let pictures = Article::Pictures(Pictures {
        title: "标题".to_owned(),
        content: "正文".to_owned(),
        image_media_ids: vec!["M".to_owned(), "a b".to_owned()],
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: None,
    });
    let message = &check::findings(&[pictures], &ZH)[0].message;
    let problem = "image-media-ids 中下标 1 的 id 中有空格或换行；请填写 ";
    assert!(message.starts_with(problem), "{message}");
}

#[test]
fn a_comparison_is_in_the_chosen_language() {
    let stored = StoredArticle {
        article_type: ArticleType::News,
        title: "other".to_owned(),
        author: String::new(),
        digest: String::new(),
        content: Some("<p>b".to_owned()),
        content_source_url: String::new(),
        thumb_media_id: String::new(),
        thumb_url: String::new(),
        image_media_ids: Vec::new(),
        comments: Comments::Everyone,
        url: String::new(),
        is_deleted: false,
    };
    let found = compare(&article(), &stored, &ZH);
    assert!(
        found.len() > 5 && found.iter().all(|finding| has_chinese(&finding.message)),
        "{found:?}"
    );
}

/// An account with the texts in this language, and a token.
fn account_in(language: Option<Language>) -> Account<Stub> {
    let config = Config { language, ..config() };
    let account = Account::open(config, Stub::default()).unwrap();
    account
        .client
        .transport
        .answer(r#"{"access_token":"TOKEN","expires_in":7200}"#);
    block_on(account.verify()).unwrap();
    account
}

#[test]
fn each_account_of_an_instance_keeps_its_language() {
    let [chinese, english, default] = [Some(Language::Zh), Some(Language::En), None].map(account_in);
    let file = File {
        name: "图.webp".to_owned(),
        bytes: b"RIFF????WEBP".to_vec(),
    };
    for _ in 0..2 {
        for (account, is_chinese) in [(&chinese, true), (&english, false), (&default, false)] {
            let stub = &account.client.transport;
            stub.answer("<html>");
            stub.answer(r#"{"errcode":45009,"errmsg":"reach max api daily quota limit"}"#);
            let errors = [
                block_on(account.count_drafts()).unwrap_err(),
                block_on(account.count_drafts()).unwrap_err(),
                block_on(account.get_draft("a.png")).unwrap_err(),
                block_on(account.upload_image(&file)).map(drop).unwrap_err(),
                block_on(account.add_draft(&[])).unwrap_err(),
                block_on(account.list_drafts(0, 21, false)).map(drop).unwrap_err(),
                block_on(account.prepare(String::new(), &[file.clone(), file.clone()], false))
                    .map(drop)
                    .unwrap_err(),
            ];
            for error in errors {
                assert_eq!(has_chinese(&error.advice), is_chinese, "{error:?}");
                assert_eq!(
                    has_chinese(&error.message.replace("图", "")),
                    is_chinese && error.errcode.is_none(),
                    "{error:?}"
                );
            }
        }
    }
}

#[test]
fn a_configuration_that_is_refused_is_refused_in_its_language() {
    let config = Config {
        language: Some(Language::Zh),
        api_base: Some("ftp://x".to_owned()),
        ..config()
    };
    let error = Account::open(config, Stub::default()).err().unwrap();
    assert_eq!(error.message, "api-base 没有以 https:// 或 http:// 开头");
    assert!(has_chinese(&error.advice));
}

#[test]
fn the_default_is_english() {
    let error = block_on(account().get_draft("")).unwrap_err();
    assert_eq!(error.message, "media-id is empty");
}
