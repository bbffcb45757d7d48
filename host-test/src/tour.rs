//! The component's whole work in one go, on a simulator over TLS. Every answer is compared with the data that was sent.

use std::fmt;
use std::time::Instant;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use wechat_official_account_component as component;
use wechat_official_account_host::types::{
    Article, ArticleGroup, ArticleImage, ArticleType, Comments, Config, DeleteWhich, ErrorKind, File, ImageResult,
    News, Pictures, Publication, PublishStatus, StoredArticle, UploadedImage,
};
use wechat_official_account_host::{self as host, Egress, EgressConfig, Host, Session};
use wechat_simulator::{APP_ID, APP_SECRET, Options, Simulator};

use crate::output::{https, line};

// The files are part of the program, so that it runs from anywhere.
const COVER: &[u8] = include_bytes!("../fixtures/cover.jpg");
const PICTURE: &[u8] = include_bytes!("../fixtures/article.png");
const DATA: &[u8] = include_bytes!("../fixtures/photo-1.jpg");
const ATTACHED: &[u8] = include_bytes!("../fixtures/photo-2.jpg");

const TITLE: &str = "春天的第一篇文章 🌸";
const NEW_TITLE: &str = "春天的第一篇文章(修订版)🌷";
const AUTHOR: &str = "张三";
/// The article's text, with a picture between any two pieces.
const TEXT: [&str; PICTURES + 1] = [
    "<p>早上好,世界 😀</p>\n<p>",
    "</p>\n<p>照片一 📷 ",
    "</p>\n<p>照片二 🖼 ",
    "</p>\n<p>全文完 🎉</p>",
];
const PICTURES: usize = 3;
const SOURCE: &str = "https://example.com/spring";
const PICTURES_TITLE: &str = "两张照片 📷";
const PICTURES_TEXT: &str = "纯文本\n第二行 🌈";

/// The longest wait: far more than a simulator takes.
const WAIT_SECONDS: u32 = 10;
/// The pause between two questions. A simulator decides at the second one, so slow questions gain nothing.
const POLL_MILLISECONDS: u32 = 20;
const TOKEN_PATH: &str = "/cgi-bin/stable_token";

/// Runs the tour, and prints each step.
///
/// # Errors
/// If an answer is missing or wrong.
pub async fn run(json: bool) -> Result<()> {
    let start = Step::start("start");
    let simulator = Simulator::start(Options::default()).await;
    let simulator = simulator.map_err(|error| start.error(error))?;
    let mut session = start.answer(open(&simulator).await)?;
    let mut tour = Tour {
        session: &mut session,
        json,
        steps: Vec::new(),
    };
    let url = tour.walk().await?;
    let steps = tour.steps;
    let requests = simulator.requests_to(TOKEN_PATH);
    let check = Step::start("token requests");
    check.that(requests == 1, &format!("1 is enough, and there were {requests}"))?;
    let text = if json {
        format!(
            "{:#}",
            json!({ "steps": steps, "token_requests": requests, "article": url })
        )
    } else {
        format!("token requests  {requests}\narticle  {url}")
    };
    line(&text).map_err(|error| check.error(error))
}

/// Opens the simulator's account, as a host of WeChat's own server would.
async fn open(simulator: &Simulator) -> host::Result<Session> {
    let egress = Egress::new(EgressConfig {
        resolve: vec![("api.weixin.qq.com".to_owned(), simulator.address())],
        extra_roots: vec![simulator.root_certificate()],
        ..EgressConfig::default()
    })?;
    let config = Config {
        publish_poll_milliseconds: Some(POLL_MILLISECONDS),
        ..Config::new(APP_ID, APP_SECRET)
    };
    Session::open(&Host::new(component::PATH, egress)?, &config).await
}

/// The step that failed, and the reason.
#[derive(Debug)]
pub struct Error {
    step: &'static str,
    message: String,
}

type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}: {}", self.step, self.message)
    }
}

impl std::error::Error for Error {}

/// An action, and the check of its answer.
struct Step {
    name: &'static str,
    started: Instant,
}

impl Step {
    fn start(name: &'static str) -> Self {
        let started = Instant::now();
        Self { name, started }
    }

    fn error(&self, message: impl fmt::Display) -> Error {
        Error {
            step: self.name,
            message: message.to_string(),
        }
    }

    /// Returns the component's answer, or an error with this step's name.
    fn answer<T>(&self, result: host::Result<T>) -> Result<T> {
        result.map_err(|error| self.error(error))
    }

    fn that(&self, holds: bool, otherwise: &str) -> Result<()> {
        if holds {
            return Ok(());
        }
        Err(self.error(format!("the answer is wrong: {otherwise}")))
    }

    /// Compares an answer with the data that was sent.
    fn same<T: PartialEq + fmt::Debug>(&self, what: &str, answer: T, sent: T) -> Result<()> {
        self.that(answer == sent, &format!("{what} is {answer:?} instead of {sent:?}"))
    }
}

struct Tour<'a> {
    session: &'a mut Session,
    json: bool,
    /// The steps done so far, for `--json`.
    steps: Vec<Value>,
}

impl Tour<'_> {
    /// Returns the address of the published article.
    async fn walk(&mut self) -> Result<String> {
        self.verify().await?;
        let cover = self.upload_cover().await?;
        let picture = self.upload_picture().await?;
        let pictures = self.prepare(picture).await?;
        let mut sent = Sent {
            cover,
            pictures,
            title: TITLE,
        };
        let draft = self.add(&sent).await?;
        self.list(&draft).await?;
        self.get(&draft, &sent).await?;
        sent.title = NEW_TITLE;
        self.update(&draft, &sent).await?;
        let task = self.submit(&draft).await?;
        let publication = self.wait(&draft, &task).await?;
        let url = self.fetch(&publication, &sent).await?;
        self.list_published(&publication).await?;
        self.delete(&publication).await?;
        Ok(url)
    }

    fn done(&mut self, step: &Step, result: String) -> Result<()> {
        let time = step.started.elapsed();
        let milliseconds = (time.as_secs_f64() * 10_000.0).round() / 10.0;
        if !self.json {
            line(&format!("{:<18}{milliseconds:>8.1} ms  {result}", step.name)).map_err(|error| step.error(error))?;
        }
        self.steps
            .push(json!({ "step": step.name, "milliseconds": milliseconds, "result": result }));
        Ok(())
    }

    async fn verify(&mut self) -> Result<()> {
        let step = Step::start("verify");
        let seconds = step.answer(self.session.verify().await)?;
        step.that(seconds > 0, "the token is not valid")?;
        self.done(&step, format!("token valid for {seconds} s"))
    }

    async fn upload_cover(&mut self) -> Result<UploadedImage> {
        let step = Step::start("upload cover");
        let file = File::new("封面.jpg", COVER);
        let image = step.answer(self.session.upload_material_image(&file).await)?;
        step.that(!image.media_id.is_empty(), "there is no media-id")?;
        let counts = step.answer(self.session.count_material().await)?;
        step.same("the number of images", counts.image, 1)?;
        self.done(&step, format!("{} bytes, media-id {}", COVER.len(), image.media_id))?;
        Ok(image)
    }

    async fn upload_picture(&mut self) -> Result<String> {
        let step = Step::start("upload picture");
        let file = File::new("article.png", PICTURE);
        let url = step.answer(self.session.upload_article_image(&file).await)?;
        step.that(is_on_wechat(&url), &format!("{url} is not on WeChat's host"))?;
        self.done(&step, format!("{} bytes, {url}", PICTURE.len()))?;
        Ok(url)
    }

    /// Returns the addresses of the article's pictures: one that was data, one that was attached, and the one that was
    /// uploaded before.
    async fn prepare(&mut self, uploaded: String) -> Result<[String; PICTURES]> {
        let step = Step::start("prepare content");
        let data = format!("data:image/jpeg;base64,{}", BASE64_STANDARD.encode(DATA));
        let attached = File::new("照片二.jpg", ATTACHED);
        let named = format!("cid:{}", attached.name);
        let html = html([&data, &named, &uploaded]);
        let wanted = step.answer(self.session.references(&html).await)?;
        let wanted = wanted.into_iter().map(|reference| reference.source).collect();
        step.same("the list of references", wanted, vec![named])?;
        let prepared = self.session.prepare_content(&html, &[attached], false).await;
        let prepared = step.answer(prepared)?;
        let mut outcomes = prepared.images.into_iter().map(|image| image.outcome);
        let new = [outcomes.next(), outcomes.next()].map(|outcome| match outcome {
            Some(ImageResult::Uploaded(ArticleImage { url, media_id: None })) if is_on_wechat(&url) => Ok(url),
            other => Err(step.error(format!("the answer is wrong: {other:?}"))),
        });
        let [first, second] = new;
        let pictures = [first?, second?, uploaded];
        step.same("the outcome of the third", outcomes.next(), Some(ImageResult::Kept))?;
        step.same("the outcome of a fourth", outcomes.next(), None)?;
        // The HTML differs in the two addresses and nothing else.
        step.same(
            "the HTML",
            prepared.html,
            self::html(pictures.each_ref().map(String::as_str)),
        )?;
        step.same("the findings", prepared.findings, Vec::new())?;
        self.done(
            &step,
            "2 pictures uploaded, 1 left as it was, the text unchanged".to_owned(),
        )?;
        Ok(pictures)
    }

    async fn add(&mut self, sent: &Sent) -> Result<String> {
        let step = Step::start("add draft");
        let draft = step.answer(self.session.add_draft(&[sent.news(), sent.pictures()]).await)?;
        let count = step.answer(self.session.count_drafts().await)?;
        step.same("the number of drafts", count, 1)?;
        self.done(&step, format!("2 articles, media-id {draft}"))?;
        Ok(draft)
    }

    async fn list(&mut self, draft: &str) -> Result<()> {
        let step = Step::start("list drafts");
        let page = step.answer(self.session.list_drafts(0, 20, false).await)?;
        step.same("the number of drafts", page.total_count, 1)?;
        let ids: Vec<&str> = page.items.iter().map(|item| item.media_id.as_str()).collect();
        step.same("the list", ids, vec![draft])?;
        self.done(&step, "the draft is there, and no other".to_owned())
    }

    async fn get(&mut self, draft: &str, sent: &Sent) -> Result<()> {
        let step = Step::start("get draft");
        let group = step.answer(self.session.get_draft(draft).await)?;
        let articles = sent.compare(&step, &group)?;
        step.same("the first kind", articles.0.article_type, ArticleType::News)?;
        step.same("the second kind", articles.1.article_type, ArticleType::Pictures)?;
        step.same(
            "the pictures",
            &articles.1.image_media_ids,
            &vec![sent.cover.media_id.clone()],
        )?;
        self.done(&step, format!("as sent: {} | {}", articles.0.title, articles.1.title))
    }

    async fn update(&mut self, draft: &str, sent: &Sent) -> Result<()> {
        let step = Step::start("update draft");
        step.answer(self.session.update_draft(draft, 0, &sent.news()).await)?;
        let group = step.answer(self.session.get_draft(draft).await)?;
        let articles = sent.compare(&step, &group)?;
        self.done(&step, format!("new title: {}", articles.0.title))
    }

    async fn submit(&mut self, draft: &str) -> Result<String> {
        let step = Step::start("submit");
        let submission = step.answer(self.session.submit(draft).await)?;
        step.that(!submission.publish_id.is_empty(), "there is no publish-id")?;
        self.done(&step, format!("publish-id {}", submission.publish_id))?;
        Ok(submission.publish_id)
    }

    async fn wait(&mut self, draft: &str, task: &str) -> Result<Publication> {
        let step = Step::start("wait");
        let publication = match step.answer(self.session.wait_published(task, WAIT_SECONDS).await)? {
            PublishStatus::Published(publication) => publication,
            other => return Err(step.error(format!("the answer is wrong: {other:?}"))),
        };
        step.same("the number of URLs", publication.urls.len(), 2)?;
        let address = |url: &String| https(url).starts_with("https://mp.weixin.qq.com/s/");
        step.that(publication.urls.iter().all(address), "a URL is not an article's")?;
        // A published draft leaves the draft box.
        step.that(is_gone(self.session.get_draft(draft).await), "the draft is still there")?;
        self.done(&step, format!("published, article-id {}", publication.article_id))?;
        Ok(publication)
    }

    async fn fetch(&mut self, publication: &Publication, sent: &Sent) -> Result<String> {
        let step = Step::start("get publication");
        let group = step.answer(self.session.get_publication(&publication.article_id).await)?;
        let articles = sent.compare(&step, &group)?;
        let urls: Vec<&String> = group.articles.iter().map(|article| &article.url).collect();
        step.same("the URLs", urls, publication.urls.iter().collect())?;
        step.that(
            !articles.0.is_deleted && !articles.1.is_deleted,
            "an article is deleted",
        )?;
        self.done(&step, format!("as sent: {} | {}", articles.0.title, articles.1.title))?;
        Ok(https(&articles.0.url))
    }

    async fn list_published(&mut self, publication: &Publication) -> Result<()> {
        let step = Step::start("list publications");
        let page = step.answer(self.session.list_publications(0, 20, false).await)?;
        step.same("the number of publications", page.total_count, 1)?;
        let ids: Vec<&String> = page.items.iter().map(|item| &item.article_id).collect();
        step.same("the list", ids, vec![&publication.article_id])?;
        self.done(&step, "the publication is there, and no other".to_owned())
    }

    async fn delete(&mut self, publication: &Publication) -> Result<()> {
        let step = Step::start("delete");
        let id = &publication.article_id;
        step.answer(self.session.delete_publication(id, DeleteWhich::All).await)?;
        // WeChat's page leaves open which of the two happens.
        let gone = match self.session.get_publication(id).await {
            Ok(group) => group.articles.iter().all(|article| article.is_deleted),
            refused => is_gone(refused),
        };
        step.that(gone, "the publication is still public")?;
        let page = step.answer(self.session.list_publications(0, 20, false).await)?;
        step.same("the number of publications", page.total_count, 0)?;
        self.done(&step, "gone".to_owned())
    }
}

/// Makes the article's HTML with these pictures.
fn html(pictures: [&str; PICTURES]) -> String {
    let [before, rest @ ..] = TEXT;
    let mut html = before.to_owned();
    for (picture, text) in pictures.into_iter().zip(rest) {
        html.push_str(&format!("<img data-w=\"640\" src=\"{picture}\" />{text}"));
    }
    html
}

/// Returns whether this is the address of a picture that articles may show.
fn is_on_wechat(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(_, place)| place.starts_with("mmbiz.qpic.cn/"))
}

fn is_gone<T>(result: host::Result<T>) -> bool {
    matches!(result, Err(host::Error::Plugin(error)) if error.kind == ErrorKind::NotFound)
}

/// The data sent to WeChat, which it must give back.
struct Sent {
    cover: UploadedImage,
    /// URLs of the pictures in the text.
    pictures: [String; PICTURES],
    title: &'static str,
}

impl Sent {
    fn news(&self) -> Article {
        Article::News(News {
            author: Some(AUTHOR.to_owned()),
            content_source_url: Some(SOURCE.to_owned()),
            comments: Comments::Everyone,
            ..News::new(
                self.title,
                html(self.pictures.each_ref().map(String::as_str)),
                &self.cover.media_id,
            )
        })
    }

    fn pictures(&self) -> Article {
        Article::Pictures(Pictures::new(
            PICTURES_TITLE,
            PICTURES_TEXT,
            vec![self.cover.media_id.clone()],
        ))
    }

    /// Compares the fields that drafts and publications have in common.
    fn compare<'a>(&self, step: &Step, group: &'a ArticleGroup) -> Result<(&'a StoredArticle, &'a StoredArticle)> {
        let [news, pictures] = group.articles.as_slice() else {
            return Err(step.error(format!("{} articles instead of 2", group.articles.len())));
        };
        step.same("the title", news.title.as_str(), self.title)?;
        step.same("the author", news.author.as_str(), AUTHOR)?;
        step.same("the original's address", news.content_source_url.as_str(), SOURCE)?;
        step.same("the cover", &news.thumb_media_id, &self.cover.media_id)?;
        step.same("the comments", news.comments, Comments::Everyone)?;
        self.compare_content(step, news.content.as_deref().unwrap_or_default())?;
        step.same("the second title", pictures.title.as_str(), PICTURES_TITLE)?;
        step.same("the second content", pictures.content.as_deref(), Some(PICTURES_TEXT))?;
        step.same("the second comments", pictures.comments, Comments::Closed)?;
        Ok((news, pictures))
    }

    /// Compares the text, which comes back as it was, with all pictures in order. WeChat rewrites their tags, and their
    /// URLs have another size.
    fn compare_content(&self, step: &Step, content: &str) -> Result<()> {
        let [before, rest @ ..] = TEXT;
        let mut left = content.strip_prefix(before);
        for (picture, text) in self.pictures.iter().zip(rest) {
            // The scheme comes back as https, and the size at the end as 640.
            let path = picture.split_once("//").map_or(picture.as_str(), |(_, path)| path);
            let key = path.rsplit_once('/').map_or(path, |(key, _)| key);
            let tag = left.and_then(|left| left.split_once('>'));
            let tag = tag.filter(|(tag, _)| tag.starts_with("<img ") && tag.contains(key));
            left = tag.and_then(|(_, left)| left.strip_prefix(text));
        }
        step.that(left == Some(""), &format!("the content is {content:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_answer_names_its_step() {
        let step = Step::start("get draft");
        assert!(step.same("the title", "a", "a").is_ok());
        let error = step.same("the title", "a", "b").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("step get draft: the answer is wrong: the title")
        );
    }
}
