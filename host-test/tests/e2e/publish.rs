//! The promise: a draft is submitted once, and its state is reported as WeChat has it.

use serde_json::json;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, ArticleType, DeleteWhich, ErrorKind, PublishStatus};
use wechat_simulator::{Publication, PublishPlan};

use crate::support::{World, assert_json, assert_refused, news, pictures, refused};

const SUBMIT: &str = "/cgi-bin/freepublish/submit";
const STATUS: &str = "/cgi-bin/freepublish/get";
const GET: &str = "/cgi-bin/freepublish/getarticle";
const LIST: &str = "/cgi-bin/freepublish/batchget";
const DELETE: &str = "/cgi-bin/freepublish/delete";

/// A timeout that no test reaches, in seconds.
const LONG: u32 = 600;

/// Stores a draft of news with these titles.
async fn draft(world: &World, session: &mut Session, titles: &[&str]) -> String {
    let cover = world.permanent_image();
    let articles: Vec<Article> = titles.iter().map(|title| news(title, &cover)).collect();
    session.add_draft(&articles).await.unwrap()
}

/// Submits a draft of three articles, and returns the publish-id.
async fn submitted(world: &World, session: &mut Session, plan: PublishPlan) -> String {
    world.account(|account| account.publish_plans.push_back(plan));
    let id = draft(world, session, &["一", "二", "三"]).await;
    session.submit(&id).await.unwrap().publish_id
}

/// Publishes these articles, and returns the article-id.
async fn published(world: &World, session: &mut Session, articles: &[Article]) -> String {
    let at_once = PublishPlan {
        polls: 0,
        ..PublishPlan::default()
    };
    world.account(|account| account.publish_plans.push_back(at_once));
    let id = session.add_draft(articles).await.unwrap();
    let publish_id = session.submit(&id).await.unwrap().publish_id;
    match session.publish_status(&publish_id).await.unwrap() {
        PublishStatus::Published(publication) => publication.article_id,
        other => panic!("not published: {other:?}"),
    }
}

/// Publishes three articles of news, and returns the article-id.
async fn published_three(world: &World, session: &mut Session) -> String {
    let cover = world.permanent_image();
    let articles = ["一", "二 🎉", "三"].map(|title| news(title, &cover));
    published(world, session, &articles).await
}

/// Returns the server's publication.
#[track_caller]
fn stored(world: &World, article_id: &str) -> Publication {
    world.account(|account| {
        let mut all = account.publications.values();
        all.find(|publication| publication.article_id == article_id)
            .unwrap()
            .clone()
    })
}

/// A plan that never ends by itself.
fn endless() -> PublishPlan {
    PublishPlan {
        polls: u32::MAX,
        seconds: u64::from(u32::MAX),
        ..PublishPlan::default()
    }
}

// ---- submit ------------------------------------------------------------------------------------

#[tokio::test]
async fn submitting_a_draft_returns_its_ids() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = draft(&world, &mut session, &["标题"]).await;
    let submission = session.submit(&id).await.unwrap();
    let (publish_id, publication) = world.account(|account| {
        let (id, publication) = account.publications.first_key_value().unwrap();
        (*id, publication.clone())
    });
    assert!(publish_id > u64::from(u32::MAX));
    assert_eq!(submission.publish_id, publish_id.to_string());
    assert_eq!(submission.msg_data_id, Some(publication.msg_data_id.to_string()));
    assert_eq!(publication.draft_id, id);
    assert_json(&world.last_request(SUBMIT), &json!({"media_id": id}));
}

#[tokio::test]
async fn a_missing_draft_is_not_found() {
    let world = World::start().await;
    let mut session = world.session().await;
    let deleted = draft(&world, &mut session, &["标题"]).await;
    session.delete_draft(&deleted).await.unwrap();
    assert_refused(session.submit(&deleted).await, ErrorKind::NotFound, Some(40007));
    assert_refused(session.submit("").await, ErrorKind::InvalidInput, None);
    assert_eq!(world.simulator.requests_to(SUBMIT), 1);
}

#[tokio::test]
async fn a_published_draft_is_gone() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = draft(&world, &mut session, &["标题"]).await;
    let publish_id = session.submit(&id).await.unwrap().publish_id;
    let status = session.wait_published(&publish_id, LONG).await.unwrap();
    assert!(matches!(status, PublishStatus::Published(_)), "{status:?}");
    assert_refused(session.submit(&id).await, ErrorKind::NotFound, Some(40007));
    assert_refused(session.get_draft(&id).await, ErrorKind::NotFound, Some(40007));
}

#[tokio::test]
async fn an_account_without_publishing_permission_is_refused_by_every_operation() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = draft(&world, &mut session, &["标题"]).await;
    world.account(|account| account.deny("/cgi-bin/freepublish/"));
    let (kind, errcode) = (ErrorKind::Permission, Some(48001));
    assert_refused(session.submit(&id).await, kind, errcode);
    assert_refused(session.publish_status("1").await, kind, errcode);
    assert_refused(session.wait_published("1", LONG).await, kind, errcode);
    assert_refused(session.get_publication("A").await, kind, errcode);
    assert_refused(session.list_publications(0, 1, false).await, kind, errcode);
    assert_refused(session.delete_publication("A", DeleteWhich::All).await, kind, errcode);
    // A refused request is not sent again.
    assert_eq!(world.simulator.requests_to(STATUS), 2);
}

#[tokio::test]
async fn a_submission_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = draft(&world, &mut session, &["标题"]).await;
    for (errcode, kind) in [
        (53503, ErrorKind::ContentRejected),
        (53504, ErrorKind::ContentRejected),
        (53505, ErrorKind::ContentRejected),
        (53501, ErrorKind::Quota),
        (53500, ErrorKind::AccountState),
    ] {
        world.account(|account| account.refuse_next(SUBMIT, errcode.into(), "拒绝"));
        assert_refused(session.submit(&id).await, kind, Some(errcode));
    }
    world.account(|account| account.daily_limits.insert(SUBMIT.to_owned(), 0));
    assert_refused(session.submit(&id).await, ErrorKind::Quota, Some(45009));
    assert!(world.account(|account| account.publications.is_empty()));
}

#[tokio::test]
async fn a_busy_server_leaves_the_outcome_of_a_submission_unknown() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = draft(&world, &mut session, &["标题"]).await;
    world.account(|account| account.refuse_next(SUBMIT, -1, "system error"));
    let error = refused(session.submit(&id).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::OutcomeUnknown, Some(-1)));
    assert!(error.advice.contains("draft.get"), "{error:?}");
    assert_eq!(world.simulator.requests_to(SUBMIT), 1);
}

// ---- status, wait ------------------------------------------------------------------------------

#[tokio::test]
async fn the_status_of_a_publication_has_its_urls() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = submitted(&world, &mut session, PublishPlan::default()).await;
    assert_eq!(session.publish_status(&id).await.unwrap(), PublishStatus::Publishing);
    assert_json(&world.last_request(STATUS), &json!({"publish_id": id}));
    let PublishStatus::Published(publication) = session.publish_status(&id).await.unwrap() else {
        panic!("not published")
    };
    let articles = stored(&world, &publication.article_id).articles;
    let urls: Vec<_> = articles.into_iter().map(|article| article.url).collect();
    assert_eq!(urls.len(), 3);
    assert_eq!(publication.urls, urls);
}

#[tokio::test]
async fn an_unknown_publish_id_has_no_status() {
    let world = World::start().await;
    let mut session = world.session().await;
    for id in ["not-a-number", "1"] {
        assert_refused(session.publish_status(id).await, ErrorKind::InvalidInput, Some(40002));
        assert_refused(
            session.wait_published(id, LONG).await,
            ErrorKind::InvalidInput,
            Some(40002),
        );
    }
    assert_refused(session.publish_status("").await, ErrorKind::InvalidInput, None);
}

#[tokio::test]
async fn the_status_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = submitted(&world, &mut session, PublishPlan::default()).await;
    world.account(|account| account.minute_limits.insert(STATUS.to_owned(), 0));
    let error = refused(session.publish_status(&id).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

#[tokio::test]
async fn waiting_ends_in_the_publication() {
    let world = World::start().await;
    let mut session = world.session().await;
    let plan = PublishPlan {
        polls: 2,
        ..PublishPlan::default()
    };
    let id = submitted(&world, &mut session, plan).await;
    let PublishStatus::Published(publication) = session.wait_published(&id, LONG).await.unwrap() else {
        panic!("not published")
    };
    assert_eq!(stored(&world, &publication.article_id).articles.len(), 3);
    assert_eq!(publication.urls.len(), 3);
    assert_eq!(world.simulator.requests_to(STATUS), 3);
}

#[tokio::test]
async fn waiting_ends_in_every_other_final_state() {
    let world = World::start().await;
    let mut session = world.session().await;
    // Articles count from 1 on the wire and from 0 here.
    for (status, expected) in [
        (2, PublishStatus::OriginalDeclarationFailed(vec![0, 2])),
        (3, PublishStatus::Failed),
        (4, PublishStatus::ReviewRefused(vec![0, 2])),
        (5, PublishStatus::DeletedByUser),
        (6, PublishStatus::BannedBySystem),
        (7, PublishStatus::Unknown(7)),
    ] {
        let plan = PublishPlan {
            fail_idx: vec![1, 3],
            ..PublishPlan::ending_in(status)
        };
        let id = submitted(&world, &mut session, plan).await;
        let before = world.simulator.requests_to(STATUS);
        assert_eq!(session.wait_published(&id, LONG).await.unwrap(), expected);
        assert_eq!(world.simulator.requests_to(STATUS) - before, 2);
    }
}

#[tokio::test]
async fn waiting_for_no_time_asks_once() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = submitted(&world, &mut session, endless()).await;
    let status = session.wait_published(&id, 0).await.unwrap();
    assert_eq!(status, PublishStatus::Publishing);
    assert_eq!(world.simulator.requests_to(STATUS), 1);
}

#[tokio::test]
async fn waiting_ends_when_its_time_is_over() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = submitted(&world, &mut session, endless()).await;
    let status = session.wait_published(&id, 1).await.unwrap();
    assert_eq!(status, PublishStatus::Publishing);
    assert!(world.simulator.requests_to(STATUS) > 1);
    // The task is still there.
    let publish_id: u64 = id.parse().unwrap();
    world.account(|account| account.publications.get_mut(&publish_id).unwrap().plan.polls = 0);
    let status = session.wait_published(&id, 0).await.unwrap();
    assert!(matches!(status, PublishStatus::Published(_)), "{status:?}");
}

#[tokio::test]
async fn a_busy_server_does_not_end_the_wait() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = submitted(&world, &mut session, PublishPlan::default()).await;
    world.account(|account| account.refuse_next(STATUS, -1, "system error"));
    let status = session.wait_published(&id, LONG).await.unwrap();
    assert!(matches!(status, PublishStatus::Published(_)), "{status:?}");
    assert_eq!(world.simulator.requests_to(STATUS), 3);
}

// ---- get, list ---------------------------------------------------------------------------------

#[tokio::test]
async fn a_publication_is_read_with_its_articles() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    let publication = session.get_publication(&id).await.unwrap();
    assert_json(&world.last_request(GET), &json!({"article_id": id}));
    let stored = stored(&world, &id);
    assert_eq!(publication.create_time, Some(stored.submitted_at));
    assert_eq!(publication.update_time, Some(stored.update_time));
    assert_eq!(publication.articles.len(), 3);
    let article = &publication.articles[1];
    assert_eq!(article.title, "二 🎉");
    assert_eq!(article.author, "张三");
    assert_eq!(article.content.as_deref(), Some("<p>正文 with emoji 😀</p>"));
    assert_eq!(article.url, stored.articles[1].url);
    assert!(!article.is_deleted);
}

#[tokio::test]
async fn published_pictures_come_without_kind_and_pictures() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let id = published(&world, &mut session, &[pictures("周末", &[&image])]).await;
    let article = session.get_publication(&id).await.unwrap().articles.remove(0);
    assert_eq!(article.title, "周末");
    assert_eq!(article.content.as_deref(), Some("纯文本\n第二行 🌸"));
    assert_eq!(article.article_type, ArticleType::Unknown);
    assert!(article.image_media_ids.is_empty());
}

#[tokio::test]
async fn a_missing_publication_is_not_found() {
    let world = World::start().await;
    let mut session = world.session().await;
    let deleted = published_three(&world, &mut session).await;
    session.delete_publication(&deleted, DeleteWhich::All).await.unwrap();
    for id in ["unknown", &deleted] {
        assert_refused(session.get_publication(id).await, ErrorKind::NotFound, Some(53600));
    }
    assert_refused(session.get_publication("").await, ErrorKind::InvalidInput, None);
}

#[tokio::test]
async fn a_list_has_content_on_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    for (with_content, no_content, content) in [(true, 0, Some("<p>正文 with emoji 😀</p>")), (false, 1, None)] {
        let page = session.list_publications(0, 20, with_content).await.unwrap();
        let [item] = page.items.as_slice() else {
            panic!("{page:?}")
        };
        assert_eq!((page.total_count, &item.article_id), (1, &id));
        assert_eq!(item.publication.articles[1].title, "二 🎉");
        assert_eq!(item.publication.articles[1].content.as_deref(), content);
        assert_eq!(item.publication.update_time, Some(stored(&world, &id).update_time));
        assert_json(
            &world.last_request(LIST),
            &json!({"offset": 0, "count": 20, "no_content": no_content}),
        );
    }
}

#[tokio::test]
async fn a_list_is_read_page_by_page_newest_first() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let mut ids = Vec::new();
    for title in ["一", "二", "三"] {
        ids.push(published(&world, &mut session, &[news(title, &cover)]).await);
    }
    ids.reverse();
    let mut listed = Vec::new();
    // The last page is past the end.
    for offset in [0, 2, 4] {
        let page = session.list_publications(offset, 2, false).await.unwrap();
        assert_eq!(page.total_count, 3);
        listed.extend(page.items.into_iter().map(|item| item.article_id));
    }
    assert_eq!(listed, ids);
}

#[tokio::test]
async fn reading_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| {
        account.daily_limits.insert(GET.to_owned(), 0);
        account.daily_limits.insert(LIST.to_owned(), 0);
    });
    assert_refused(session.get_publication("A").await, ErrorKind::Quota, Some(45009));
    let outcome = session.list_publications(0, 1, true).await;
    assert_refused(outcome, ErrorKind::Quota, Some(45009));
}

// ---- delete ------------------------------------------------------------------------------------

#[tokio::test]
async fn a_whole_publication_is_deleted() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    session.delete_publication(&id, DeleteWhich::All).await.unwrap();
    assert_json(&world.last_request(DELETE), &json!({"article_id": id}));
    assert!(stored(&world, &id).articles.iter().all(|article| article.is_deleted));
}

#[tokio::test]
async fn one_article_of_a_publication_is_deleted() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    session.delete_publication(&id, DeleteWhich::One(1)).await.unwrap();
    // Articles count from 1 on the wire; 0 would delete them all.
    assert_json(&world.last_request(DELETE), &json!({"article_id": id, "index": 2}));
    let deleted = |articles: &[bool]| assert_eq!(articles, [false, true, false]);
    let stored = stored(&world, &id);
    deleted(
        &stored
            .articles
            .iter()
            .map(|article| article.is_deleted)
            .collect::<Vec<_>>(),
    );
    let read = session.get_publication(&id).await.unwrap();
    deleted(
        &read
            .articles
            .iter()
            .map(|article| article.is_deleted)
            .collect::<Vec<_>>(),
    );
}

#[tokio::test]
async fn the_first_article_of_a_publication_is_deleted_alone() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    session.delete_publication(&id, DeleteWhich::One(0)).await.unwrap();
    let deleted: Vec<_> = stored(&world, &id)
        .articles
        .iter()
        .map(|article| article.is_deleted)
        .collect();
    assert_eq!(deleted, [true, false, false]);
}

#[tokio::test]
async fn deleting_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    let outcome = session.delete_publication("unknown", DeleteWhich::All).await;
    assert_refused(outcome, ErrorKind::NotFound, Some(53600));
    let outcome = session.delete_publication(&id, DeleteWhich::One(3)).await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(40060));
    // This is -1 in a host without unsigned numbers. One more is 0 in 32 bits, and 0 means all, so it must not be sent.
    let requests = world.simulator.requests_to(DELETE);
    let outcome = session.delete_publication(&id, DeleteWhich::One(u32::MAX)).await;
    assert_refused(outcome, ErrorKind::InvalidInput, None);
    assert_eq!(world.simulator.requests_to(DELETE), requests);
    world.account(|account| account.daily_limits.insert(DELETE.to_owned(), 0));
    let outcome = session.delete_publication(&id, DeleteWhich::All).await;
    assert_refused(outcome, ErrorKind::Quota, Some(45009));
    assert!(!stored(&world, &id).articles.iter().any(|article| article.is_deleted));
}

#[tokio::test]
async fn a_busy_server_leaves_the_outcome_of_deleting_unknown() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = published_three(&world, &mut session).await;
    world.account(|account| account.refuse_next(DELETE, -1, "system error"));
    let error = refused(session.delete_publication(&id, DeleteWhich::One(0)).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::OutcomeUnknown, Some(-1)));
    assert!(error.advice.contains("publish.get"), "{error:?}");
    assert_eq!(world.simulator.requests_to(DELETE), 1);
}
