//! The promise: articles as common editors leave them become drafts, and everything that changes on the way is told.
//!
//! Each article of `fixtures/articles` goes through check, prepare, add, get and compare. What is expected of it is in
//! the file of its name that ends in `.expected.txt`. To write these files anew, and then read what has changed:
//!
//! ```sh
//! WRITE_EXPECTED=1 cargo test -p host-test --test e2e editors
//! ```

use std::fmt::Write as _;
use std::path::Path;

use percent_encoding::percent_decode_str;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{
    Article, File, Finding, ImageOutcome, ImageResult, News, Prepared, Severity,
};

use crate::support::{World, path_of};

const EDITORS: [&str; 10] = [
    "135",
    "doocs-md",
    "hexo",
    "notion",
    "typora",
    "wenyan",
    "word",
    "wordpress",
    "xiumi",
    "yiban",
];

/// Returns the pictures beside the articles that this one refers to, as a host would look for them.
async fn attachments(session: &mut Session, html: &str) -> Vec<File> {
    let references = session.references(html).await.unwrap();
    let mut files: Vec<File> = Vec::new();
    for reference in references {
        for name in [reference.source].into_iter().chain(reference.alternatives) {
            let path = percent_decode_str(name.split(['?', '#']).next().unwrap())
                .decode_utf8()
                .unwrap();
            let folder = path_of("articles");
            let is_new = files.iter().all(|file| file.name != name);
            if let Ok(bytes) = std::fs::read(Path::new(&folder).join(&*path))
                && is_new
            {
                files.push(File { name, bytes });
            }
        }
    }
    files
}

fn write_findings(report: &mut String, title: &str, findings: &[Finding]) {
    writeln!(report, "# {title}: {} findings", findings.len()).unwrap();
    for finding in findings {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        };
        let rule = finding
            .rule
            .as_ref()
            .map_or_else(String::new, |rule| format!(" {rule}"));
        writeln!(report, "{severity}{rule}: {}", finding.message).unwrap();
    }
}

fn write_pictures(report: &mut String, images: &[ImageOutcome]) {
    writeln!(report, "# prepare: {} pictures", images.len()).unwrap();
    for image in images {
        let outcome = match &image.outcome {
            ImageResult::Uploaded(_) => "uploaded".to_owned(),
            ImageResult::Kept => "kept".to_owned(),
            ImageResult::Unsure => "unsure".to_owned(),
            ImageResult::Elsewhere => "elsewhere".to_owned(),
            ImageResult::Failed(error) => format!("failed ({})", error.message),
        };
        write!(report, "{outcome}: {}", image.source).unwrap();
        for alternative in &image.alternatives {
            write!(report, " | {alternative}").unwrap();
        }
        report.push('\n');
    }
}

/// Leaves out what comes after WeChat's host in an address, also if the address is cut: it differs from run to run.
fn without_paths(text: &str) -> String {
    let is_path = |character: char| character.is_ascii_alphanumeric() || "/_-".contains(character);
    let mut parts = text.split("mmbiz.qpic.cn/");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written += "mmbiz.qpic.cn/";
        written += part.trim_start_matches(is_path).trim_start_matches('…');
    }
    written
}

fn assert_expected(editor: &str, report: &str) {
    let path = path_of(&format!("articles/{editor}.expected.txt"));
    if std::env::var_os("WRITE_EXPECTED").is_some() {
        std::fs::write(&path, report).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (found, wanted)) in (1..).zip(report.lines().zip(expected.lines())) {
        assert_eq!(found, wanted, "{path}:{line}");
    }
    assert_eq!(report.lines().count(), expected.lines().count(), "{path}");
}

#[tokio::test]
async fn an_article_of_each_editor_becomes_a_draft_and_its_losses_are_told() {
    for editor in EDITORS {
        let world = World::start().await;
        let mut session = world.session().await;
        let html = std::fs::read_to_string(path_of(&format!("articles/{editor}.html"))).unwrap();
        let news = |content: &str, cover: &str| Article::News(News::new(editor, content, cover));
        let mut report = String::new();

        let before = session.check_articles(&[news(&html, "COVER")]).await.unwrap();
        write_findings(&mut report, "check", &before);

        let files = attachments(&mut session, &html).await;
        let prepared: Prepared = session.prepare_content(&html, &files, true).await.unwrap();
        let cover = prepared.cover.as_ref().unwrap().as_ref().unwrap();
        write_pictures(&mut report, &prepared.images);
        write_findings(&mut report, "check after prepare", &prepared.findings);

        // Every picture that is there was uploaded, but the placeholder, and preparing once more changes nothing.
        for file in files.iter().filter(|file| !file.name.ends_with("dot.gif")) {
            let image = |image: &&ImageOutcome| image.source == file.name || image.alternatives.contains(&file.name);
            let image = prepared.images.iter().find(image);
            assert!(
                image.is_some_and(|image| matches!(image.outcome, ImageResult::Uploaded(_))),
                "{editor}: {}",
                file.name
            );
        }
        let uploads = world.requests("/cgi-bin/media/uploadimg").len();
        let again = session.prepare_content(&prepared.html, &files, false).await.unwrap();
        assert_eq!(again.html, prepared.html, "{editor}");
        assert_eq!(world.requests("/cgi-bin/media/uploadimg").len(), uploads, "{editor}");

        let sent = news(&prepared.html, cover);
        let draft = session.add_draft(std::slice::from_ref(&sent)).await.unwrap();
        let stored = session.get_draft(&draft).await.unwrap().articles.remove(0);
        let compared = session.compare_article(&sent, &stored).await.unwrap();
        write_findings(&mut report, "compare", &compared);
        assert_expected(editor, &without_paths(&report));
    }
}
