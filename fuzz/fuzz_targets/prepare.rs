//! The pictures of an article. The input is text, so that seeds are plain files. Its first line has a letter for each
//! request (see [`Server::answer`]), after a plus if a cover is wanted. The second has attachments as `name=picture`
//! with bars between them (see [`picture`]). The rest is the HTML.
#![no_main]

mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use server::{Place, Server, block_on};
use wechat_official_account::bindings::types::{Error, ErrorKind, File, ImageOutcome, ImageResult, Prepared};
use wechat_official_account::check::url::{Target, target_of};
use wechat_official_account::content::references;
use wechat_official_account::html::{Found, Picture, Tag, Tags, body, pictures};

/// The length of a reference in a report, in characters.
const SHOWN: usize = 100;

fuzz_target!(|input: &[u8]| {
    let input = String::from_utf8_lossy(input);
    let mut lines = input.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (answers, attachments, html) = (line(), line(), line());
    let (with_cover, answers) = match answers.strip_prefix('+') {
        Some(answers) => (true, answers),
        None => (false, answers),
    };
    let attachments: Vec<_> = attachments.split('|').filter_map(attachment).collect();
    // Of a document, only the body comes back, and names are seen from its base.
    if body(html) != html || html.to_ascii_lowercase().contains("<base") {
        return;
    }
    let pictures = pictures_of(html);
    check_references(html, &pictures);

    let account = Server::account(answers);
    let outcome = block_on(account.prepare(html.to_owned(), &attachments, with_cover));
    let server = &account.client.transport;
    let prepared = match outcome {
        Ok(prepared) => prepared,
        Err(error) => return check_refusal(&error, html, server),
    };
    check_html(html, &prepared.html);
    check_pictures(&prepared);
    check_images(&pictures, &attachments, &prepared, server);
    check_cover(with_cover, &prepared, server);
    check_by_html5gum(html, &prepared.images);
    check_again(&prepared, &attachments, server);
});

fn attachment(text: &str) -> Option<File> {
    let (name, picture) = text.rsplit_once('=')?;
    Some(File {
        name: name.to_owned(),
        bytes: self::picture(picture),
    })
}

/// Returns the smallest picture of the kind that the first letter names, and the text after its bytes. `t` is a
/// placeholder. Any other letter makes no picture.
fn picture(text: &str) -> Vec<u8> {
    let begin: &[u8] = match text.as_bytes().first() {
        Some(b'p') => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x03",
        Some(b'j') => b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x03\0\x03",
        Some(b'g') => b"GIF89a\x03\0\x03\0\0\0",
        Some(b'b') => b"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x03\0\0\0\x03\0\0\0",
        Some(b't') => b"GIF89a\x01\0\x01\0\0\0",
        _ => b"",
    };
    [begin, text.as_bytes()].concat()
}

/// The most addresses that are taken.
const ADDRESSES: usize = 20_000;

fn pictures_of(html: &str) -> Vec<Picture<'_>> {
    let mut all = Vec::new();
    pictures(html, &mut |found| {
        if let Found::Picture(picture) = found {
            assert!(!picture.addresses.is_empty());
            all.push(picture);
        }
        ControlFlow::Continue(())
    });
    all
}

/// Returns the number of addresses, and of other places in CSS that have quotes.
fn addresses_of(html: &str) -> usize {
    let mut count = 0;
    pictures(html, &mut |found| {
        count += match found {
            Found::Picture(picture) => picture.count(),
            Found::Quoted { .. } => 1,
            Found::Lost { .. } => 0,
        };
        ControlFlow::Continue(())
    });
    count
}

fn shown(source: &str) -> String {
    source.chars().take(SHOWN).collect()
}

/// A picture is listed with its addresses, unless one of them is on WeChat's hosts. Data can't come from an attachment.
fn check_references(html: &str, pictures: &[Picture<'_>]) {
    if pictures.iter().map(Picture::count).sum::<usize>() > ADDRESSES {
        return;
    }
    let mut references = references(html).into_iter().peekable();
    for picture in pictures {
        let names = || { picture.addresses.iter() }.map(|address| address.source.as_ref());
        let by_name = || names().filter(|name| target_of(name) != Target::Data);
        let is_here = references.peek().is_some_and(|next| {
            let listed = std::iter::once(&next.source).chain(&next.alternatives);
            listed.map(String::as_str).eq(by_name())
        });
        let is_kept = names().any(|name| target_of(name).keeps_pictures());
        assert!(is_here || is_kept || by_name().next().is_none(), "{html}");
        if is_here {
            references.next();
        }
    }
    assert!(references.next().is_none());
}

/// The whole call fails only if two names are the same, if there are too many addresses, or if the first upload shows
/// that all would fail.
fn check_refusal(error: &Error, html: &str, server: &Server) {
    let uploads = server.uploads();
    if error.kind == ErrorKind::InvalidInput {
        let is_much = error.subject.as_deref() == Some("html");
        assert!(is_much || error.subject.as_deref() == Some("attachments"));
        assert!(!is_much || addresses_of(html) > ADDRESSES);
        assert!(uploads.is_empty() && !server.is_over());
        return;
    }
    assert!(server.is_over(), "{error:?}");
    let first = &uploads[0];
    assert!(
        uploads
            .iter()
            .all(|other| other.bytes == first.bytes && other.answer.is_none())
    );
}

/// The attributes that may change.
const CHANGE: [&str; 15] = [
    "src",
    "srcset",
    "style",
    "href",
    "xlink:href",
    "background",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-echo",
    "data-url",
    "_src",
    "file",
    "data-srcset",
];

/// The attributes that stay, as they are spelled.
fn staying<'a>(tag: &Tag<'a>) -> Vec<(&'a str, &'a str)> {
    { tag.attributes() }
        .filter(|attribute| !CHANGE.iter().any(|name| attribute.is(name)))
        .map(|attribute| (attribute.name, attribute.value))
        .collect()
}

/// Nothing changes but the values of some attributes: texts, tags and other attributes stay.
fn check_html(html: &str, result: &str) {
    let offset = |text: &str, tag: &Tag<'_>| tag.source.as_ptr().addr() - text.as_ptr().addr();
    let (mut before, mut after) = (0, 0);
    let mut new = Tags::new(result);
    for old in Tags::new(html) {
        let new = new.next().expect("each tag stays");
        let (start, end) = (offset(html, &old), offset(result, &new));
        assert_eq!(html[before..start], result[after..end]);
        assert_eq!((old.name, old.closing), (new.name, new.closing));
        assert_eq!(staying(&old), staying(&new), "{}\n{}", old.source, new.source);
        if !["img", "image", "feimage", "source"].iter().any(|name| old.is(name)) && !old.source.contains(['(', '&']) {
            let has_background = old.attributes().any(|attribute| attribute.is("background"));
            assert!(has_background || old.source == new.source);
        }
        (before, after) = (start + old.source.len(), end + new.source.len());
    }
    assert!(new.next().is_none());
    assert_eq!(html[before..], result[after..]);
}

/// Each picture that was uploaded or kept is where it is looked for, and no quotes are left.
fn check_pictures(prepared: &Prepared) {
    let pictures = pictures_of(&prepared.html);
    assert_eq!(pictures.len(), prepared.images.len());
    for (picture, image) in pictures.iter().zip(&prepared.images) {
        assert!(picture.quoted() == 0 || picture.more > 0, "{}", picture.tag);
        if matches!(image.outcome, ImageResult::Uploaded(_) | ImageResult::Kept) {
            let mut read = picture.addresses.iter().filter(|address| address.is_read);
            assert!(
                read.any(|address| target_of(&address.source).keeps_pictures()),
                "{}",
                picture.tag
            );
        }
    }
}

/// Checks that each outcome is one that its address can have, and that the uploaded picture is the right one.
fn check_images(pictures: &[Picture<'_>], attachments: &[File], prepared: &Prepared, server: &Server) {
    assert_eq!(pictures.len(), prepared.images.len());
    let uploads = server.uploads();
    let by_url: BTreeMap<_, _> = { uploads.iter() }
        .filter_map(|upload| Some((upload.answer.as_ref()?.url.as_str(), upload)))
        .collect();
    for (picture, image) in pictures.iter().zip(&prepared.images) {
        let chosen = { picture.addresses.iter() }.find(|address| shown(&address.source) == image.source);
        let source = chosen.expect("it is one of the addresses").source.as_ref();
        assert!(image.alternatives.len() < picture.addresses.len());
        let target = target_of(source);
        let attachment = attachments.iter().find(|file| file.name == *source);
        match &image.outcome {
            ImageResult::Uploaded(image) => {
                let upload = by_url[image.url.as_str()];
                let kept = upload.answer.as_ref().map(|answer| &answer.media_id);
                assert_eq!(
                    kept.filter(|_| upload.place == Place::Material),
                    image.media_id.as_ref()
                );
                assert!(!target.keeps_pictures());
                assert!(
                    !upload.bytes.starts_with(&picture_bytes()),
                    "a placeholder was uploaded"
                );
                if let Some(attachment) = attachment.filter(|_| target != Target::Data && source.len() < SHOWN) {
                    assert!(attachment.bytes == upload.bytes, "{source}");
                }
            }
            ImageResult::Kept => assert!(target.keeps_pictures()),
            ImageResult::Unsure => assert!(target == Target::Tencent && attachment.is_none()),
            ImageResult::Elsewhere => {
                assert!(!target.keeps_pictures() && !matches!(target, Target::Data | Target::Tencent));
                assert!(attachment.is_none(), "{source}");
            }
            ImageResult::Failed(error) => {
                assert!(!target.keeps_pictures());
                assert!(!error.message.is_empty() && !error.advice.is_empty());
            }
        }
        let is_left = !matches!(image.outcome, ImageResult::Uploaded(_) | ImageResult::Kept);
        assert!(
            !is_left || !prepared.findings.is_empty(),
            "{source} is left, and nothing said"
        );
    }
}

/// Returns the bytes of a placeholder.
fn picture_bytes() -> Vec<u8> {
    let mut bytes = picture("t");
    bytes.pop();
    bytes
}

fn check_cover(with_cover: bool, prepared: &Prepared, server: &Server) {
    let mut uploaded = prepared.images.iter().filter_map(|image| match &image.outcome {
        ImageResult::Uploaded(image) => Some(image),
        _ => None,
    });
    let first = uploaded.next().filter(|_| with_cover);
    assert_eq!(prepared.cover.is_some(), first.is_some());
    let (Some(first), Some(Ok(cover))) = (first, &prepared.cover) else {
        return;
    };
    if let Some(media_id) = &first.media_id {
        assert_eq!(cover, media_id);
    }
    let uploads = server.uploads();
    let with = |place: Place, is: &dyn Fn(&server::Answer) -> bool| {
        let upload = uploads
            .iter()
            .find(|upload| upload.place == place && upload.answer.as_ref().is_some_and(is));
        upload.map(|upload| &upload.bytes)
    };
    let material = with(Place::Material, &|answer| answer.media_id == *cover);
    let in_text = with(Place::Article, &|answer| answer.url == first.url);
    assert!(first.media_id.is_some() || material == in_text && material.is_some());
}

/// Returns whether the two tokenizers should agree: `src/html/differential.rs` lists where they differ on purpose.
fn is_comparable(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    !html.contains(['\0', '\r', '&']) && ["noscript", "noframe"].iter().all(|name| !lower.contains(name))
}

/// If the text has no other places, its pictures are the `src` of the `img` that html5gum sees.
fn check_by_html5gum(html: &str, images: &[ImageOutcome]) {
    let others = ["style", "srcset", "image", "data-", "file", "_src", "background"];
    let lower = html.to_ascii_lowercase();
    if !is_comparable(html) || others.iter().any(|name| lower.contains(name)) {
        return;
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    let sources = tokens.filter_map(|token| match token {
        Token::StartTag(tag) if tag.name.as_slice() == b"img" => {
            let source = source_of_value(tag.attributes.get(&b"src"[..])?);
            let is_none = source.is_empty() || source.starts_with('#') || source.eq_ignore_ascii_case("about:blank");
            (!is_none).then(|| shown(&source))
        }
        _ => None,
    });
    let theirs: Vec<_> = sources.collect();
    let ours: Vec<_> = images.iter().map(|image| image.source.clone()).collect();
    assert_eq!(ours, theirs);
}

fn source_of_value(value: &[u8]) -> String {
    String::from_utf8_lossy(value.trim_ascii()).into_owned()
}

/// A second call without faults uploads only the pictures that had failed.
fn check_again(first: &Prepared, attachments: &[File], server: &Server) {
    let account = Server::account("");
    let again = block_on(account.prepare(first.html.clone(), attachments, false));
    let again = again.expect("nothing fails");
    assert_eq!(first.images.len(), again.images.len());
    let mut fresh = BTreeSet::new();
    for (before, after) in first.images.iter().zip(&again.images) {
        match (&before.outcome, &after.outcome) {
            (ImageResult::Uploaded(_) | ImageResult::Kept, ImageResult::Kept)
            | (ImageResult::Unsure, ImageResult::Unsure)
            | (ImageResult::Elsewhere, ImageResult::Elsewhere) => {}
            (ImageResult::Failed(old), ImageResult::Failed(new)) => {
                assert!(old.kind == ErrorKind::FileRejected && old.errcode.is_none());
                assert_eq!(old.message, new.message);
            }
            (ImageResult::Failed(_), ImageResult::Uploaded(image)) => {
                fresh.insert(&image.url);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(!fresh.is_empty() || again.html == first.html);
    let uploads = account.client.transport.uploads();
    assert_eq!(uploads.len(), fresh.len());
    let done = server.uploads();
    // One without a URL can't be put in place, however often it is stored.
    let mut done = done
        .iter()
        .filter(|upload| upload.answer.as_ref().is_some_and(|answer| !answer.url.is_empty()));
    assert!(
        done.all(|old| uploads
            .iter()
            .all(|new| (new.place, &new.bytes) != (old.place, &old.bytes))),
        "a picture was uploaded again"
    );
}
