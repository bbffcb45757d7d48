//! The language of messages, advice and findings.

use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, Config, ErrorKind, Language};
use wechat_simulator::{Fault, FaultRule};

use crate::support::{World, config, fixture, news, refused};

fn has_chinese(text: &str) -> bool {
    text.chars()
        .any(|character| ('\u{4E00}'..='\u{9FFF}').contains(&character))
}

async fn session_in(world: &World, language: Option<Language>) -> Session {
    let config = Config { language, ..config() };
    Session::open(&world.host, &config).await.unwrap()
}

#[tokio::test]
async fn an_account_speaks_the_language_of_its_configuration() {
    let world = World::start().await;
    for (language, is_chinese) in [(None, false), (Some(Language::En), false), (Some(Language::Zh), true)] {
        let mut session = session_in(&world, language).await;
        let webp = fixture("picture.webp");
        for error in [
            refused(session.get_draft("a.png").await),
            refused(session.upload_material_image(&webp).await),
            refused(session.add_draft(&[]).await),
        ] {
            assert_eq!(has_chinese(&error.message), is_chinese, "{error:?}");
            assert_eq!(has_chinese(&error.advice), is_chinese, "{error:?}");
        }
        // WeChat's own words stay as they are.
        let error = refused(session.get_draft("no-such-draft").await);
        assert_eq!(
            (error.kind, has_chinese(&error.message)),
            (ErrorKind::NotFound, false),
            "{error:?}"
        );
        assert_eq!(has_chinese(&error.advice), is_chinese, "{error:?}");
        let Article::News(mut article) = news("title", "a.png") else {
            unreachable!("it makes news")
        };
        article.content = "<script></script><p style='float:left'>text</p>".to_owned();
        let article = Article::News(article);
        let findings = session.check_articles(&[article]).await.unwrap();
        assert!(findings.len() > 2, "{findings:?}");
        assert!(
            findings
                .iter()
                .all(|finding| has_chinese(&finding.message) == is_chinese),
            "{findings:?}"
        );
        let prepared = session.prepare_content("<script></script>", &[], false).await.unwrap();
        assert!(!prepared.findings.is_empty());
        let messages = prepared.findings.iter().map(|finding| &finding.message);
        assert!(
            messages.clone().all(|message| has_chinese(message) == is_chinese),
            "{:?}",
            prepared.findings
        );
    }
}

#[tokio::test]
async fn the_words_about_the_network_are_in_the_chosen_language() {
    let world = World::start().await;
    let mut session = session_in(&world, Some(Language::Zh)).await;
    session.verify().await.unwrap();
    world
        .simulator
        .inject(FaultRule::new("/cgi-bin/draft/count", Fault::LostReply));
    let error = refused(session.count_drafts().await);
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(has_chinese(&error.message) && has_chinese(&error.advice), "{error:?}");
}
