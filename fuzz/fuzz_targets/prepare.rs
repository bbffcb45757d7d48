//! The pictures of an article. The input is text, so that seeds are plain files. Its first line has a letter for each
//! request (see [`Server::answer`]), after a plus if a cover is wanted. The second has attachments as `name=picture`
//! with bars between them (see [`picture`]). The rest is the HTML.
#![no_main]

mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use server::{Place, Server, block_on};
use wechat_official_account::bindings::types::{Error, ErrorKind, File, ImageOutcome, ImageResult, Prepared};
use wechat_official_account::check::url::{Target, target_of};
use wechat_official_account::content::references;
use wechat_official_account::html::{Tags, pictures};

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
    let sources: Vec<_> = references_of(html).into_iter().map(|(_, source)| source).collect();
    check_references(html, &sources);

    let account = Server::account(answers);
    let outcome = block_on(account.prepare(html.to_owned(), &attachments, with_cover));
    let server = &account.client.transport;
    let prepared = match outcome {
        Ok(prepared) => prepared,
        Err(error) => return check_refusal(&error, server),
    };
    check_html(html, &prepared);
    check_images(&sources, &attachments, &prepared, server);
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

/// Returns the smallest picture of the kind that the first letter names, and the text after its bytes. Any other letter
/// makes no picture.
fn picture(text: &str) -> Vec<u8> {
    let begin: &[u8] = match text.as_bytes().first() {
        Some(b'p') => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01",
        Some(b'j') => b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x01\0\x01",
        Some(b'g') => b"GIF89a\x01\0\x01\0\0\0",
        Some(b'b') => b"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0",
        _ => b"",
    };
    [begin, text.as_bytes()].concat()
}

/// Returns the ranges of the references to pictures, and their meanings, in order.
fn references_of(html: &str) -> Vec<(Range<usize>, String)> {
    let mut end = 0;
    let pictures = Tags::new(html).flat_map(pictures).map(|picture| {
        assert!(end <= picture.range.start, "references come in order");
        end = picture.range.end;
        (picture.range, picture.source.into_owned())
    });
    pictures.collect()
}

fn shown(source: &str) -> String {
    source.chars().take(SHOWN).collect()
}

/// Every reference is listed, except data and pictures on WeChat's hosts, which can't come from an attachment.
fn check_references(html: &str, sources: &[String]) {
    let mut references = references(html).into_iter();
    for source in sources {
        if !matches!(target_of(source), Target::Data | Target::WeChatImage) {
            assert_eq!(references.next().as_ref(), Some(source));
        }
    }
    assert_eq!(references.next(), None);
}

/// The whole call fails only if two names are the same, or if the first upload shows that all would fail.
fn check_refusal(error: &Error, server: &Server) {
    let uploads = server.uploads();
    if error.kind == ErrorKind::InvalidInput {
        assert_eq!(error.subject.as_deref(), Some("attachments"));
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

/// The result is the text that was given, except for the new addresses.
fn check_html(html: &str, prepared: &Prepared) {
    let Prepared {
        html: result, images, ..
    } = prepared;
    let (before, after) = (references_of(html), references_of(result));
    assert_eq!(before.len(), after.len(), "{result}");
    let mut images = images.iter();
    let mut restored = String::new();
    let mut copied = 0;
    for ((old, source), (new, _)) in before.into_iter().zip(after) {
        let gap = &result[copied..new.start];
        // A reference to a quotation mark without a semicolon gets one: the address would go on with its name.
        let lacks_semicolon = ["&quot", "&QUOT"]
            .iter()
            .any(|quote| html[..old.start].ends_with(quote));
        let added = lacks_semicolon && gap.ends_with(';');
        restored += &gap[..gap.len() - usize::from(added)];
        let (old, written) = (&html[old], &result[new.clone()]);
        restored += old;
        copied = new.end;
        let image = images.next().expect("there is an outcome for each reference");
        assert_eq!(image.source, shown(&source));
        match &image.outcome {
            ImageResult::Uploaded(image) => assert_eq!(percent_decoded(written), image.url),
            _ => assert_eq!(written, old),
        }
    }
    restored += &result[copied..];
    assert_eq!(restored, html);
    assert!(images.next().is_none());
}

fn percent_decoded(url: &str) -> String {
    let mut bytes = url.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits: Vec<u8> = bytes.by_ref().take(2).collect();
                let digits = std::str::from_utf8(&digits).expect("digits");
                u8::from_str_radix(digits, 16).expect("digits")
            }
            plain => plain,
        });
    }
    String::from_utf8(decoded).expect("a URL")
}

/// Checks that each outcome is one that its reference can have, and that the uploaded picture is the right one.
fn check_images(sources: &[String], attachments: &[File], prepared: &Prepared, server: &Server) {
    let uploads = server.uploads();
    let by_url: BTreeMap<_, _> = { uploads.iter() }
        .filter_map(|upload| Some((upload.answer.as_ref()?.url.as_str(), upload)))
        .collect();
    for (source, image) in sources.iter().zip(&prepared.images) {
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
                assert!(target != Target::WeChatImage);
                if let Some(attachment) = attachment.filter(|_| target != Target::Data) {
                    assert!(attachment.bytes == upload.bytes, "{source}");
                }
            }
            ImageResult::Kept => assert_eq!(target, Target::WeChatImage),
            ImageResult::Elsewhere => {
                assert!(!matches!(target, Target::WeChatImage | Target::Data));
                assert!(attachment.is_none(), "{source}");
            }
            ImageResult::Failed(error) => {
                assert!(target != Target::WeChatImage);
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

/// The references that are whole attributes are those that html5gum sees. All others are parts of attributes.
fn check_by_html5gum(html: &str, images: &[ImageOutcome]) {
    if !is_comparable(html) {
        return;
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    let mut theirs = Vec::new();
    for token in tokens {
        let Token::StartTag(tag) = token else { continue };
        let names: &[&[u8]] = match tag.name.as_slice() {
            b"img" => &[b"src", b"data-src"],
            b"image" => &[b"src", b"data-src", b"href", b"xlink:href"],
            _ => continue,
        };
        for name in names {
            let value = tag.attributes.get(*name).map(|value| source_of_value(value));
            theirs.extend(
                value
                    .filter(|source| !source.is_empty() && !source.starts_with('#'))
                    .map(|source| shown(&source)),
            );
        }
    }
    let mut ours: Vec<_> = images.iter().map(|image| image.source.clone()).collect();
    ours.sort();
    theirs.sort();
    let lower = html.to_ascii_lowercase();
    if ["style", "srcset"].iter().all(|name| !lower.contains(name)) {
        assert_eq!(ours, theirs);
        return;
    }
    let mut others = ours.iter();
    assert!(
        theirs.iter().all(|source| others.any(|other| other == source)),
        "{theirs:?} in {ours:?}"
    );
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
