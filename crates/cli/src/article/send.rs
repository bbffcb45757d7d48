//! Carries out the plan of a draft. What was done is reported even if a later step fails.

use wechat_official_account_host::types::{Article, ImageResult, News, Prepared};
use wechat_official_account_host::{self as host, Session};

use super::cache::Cache;
use super::cover::Cover;
use super::pictures::Picture;
use super::plan::{DraftRequest, Plan};
use super::results::{Publication, Results};
use super::source::{Kind, Source};
use crate::args::{DeliveryOptions, TIMEOUT};
use crate::context::{Connection, Context};
use crate::destination::Destination;
use crate::error::{self, Error, Result};
use crate::output::Output;
use crate::texts::messages;
use crate::upload_pictures::Uploaded;
use crate::{file, findings, prepared, progress, publish, read_back};

/// The errcode for a media-id that is unknown (wechat-api §19).
const UNKNOWN_MEDIA_ID: i32 = 40007;

/// Makes a draft of an article, or replaces one, or tells what that would do.
pub async fn run(context: &Context, request: DraftRequest) -> Result<()> {
    let texts = context.texts;
    let DraftRequest {
        path, kind, delivery, ..
    } = &request;
    if *kind == Kind::Html && request.news.title.is_none() {
        return Err(error::usage(texts.html_needs_title.as_str()));
    }
    if delivery.publish {
        let action = texts.would_publish.with([&path.display()]);
        context.target.confirm(delivery.yes, &action)?;
    }
    let source = Source::read(path, *kind)?;
    let destination = request.news.output.as_deref().map(Destination::open).transpose()?;
    let output = match &destination {
        Some(destination) => destination.output_beside(context.output),
        None => context.output,
    };
    let cache = open_cache(context, delivery, output)?;
    if delivery.dry_run {
        let mut session = context.offline().await?;
        let plan = Plan::new(context, &mut session, source, &request, cache.as_ref()).await?;
        refuse_overwrite(destination.as_ref(), &plan, delivery)?;
        return plan.print(output, texts);
    }
    let mut connection = context.connect().await?;
    let plan = Plan::new(context, &mut connection.session, source, &request, cache.as_ref()).await?;
    refuse_overwrite(destination.as_ref(), &plan, delivery)?;
    plan.check_sendable(texts)?;
    plan.print_notes(output, texts);
    let mut execution = Execution {
        context,
        output,
        request: &request,
        plan: &plan,
        cache,
        destination,
        results: Results::default(),
    };
    let outcome = execution.run(&mut connection).await;
    let (json, text) = execution.results.document(&plan, &request)?;
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

/// Refuses an output that would replace a file that it is made of, or the cache.
fn refuse_overwrite(destination: Option<&Destination>, plan: &Plan, delivery: &DeliveryOptions) -> Result<()> {
    let Some(destination) = destination else {
        return Ok(());
    };
    let mut sources = plan.sources();
    sources.extend(delivery.cache.clone());
    destination.refuse_overwrite(&sources)
}

/// Says of a failed submission that the draft is there. It is submitted again only if nothing was done, and the draft
/// is not the cause.
fn after_draft(failure: Box<Error>, draft: &str) -> Box<Error> {
    let texts = &messages().publish;
    let may_submit = failure.is_of(&["busy", "credentials", "ip-not-allowed", "network", "quota", "tls"]);
    let sentence = match may_submit {
        true => texts.draft_unpublished.with([&draft]),
        false => texts.draft_stored.with([&draft]),
    };
    failure.with_sentence(sentence)
}

/// A plan that is carried out.
struct Execution<'a> {
    context: &'a Context,
    output: Output,
    request: &'a DraftRequest,
    plan: &'a Plan,
    cache: Option<Cache>,
    destination: Option<Destination>,
    results: Results,
}

impl Execution<'_> {
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
        self.results.cover = Some(news.thumb_media_id.clone());
        self.note()?;
        let articles = [Article::News(news)];
        let media_id = self.store(session, &articles).await?;
        if self.request.reads_back {
            let index = self.request.delivery.index.unwrap_or_default();
            self.results.read_back = read_back::compare(self.output, session, &media_id, index, &articles).await;
            self.note()?;
        }
        match self.request.delivery.publish {
            true => self.publish(session, &media_id).await,
            false => Ok(()),
        }
    }

    /// Uploads the pictures, and returns the HTML with their addresses.
    async fn upload_pictures(&mut self, connection: &mut Connection) -> Result<String> {
        let (html, files) = (self.plan.html(), self.plan.uploads());
        let with_cover = matches!(self.plan.cover, Cover::FirstData);
        let uploaded = connection
            .upload_pictures(self.context, self.output, &html, &files, with_cover)
            .await?;
        let is_worth_keeping = uploaded.is_worth_keeping();
        let Uploaded {
            prepared: done,
            is_cut_short,
        } = uploaded;
        self.remember_pictures(&done);
        if let Some(Ok(cover)) = &done.cover {
            self.results.cover = Some(cover.clone());
        }
        let done = self.results.prepared.insert(done);
        if let Some(destination) = self.destination.take_if(|_| is_worth_keeping) {
            self.results.stored = Some(destination.write(self.plan.article.pictures.with_data(&done.html).as_bytes())?);
        }
        let content = done.html.clone();
        let complete = match self.plan.allow_missing_pictures {
            true => Ok(()),
            false => prepared::check_complete(done),
        };
        self.note()?;
        if is_cut_short {
            self.context.journal.end_if_stopped().await;
        }
        complete.map_err(|failure| failure.of(&self.recovery_hint()))?;
        Ok(content)
    }

    /// Explains how to keep the uploads.
    fn recovery_hint(&self) -> String {
        let texts = self.context.texts;
        let kept = match &self.results.stored {
            Some(stored) => texts.html_stored.with([stored]),
            None => texts.html_not_stored.as_str().to_owned(),
        };
        match self.request.delivery.update {
            None => texts.no_draft_made.with([&kept]),
            Some(_) => texts.no_draft_updated.with([&kept]),
        }
    }

    /// Returns the cover's media-id. A file is uploaded last, because it takes storage quota.
    async fn cover(&mut self, session: &mut Session) -> Result<String> {
        let file = match &self.plan.cover {
            Cover::Stored(id) => return Ok(id.clone()),
            Cover::Picture(file) => file,
            // The component chose it.
            Cover::FirstData | Cover::None => {
                return match &self.results.prepared {
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
    fn stored_picture(&self, cover: &Picture) -> Option<String> {
        let images = &self.results.prepared.as_ref()?.images;
        let pictures = &self.plan.article.pictures;
        images.iter().find_map(|image| match &image.outcome {
            ImageResult::Uploaded(uploaded) if pictures.of(image)?.file.bytes == cover.file.bytes => {
                uploaded.media_id.clone()
            }
            _ => None,
        })
    }

    /// Makes or replaces the draft, and returns its media-id.
    async fn store(&mut self, session: &mut Session, articles: &[Article; 1]) -> Result<String> {
        let journal = &self.context.journal;
        let DeliveryOptions { update, index, .. } = &self.request.delivery;
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
        self.results.media_id = Some(media_id.clone());
        self.note()?;
        Ok(media_id)
    }

    /// Forgets the cover's media-id if the cache had it and WeChat does not know it. That can't be told before.
    async fn without_cached_cover(&mut self, session: &mut Session, failure: host::Error) -> Box<Error> {
        let is_unknown = matches!(&failure, host::Error::Plugin(error) if error.errcode == Some(UNKNOWN_MEDIA_ID));
        let error = Box::<Error>::from(failure);
        let (true, Some(_), Cover::Picture(file)) = (is_unknown, &self.plan.cached_cover, &self.plan.cover) else {
            return error;
        };
        // A draft that is replaced has a media-id, too.
        if let Some(id) = &self.request.delivery.update
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
        if self.request.reads_back {
            match self.results.read_back.is_whole() {
                Some(true) => {}
                Some(false) => return Err(error::refused(texts.not_published_changed.with([&draft]))),
                None => return Err(error::refused(texts.not_published_unread.with([&draft]))),
            }
        }
        let submission = journal
            .during(messages().publish.submitting, session.submit(draft))
            .await
            .map_err(|failure| after_draft(failure.into(), draft))?;
        // Told at once: the wait may be interrupted, and submitting again to learn the id would publish twice.
        self.output
            .announce(&publish::announcement(&submission), &publish::describe(&submission));
        let id = submission.publish_id.clone();
        let publication = Publication {
            submission,
            status: None,
        };
        self.results.publication = Some(publication);
        self.note()?;
        let timeout = self.request.delivery.timeout.unwrap_or(TIMEOUT);
        let status = publish::wait_after_submission(self.context, session, &id, timeout).await?;
        let outcome = publish::check(&status, &id);
        if let Some(publication) = &mut self.results.publication {
            publication.status = Some(status);
        }
        outcome
    }

    /// Adds the pictures that were uploaded to the cache.
    fn remember_pictures(&mut self, done: &Prepared) {
        let pictures = &self.plan.article.pictures;
        self.remember(|cache| {
            for image in &done.images {
                if let (ImageResult::Uploaded(uploaded), Some(picture)) = (&image.outcome, pictures.of(image)) {
                    let bytes = &picture.file.bytes;
                    cache.add_address(bytes, &uploaded.url);
                    if let Some(id) = &uploaded.media_id {
                        cache.add_media_id(bytes, id);
                    }
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
            self.results.cache_error = Some(failure);
        }
    }

    /// Notes the results so far, should a signal come.
    fn note(&self) -> Result<()> {
        let (json, text) = self.results.document(self.plan, self.request)?;
        self.context.journal.note(self.output, json, text);
        Ok(())
    }
}
