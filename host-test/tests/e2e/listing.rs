//! The promise: a list of any length is read to its end, each item once, also while others change it; and its cost in
//! calls is known after the first one.

use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt};
use wechat_official_account_host::types::{DeleteWhich, ErrorKind, MaterialKind};
use wechat_official_account_host::{Error, Session};
use wechat_simulator::MaterialKind as Stored;

use crate::support::{World, fixture, news, refused};

const DRAFTS: &str = "/cgi-bin/draft/batchget";
const MATERIAL: &str = "/cgi-bin/material/batchget_material";
const PUBLICATIONS: &str = "/cgi-bin/freepublish/batchget";

/// Makes this many drafts, and returns their ids, oldest first.
async fn drafts(session: &mut Session, image: &str, count: usize) -> Vec<String> {
    let mut made = Vec::new();
    for number in 0..count {
        let article = news(&format!("第{number}篇"), image);
        made.push(session.add_draft(&[article]).await.unwrap());
    }
    made
}

#[tokio::test]
async fn all_drafts_come_once_and_their_cost_is_told_first() {
    let world = World::start().await;
    let image = world.permanent_image();
    let mut session = world.session().await;
    let made = drafts(&mut session, &image, 45).await;
    let mut listing = session.all_drafts(true).await.unwrap();
    assert_eq!(
        (listing.total_count(), listing.calls(), listing.calls_made()),
        (45, 3, 1)
    );
    assert_eq!(world.requests(DRAFTS).len(), 1);

    let all: Vec<_> = listing.stream().try_collect().await.unwrap();
    assert!(all.iter().all(|item| item.draft.articles[0].content.is_some()));
    let listed: Vec<_> = all.into_iter().map(|item| item.media_id).collect();
    assert_eq!(listed, made.into_iter().rev().collect::<Vec<_>>());
    assert_eq!((listing.calls_made(), listing.calls(), listing.missing()), (3, 3, 0));
    assert_eq!(world.requests(DRAFTS).len(), 3);
    assert!(listing.try_next().await.unwrap().is_none());
    assert_eq!(world.requests(DRAFTS).len(), 3);
}

#[tokio::test]
async fn a_list_survives_changes_between_its_pages() {
    let world = World::start().await;
    let image = world.permanent_image();
    let mut session = world.session().await;
    let mut others = world.session().await;
    let made = drafts(&mut session, &image, 65).await;
    let (added, deleted) = (7, 12);

    let mut listing = session.all_drafts(false).await.unwrap();
    let mut listed = Vec::new();
    while let Some(item) = listing.try_next().await.unwrap() {
        listed.push(item.media_id);
        match listed.len() {
            // New ones push the second page down; then deleted ones pull the third page up.
            20 => _ = drafts(&mut others, &image, added).await,
            40 => {
                for id in made.iter().rev().take(deleted) {
                    others.delete_draft(id).await.unwrap();
                }
                // The oldest one is changed, which puts it first.
                others.update_draft(&made[0], 0, &news("改", &image)).await.unwrap();
            }
            _ => {}
        }
    }
    let unique: BTreeSet<_> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "twice");
    let lost: Vec<_> = made.iter().filter(|id| !unique.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", made.len());
    // Four for the pages, and some for those that are read again.
    assert!(listing.calls_made() <= 8, "{}", listing.calls_made());
    assert_eq!(listing.missing(), 0);
}

#[tokio::test]
async fn material_is_listed_by_kind() {
    let world = World::start().await;
    for (kind, count) in [(Stored::Image, 41), (Stored::Voice, 3)] {
        for number in 0..count {
            let bytes = fixture("cover.jpg").bytes;
            world.account(|account| account.put_material(kind, &format!("{number}.jpg"), bytes));
        }
    }
    let mut session = world.session().await;
    for (kind, count, calls) in [
        (MaterialKind::Image, 41, 3),
        (MaterialKind::Voice, 3, 1),
        (MaterialKind::Video, 0, 1),
    ] {
        let before = world.requests(MATERIAL).len();
        let mut listing = session.all_material(kind).await.unwrap();
        assert_eq!(listing.calls(), calls);
        let all: Vec<_> = listing.stream().try_collect().await.unwrap();
        let names: BTreeSet<_> = all.iter().map(|item| &item.name).collect();
        assert_eq!((all.len(), names.len()), (count, count));
        assert_eq!(world.requests(MATERIAL).len() - before, usize::try_from(calls).unwrap());
    }
}

#[tokio::test]
async fn all_publications_are_listed_while_some_are_deleted() {
    let world = World::start().await;
    let image = world.permanent_image();
    let mut session = world.session().await;
    let mut others = world.session().await;
    for draft in drafts(&mut session, &image, 45).await {
        let task = session.submit(&draft).await.unwrap();
        session.wait_published(&task.publish_id, 60).await.unwrap();
    }
    let before: Vec<_> = {
        let mut listing = session.all_publications(false).await.unwrap();
        assert_eq!((listing.total_count(), listing.calls()), (45, 3));
        listing
            .stream()
            .map_ok(|item| item.article_id)
            .try_collect()
            .await
            .unwrap()
    };
    assert_eq!((before.len(), world.requests(PUBLICATIONS).len()), (45, 3));

    let mut listing = session.all_publications(false).await.unwrap();
    let mut listed = BTreeSet::new();
    while let Some(item) = listing.try_next().await.unwrap() {
        assert!(listed.insert(item.article_id), "twice");
        if listed.len() == 20 {
            for id in &before[..5] {
                others.delete_publication(id, DeleteWhich::All).await.unwrap();
            }
        }
    }
    assert!(before.iter().all(|id| listed.contains(id)), "{} of 45", listed.len());
}

#[tokio::test]
async fn a_list_goes_on_after_an_error() {
    let world = World::start().await;
    let image = world.permanent_image();
    let mut session = world.session().await;
    drafts(&mut session, &image, 25).await;
    let mut listing = session.all_drafts(false).await.unwrap();
    let first: Vec<_> = listing.stream().take(20).try_collect().await.unwrap();
    assert_eq!(first.len(), 20);

    world.account(|account| account.refuse_next(DRAFTS, 45009, "reach max api daily quota limit"));
    let error = listing.try_next().await.map(|item| item.map(|item| item.media_id));
    assert!(
        matches!(&error, Err(Error::Plugin(error)) if error.kind == ErrorKind::Quota),
        "{error:?}"
    );
    let rest: Vec<_> = listing.stream().try_collect().await.unwrap();
    assert_eq!(rest.len(), 5);

    world.account(|account| account.refuse_next(DRAFTS, 45009, "reach max api daily quota limit"));
    let refusal = session.all_drafts(false).await.map(|listing| listing.total_count());
    assert_eq!(refused(refusal).kind, ErrorKind::Quota);
}
