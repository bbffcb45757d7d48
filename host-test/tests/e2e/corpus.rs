//! The promise: an article in Markdown loses nothing on the way to a draft, in any theme that is built in.
//!
//! Each document of the corpus of `components/article` is rendered, and goes through check, prepare, add, get and
//! compare. Pictures that it has elsewhere are files beside it here: WeChat would drop them.

use std::path::Path;

use wechat_official_account_article::types::{FrontMatter, Options, PictureSize, Rendered, Theme};
use wechat_official_account_article::{render, themes};
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, File, ImageResult, News};

use crate::support::{World, fixture};

/// The host of the pictures that the corpus has elsewhere.
const ELSEWHERE: &str = "https://img.example.com/";

/// Returns the documents of the corpus with their names.
fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../components/article/tests/corpus");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let documents = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let markdown = std::fs::read_to_string(&path).unwrap();
            (path.display().to_string(), markdown.replace(ELSEWHERE, ""))
        });
    documents.collect()
}

/// Renders a document as a host does: once for the names of its pictures, and once with their sizes.
fn rendered(markdown: &str, theme: &str) -> Rendered {
    let options = |picture_sizes| Options {
        theme: Some(Theme::Named(theme.to_owned())),
        raw_html: None,
        space_between_scripts: false,
        picture_sizes,
        language: None,
        text_language: None,
        title: None,
    };
    let pictures = render(markdown, &options(Vec::new())).unwrap().pictures;
    let sizes = pictures.into_iter().map(|picture| PictureSize {
        source: picture.source,
        width: 1080,
        height: 720,
    });
    render(markdown, &options(sizes.collect())).unwrap()
}

/// Makes a draft of a document, and fails if it is not the article that comes back.
async fn assert_arrives(session: &mut Session, cover: &str, document: &str, rendered: Rendered) {
    let files: Vec<File> = { rendered.pictures.iter() }
        .map(|picture| File {
            name: picture.source.clone(),
            ..fixture("article.png")
        })
        .collect();
    let prepared = session.prepare_content(&rendered.html, &files, false).await.unwrap();
    for image in &prepared.images {
        let is_uploaded = matches!(image.outcome, ImageResult::Uploaded(_));
        assert!(is_uploaded, "{document}: {image:?}");
    }
    assert_eq!(prepared.images.len(), files.len(), "{document}");

    let FrontMatter {
        title,
        author,
        digest,
        source_url,
        ..
    } = rendered.front_matter;
    let article = Article::News(News {
        author,
        digest,
        content_source_url: source_url,
        ..News::new(title.as_deref().unwrap_or("标题"), &prepared.html, cover)
    });
    let articles = std::slice::from_ref(&article);
    let found = session.check_articles(articles).await.unwrap();
    assert!(found.is_empty(), "{document}: {found:?}");
    let draft = session.add_draft(articles).await.unwrap();
    let stored = session.get_draft(&draft).await.unwrap().articles.remove(0);
    let lost = session.compare_article(&article, &stored).await.unwrap();
    assert!(lost.is_empty(), "{document}: {lost:?}");
}

#[tokio::test]
async fn the_corpus_arrives_whole_in_every_theme() {
    let world = World::start().await;
    let cover = world.permanent_image();
    let mut session = world.session().await;
    let documents = corpus();
    assert!(documents.len() >= 30, "{} documents", documents.len());
    for (name, markdown) in &documents {
        for theme in themes() {
            let document = format!("{name} in {theme}");
            assert_arrives(&mut session, &cover, &document, rendered(markdown, &theme)).await;
        }
    }
    let drafts = documents.len() * themes().len();
    assert_eq!(world.requests("/cgi-bin/draft/add").len(), drafts);
}
