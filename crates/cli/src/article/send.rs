//! A draft of an article: the plan, and its execution. What was done is reported even if a later step fails.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};
use wechat_official_account_host::types::{
    Article, ImageOutcome, ImageResult, News, Prepared, PublishStatus, Submission,
};
use wechat_official_account_host::{self as host, Session};

use super::cache::Cache;
use super::cover::{self, Cover, CoverFile, Named};
use super::fields;
use super::laid::Laid;
use super::pictures::{Fitter, Picture};
use super::plan::Plan;
use super::rendered::Look;
use super::source::{Kind, Source};
use crate::args::{DeliveryOptions, NewsOptions, TIMEOUT};
use crate::article_html::data_uris;
use crate::context::{Connection, Context};
use crate::destination::Destination;
use crate::error::{self, Error, Result};
use crate::format::json;
use crate::output::Output;
use crate::read_back::ReadBack;
use crate::texts::messages;
use crate::{file, findings, prepared, progress, publish, read_back};

/// The errcode for a media-id that is unknown (wechat-api §19).
const UNKNOWN_MEDIA_ID: i32 = 40007;

/// What the user wants of an article.
pub struct Order {
    pub path: PathBuf,
    pub kind: Kind,
    pub news: NewsOptions,
    pub look: Look,
    pub delivery: DeliveryOptions,
    pub reads_back: bool,
}

/// Makes a draft of an article, or replaces one, or tells what that would do.
pub async fn run(context: &Context, order: Order) -> Result<()> {
    let texts = context.texts;
    let Order {
        path, kind, delivery, ..
    } = &order;
    if *kind == Kind::Html && order.news.title.is_none() {
        return Err(error::usage(texts.html_needs_title.as_str()));
    }
    if delivery.publish {
        let action = texts.would_publish.with([&path.display()]);
        context.target.confirm(delivery.yes, &action)?;
    }
    let source = Source::read(path, *kind)?;
    let destination = order.news.output.as_deref().map(Destination::open).transpose()?;
    let output = match &destination {
        Some(destination) => destination.output_beside(context.output),
        None => context.output,
    };
    let cache = open_cache(context, delivery, output)?;
    if delivery.dry_run {
        let mut session = context.offline().await?;
        let plan = plan(context, &mut session, source, &order, cache.as_ref()).await?;
        refuse_overwrite(destination.as_ref(), &plan, &order)?;
        return print(&plan, output, context);
    }
    let mut connection = context.connect().await?;
    let plan = plan(context, &mut connection.session, source, &order, cache.as_ref()).await?;
    refuse_overwrite(destination.as_ref(), &plan, &order)?;
    plan.refuse(texts)?;
    plan.tell(output, texts);
    let mut sending = Sending {
        context,
        output,
        order: &order,
        plan: &plan,
        cache,
        destination,
        made: Made::default(),
    };
    let outcome = sending.run(&mut connection).await;
    let (json, text) = sending.document()?;
    output.print_done(&json, text, outcome)
}

/// Opens the cache, if there is to be one.
fn open_cache(context: &Context, delivery: &DeliveryOptions, output: Output) -> Result<Option<Cache>> {
    let Some(path) = &delivery.cache else {
        return Ok(None);
    };
    let texts = context.texts;
    let cache = Cache::open(path, &context.target.server, texts)?;
    match &cache {
        None if delivery.dry_run => output.note(texts.cache_without_account.as_str()),
        None => return Err(error::usage(texts.cache_needs_server.as_str())),
        Some(_) if delivery.dry_run => {}
        Some(cache) => cache.check_writable(texts)?,
    }
    Ok(cache)
}

/// Reads and decides everything that needs no answer of WeChat's.
async fn plan(
    context: &Context,
    session: &mut Session,
    source: Source,
    order: &Order,
    cache: Option<&Cache>,
) -> Result<Plan> {
    let texts = context.texts;
    let mut fitter = Fitter::new(context.language, texts);
    let laying = Laid::new(session, source, &order.look, &mut fitter, texts);
    let message = texts.laying_out.with([&order.path.display()]);
    let laid = progress::spin(context.output, message, laying).await?;
    let options = &order.news;
    let news = fields::merge(options, &laid.rendered.front_matter, &laid.source, texts)?;
    let named = Named {
        file: options.cover.as_deref(),
        id: options.cover_id.as_deref(),
    };
    let cover = cover::choose(&laid, &named, &mut fitter, texts)?;
    let thumb_media_id = match &cover {
        Cover::Stored(id) => id.clone(),
        _ => cover::NONE_YET.to_owned(),
    };
    let found = laid
        .check(
            session,
            News {
                thumb_media_id,
                ..news.clone()
            },
        )
        .await?;
    let cached = match cache {
        Some(cache) => known_addresses(session, &laid, cache).await?,
        None => BTreeMap::new(),
    };
    Ok(Plan {
        cached,
        cached_cover: match &cover {
            Cover::File(file) => cache.and_then(|cache| cache.media_id(&file.file.bytes)),
            _ => None,
        },
        laid,
        news,
        cover,
        findings: found,
        allow_missing_pictures: options.allow_missing_pictures,
    })
}

/// Returns the addresses of those pictures that the cache can spare an upload, by their indices.
async fn known_addresses(session: &mut Session, laid: &Laid, cache: &Cache) -> Result<BTreeMap<usize, String>> {
    let by_address = laid.pictures.by_address.iter();
    let known = by_address.filter_map(|(address, index)| {
        let (_, picture) = laid.pictures.at(address)?;
        Some((*index, cache.address(&picture.file.bytes)?))
    });
    let mut known: BTreeMap<usize, String> = known.collect();
    // Where it stands in another way, as in `srcset`, the component still looks for the file.
    let html = laid.html_with(|index, _| known.get(&index).cloned());
    for reference in session.references(&html).await? {
        for address in std::iter::once(&reference.source).chain(&reference.alternatives) {
            if let Some((index, _)) = laid.pictures.at(address.trim_ascii()) {
                known.remove(&index);
            }
        }
    }
    Ok(known)
}

/// Refuses an output that would replace a file that it was made of.
fn refuse_overwrite(destination: Option<&Destination>, plan: &Plan, order: &Order) -> Result<()> {
    let Some(destination) = destination else {
        return Ok(());
    };
    let mut sources = vec![order.path.clone()];
    sources.extend(plan.laid.pictures.list.iter().map(|picture| picture.path.clone()));
    sources.extend(order.delivery.cache.clone());
    if let Cover::File(file) = &plan.cover {
        sources.push(file.path.clone());
    }
    destination.refuse_overwrite(&sources)
}

/// Prints the plan of a dry run. Its exit code is that of the run itself.
fn print(plan: &Plan, output: Output, context: &Context) -> Result<()> {
    let texts = context.texts;
    plan.tell(output, texts);
    let mut json = plan.as_json()?;
    json.insert("dry_run".to_owned(), json!(true));
    let text = format!("{}\n\n{}", plan.describe(texts), texts.nothing_sent.as_str());
    output.print(&json.into(), text)?;
    plan.refuse(texts)
}

/// A plan that is carried out.
struct Sending<'a> {
    context: &'a Context,
    output: Output,
    order: &'a Order,
    plan: &'a Plan,
    cache: Option<Cache>,
    destination: Option<Destination>,
    made: Made,
}

/// The results so far, at WeChat and on the disk.
#[derive(Default)]
struct Made {
    prepared: Option<Prepared>,
    stored: Option<String>,
    cover: Option<String>,
    /// The draft that was made or updated.
    media_id: Option<String>,
    /// What WeChat changed or dropped.
    read_back: ReadBack,
    publication: Option<Publication>,
    /// The reason why the cache was not written.
    cache_error: Option<Box<Error>>,
}

/// A draft that was submitted, and what WeChat decided if it has.
struct Publication {
    submission: Submission,
    status: Option<PublishStatus>,
}

impl Publication {
    fn as_json(&self) -> Result<Value> {
        let mut document = json(&self.submission)?;
        if let (Some(fields), Some(status)) = (document.as_object_mut(), &self.status) {
            fields.insert("outcome".to_owned(), publish::as_json(status));
        }
        Ok(document)
    }
}

impl Sending<'_> {
    /// Does one step after the other. A step that fails ends it.
    async fn run(&mut self, connection: &mut Connection) -> Result<()> {
        let content = self.upload_pictures(connection).await?;
        let session = &mut connection.session;
        let mut news = News {
            content,
            ..self.plan.news.clone()
        };
        // The addresses are longer than those of files.
        findings::refuse(&session.check_articles(&[Article::News(news.clone())]).await?)?;
        news.thumb_media_id = self.cover(session).await?;
        self.made.cover = Some(news.thumb_media_id.clone());
        self.note()?;
        let articles = [Article::News(news)];
        let media_id = self.store(session, &articles).await?;
        if self.order.reads_back {
            let index = self.order.delivery.index.unwrap_or_default();
            self.made.read_back = read_back::compare(self.output, session, &media_id, index, &articles).await;
            self.note()?;
        }
        match self.order.delivery.publish {
            true => self.publish(session, &media_id).await,
            false => Ok(()),
        }
    }

    /// Uploads the pictures, and returns the HTML with their addresses.
    async fn upload_pictures(&mut self, connection: &mut Connection) -> Result<String> {
        let texts = self.context.texts;
        let (html, files) = (self.plan.html(), self.plan.uploads());
        let with_cover = matches!(self.plan.cover, Cover::FirstData);
        let most = files.len() + data_uris(&html) + usize::from(with_cover);
        let Connection { session, uploads, .. } = connection;
        let upload = session.prepare_content(&html, &files, with_cover);
        let message = texts.uploading.with([&most]);
        let upload = progress::count(self.output, message, uploads, most as u64, upload);
        let done = self
            .context
            .journal
            .during(messages().pictures.uploading, upload)
            .await?;
        self.remember_pictures(&done);
        if let Some(Ok(cover)) = &done.cover {
            self.made.cover = Some(cover.clone());
        }
        let done = self.made.prepared.insert(done);
        if let Some(destination) = self.destination.take() {
            self.made.stored = Some(destination.write(done.html.as_bytes())?);
        }
        let content = done.html.clone();
        let complete = match self.plan.allow_missing_pictures {
            true => Ok(()),
            false => prepared::check_complete(done),
        };
        self.note()?;
        complete.map_err(|failure| failure.of(&self.way_out()))?;
        Ok(content)
    }

    /// Explains how to keep the uploads.
    fn way_out(&self) -> String {
        let texts = self.context.texts;
        let kept = match &self.made.stored {
            Some(stored) => texts.html_stored.with([stored]),
            None => texts.html_not_stored.as_str().to_owned(),
        };
        texts.no_draft_made.with([&kept])
    }

    /// Returns the cover's media-id. A file is uploaded last, because it takes storage quota.
    async fn cover(&mut self, session: &mut Session) -> Result<String> {
        let file = match &self.plan.cover {
            Cover::Stored(id) => return Ok(id.clone()),
            Cover::File(file) => file,
            // The component chose it.
            Cover::FirstData | Cover::None => {
                return match &self.made.prepared {
                    Some(prepared) => prepared::cover(prepared),
                    None => Err(error::usage(self.context.texts.no_cover.as_str())),
                };
            }
        };
        if let Some(id) = self.plan.cached_cover.clone().or_else(|| self.stored_picture(file)) {
            return Ok(id);
        }
        let upload = session.upload_material_image(&file.file);
        let upload = self.context.journal.during(messages().pictures.uploading_cover, upload);
        let image = progress::spin(self.output, file::upload_message(&file.file), upload).await?;
        self.remember(|cache| cache.add_media_id(&file.file.bytes, &image.media_id));
        Ok(image.media_id)
    }

    /// Returns the media-id of the cover's file, if it is a picture that became permanent material.
    fn stored_picture(&self, cover: &CoverFile) -> Option<String> {
        let images = &self.made.prepared.as_ref()?.images;
        images.iter().find_map(|image| match &image.outcome {
            ImageResult::Uploaded(uploaded) if self.picture_of(image)?.file.bytes == cover.file.bytes => {
                uploaded.media_id.clone()
            }
            _ => None,
        })
    }

    /// Makes or replaces the draft, and returns its media-id.
    async fn store(&mut self, session: &mut Session, articles: &[Article; 1]) -> Result<String> {
        let journal = &self.context.journal;
        let DeliveryOptions { update, index, .. } = &self.order.delivery;
        let [article] = articles;
        let stored = match update {
            None => {
                journal
                    .during(messages().drafts.adding, session.add_draft(articles))
                    .await
            }
            Some(id) => {
                let update = session.update_draft(id, index.unwrap_or_default(), article);
                journal
                    .during(messages().drafts.updating, update)
                    .await
                    .map(|()| id.clone())
            }
        };
        let media_id = match stored {
            Ok(media_id) => media_id,
            Err(failure) => return Err(self.without_cached_cover(session, failure).await),
        };
        self.made.media_id = Some(media_id.clone());
        self.note()?;
        Ok(media_id)
    }

    /// Forgets the cover's media-id if the cache had it and WeChat does not know it. That can't be told before.
    async fn without_cached_cover(&mut self, session: &mut Session, failure: host::Error) -> Box<Error> {
        let is_unknown = matches!(&failure, host::Error::Plugin(error) if error.errcode == Some(UNKNOWN_MEDIA_ID));
        let error = Box::<Error>::from(failure);
        let (true, Some(_), Cover::File(file)) = (is_unknown, &self.plan.cached_cover, &self.plan.cover) else {
            return error;
        };
        // A draft that is replaced has a media-id, too.
        if let Some(id) = &self.order.delivery.update
            && session.get_draft(id).await.is_err()
        {
            return error;
        }
        self.remember(|cache| cache.forget_media_id(&file.file.bytes));
        let name = self.cache.as_ref().map(Cache::name).unwrap_or_default();
        error.with_advice(self.context.texts.cached_cover_gone.with([&name]))
    }

    /// Publishes the draft, if it arrived whole, and waits until WeChat has decided.
    async fn publish(&mut self, session: &mut Session, draft: &str) -> Result<()> {
        let Context { journal, texts, .. } = self.context;
        if self.order.reads_back {
            match self.made.read_back.is_whole() {
                Some(true) => {}
                Some(false) => return Err(error::refused(texts.not_published_changed.with([&draft]))),
                None => return Err(error::refused(texts.not_published_unread.with([&draft]))),
            }
        }
        let submission = journal
            .during(messages().publish.submitting, session.submit(draft))
            .await?;
        // Told at once: the wait may be interrupted, and submitting again to learn the id would publish twice.
        self.output
            .announce(&publish::announcement(&submission), &publish::describe(&submission));
        let id = submission.publish_id.clone();
        let publication = Publication {
            submission,
            status: None,
        };
        self.made.publication = Some(publication);
        self.note()?;
        let timeout = self.order.delivery.timeout.unwrap_or(TIMEOUT);
        let status = publish::wait_for(self.context, session, &id, timeout).await?;
        let outcome = publish::check(&status, &id);
        if let Some(publication) = &mut self.made.publication {
            publication.status = Some(status);
        }
        outcome
    }

    /// Returns the picture beside the article that this outcome is about, if there is no doubt.
    fn picture_of(&self, image: &ImageOutcome) -> Option<&Picture> {
        let pictures = &self.plan.laid.pictures;
        let addresses = std::iter::once(&image.source).chain(&image.alternatives);
        let mut known = addresses.filter_map(|address| pictures.at(address.trim_ascii()));
        let (first, picture) = known.next()?;
        known.all(|(index, _)| index == first).then_some(picture)
    }

    fn remember_pictures(&mut self, done: &Prepared) {
        let uploaded = done.images.iter().filter_map(|image| match &image.outcome {
            ImageResult::Uploaded(uploaded) => Some((self.picture_of(image)?.file.bytes.as_slice(), uploaded)),
            _ => None,
        });
        let uploaded: Vec<_> = uploaded
            .map(|(bytes, uploaded)| (bytes.to_owned(), uploaded.clone()))
            .collect();
        self.remember(|cache| {
            for (bytes, uploaded) in &uploaded {
                cache.add_address(bytes, &uploaded.url);
                if let Some(id) = &uploaded.media_id {
                    cache.add_media_id(bytes, id);
                }
            }
        });
    }

    /// Adds to the cache, and writes it at once: the next step may be the last one. The draft is made all the same if
    /// that fails.
    fn remember(&mut self, learn: impl FnOnce(&mut Cache)) {
        let Some(cache) = &mut self.cache else {
            return;
        };
        learn(cache);
        if let Err(failure) = cache.save(self.context.texts) {
            self.output.warn("warning", &failure.message);
            self.made.cache_error = Some(failure);
        }
    }

    /// Notes the results so far, should a signal come.
    fn note(&self) -> Result<()> {
        let (json, text) = self.document()?;
        self.context.journal.note(self.output, json, text);
        Ok(())
    }

    /// Returns the plan with its results.
    fn document(&self) -> Result<(Value, String)> {
        let Self { made, plan, order, .. } = self;
        let mut fields = plan.as_json()?;
        fields.insert("images".to_owned(), json!([]));
        if let Some(prepared) = &made.prepared {
            let findings = fields.remove("warnings");
            fields.extend(prepared::as_json(prepared, &plan.laid.pictures.not_read)?);
            fields.remove("findings");
            fields.extend(findings.map(|findings| ("warnings".to_owned(), findings)));
        }
        if let Some(cover) = &made.cover {
            fields.insert("cover".to_owned(), json!({ "media_id": cover }));
        }
        let publication = made.publication.as_ref().map(Publication::as_json).transpose()?;
        let index = order
            .delivery
            .update
            .as_ref()
            .map(|_| order.delivery.index.unwrap_or_default());
        for (name, value) in [
            ("stored", json!(made.stored)),
            ("media_id", json!(made.media_id)),
            ("updated", json!(index.is_some() && made.media_id.is_some())),
            ("index", json!(index)),
            ("publication", json!(publication)),
            ("cache_error", json(&made.cache_error)?),
            ("dry_run", json!(false)),
        ] {
            fields.insert(name.to_owned(), value);
        }
        made.read_back.add_to(&mut fields)?;
        Ok((fields.into(), self.describe()))
    }

    fn describe(&self) -> String {
        let made = &self.made;
        let known = [
            (messages().pictures.stored, &made.stored),
            (messages().pictures.cover, &made.cover),
            ("media-id", &made.media_id),
        ];
        let mut known: Vec<(&str, String)> = known
            .into_iter()
            .filter_map(|(label, value)| Some((label, value.clone()?)))
            .collect();
        if let Some(status) = made
            .publication
            .as_ref()
            .and_then(|publication| publication.status.as_ref())
        {
            known.extend(publish::known(status));
        }
        match &made.prepared {
            Some(prepared) => prepared::describe(prepared, known),
            None => String::new(),
        }
    }
}
