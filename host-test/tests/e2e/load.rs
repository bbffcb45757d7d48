//! The promise: while one request in twenty fails, the results that callers get agree with WeChat's data, nothing
//! exists twice, and a lost instance takes no other with it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::future::join_all;
use wechat_official_account_host::limits::Limits;
use wechat_official_account_host::types::{Article, Config, ErrorKind, MediaKind, News, PublishStatus, Timeouts};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::{Fault, Faults};

use crate::support::{World, canary, config, faults, fixture, news};

/// The requests out of a thousand that meet a fault.
const PER_MILLE: u64 = 50;

/// Returns all faults except replies of 50 MiB, which would only take time.
fn faults_of_the_run() -> Vec<Fault> {
    let mut faults = faults::immediate();
    faults.retain(|fault| !matches!(fault, Fault::HugeBody { .. }));
    faults.extend([Fault::Delay { ms: 20 }, Fault::Stall]);
    faults
}

/// The results that one caller got.
#[derive(Default)]
struct Results {
    calls: usize,
    refused: usize,
    /// Titles of the drafts that exist according to its results, by id.
    drafts: BTreeMap<String, String>,
    /// Titles of the drafts whose creation has an unknown outcome.
    uncertain: Vec<String>,
    /// Ids of the drafts that are deleted according to its results.
    deleted: Vec<String>,
    /// Titles of all drafts that existed or may have existed at any time.
    titles: BTreeSet<String>,
    published: usize,
}

impl Results {
    /// Returns the answer, if there is one. An error must have a known kind and advice.
    fn note<T>(&mut self, outcome: host::Result<T>) -> Option<T> {
        self.calls += 1;
        match outcome {
            Ok(answer) => Some(answer),
            Err(host::Error::Plugin(error)) => {
                canary::assert_absent(&format!("{error:?}"));
                assert!(error.kind != ErrorKind::Other && !error.advice.is_empty(), "{error:?}");
                self.refused += 1;
                None
            }
            Err(trap) => panic!("{trap}"),
        }
    }

    async fn add(&mut self, session: &mut Session, title: String, image: &str) -> Option<String> {
        let outcome = session.add_draft(&[news(&title, image)]).await;
        if let Err(host::Error::Plugin(error)) = &outcome
            && error.kind == ErrorKind::OutcomeUnknown
        {
            self.uncertain.push(title.clone());
            self.titles.insert(title.clone());
        }
        let id = self.note(outcome)?;
        self.titles.insert(title.clone());
        self.drafts.insert(id.clone(), title);
        Some(id)
    }
}

/// Runs one caller: `rounds` times ten calls of every kind.
async fn caller(world: &World, number: usize, rounds: usize, image: &str) -> Results {
    let config = Config {
        timeouts: Some(Timeouts {
            connect_milliseconds: 10_000,
            first_byte_milliseconds: 60_000,
            // This limit ends a stalled reply.
            between_bytes_milliseconds: 1000,
            call_milliseconds: 300_000,
        }),
        retry_pauses_milliseconds: Some(vec![1, 5, 20]),
        ..config()
    };
    let mut session = Session::open(&world.host, &config).await.unwrap();
    let mut results = Results::default();
    for round in 0..rounds {
        let kept = results.add(&mut session, format!("{number}-{round} kept"), image).await;
        let deleted = results
            .add(&mut session, format!("{number}-{round} deleted"), image)
            .await;
        let published = results
            .add(&mut session, format!("{number}-{round} published"), image)
            .await;
        let outcome = session.upload_media(MediaKind::Image, &fixture("cover.jpg")).await;
        results.note(outcome);
        let outcome = session.upload_article_image(&fixture("article.png")).await;
        results.note(outcome);
        if let Some(id) = kept {
            let outcome = session.update_draft(&id, 0, &news(&results.drafts[&id], image)).await;
            results.note(outcome);
            let outcome = session.get_draft(&id).await;
            if let Some(draft) = results.note(outcome) {
                assert!(draft.articles[0].title.ends_with(&results.drafts[&id]), "{draft:?}");
            }
        }
        if let Some(id) = deleted {
            let outcome = session.delete_draft(&id).await;
            // After an error the draft may exist or not, and deleting it again would do no harm.
            results.drafts.remove(&id);
            if results.note(outcome).is_some() {
                results.deleted.push(id);
            }
        }
        if let Some(id) = published {
            let outcome = session.submit(&id).await;
            // A draft that was submitted, or may have been, will leave the draft box.
            let refused =
                matches!(&outcome, Err(host::Error::Plugin(error)) if error.kind != ErrorKind::OutcomeUnknown);
            if !refused {
                results.drafts.remove(&id);
            }
            if let Some(submission) = results.note(outcome) {
                let outcome = session.publish_status(&submission.publish_id).await;
                if let Some(PublishStatus::Published(_)) = results.note(outcome) {
                    results.published += 1;
                }
            }
        }
        let outcome = session.list_drafts(0, 5, false).await;
        results.note(outcome);
    }
    results
}

/// A call that computes for longer than its host allows, which ends the instance.
async fn trap(world: &World) {
    let host = world.host.clone().with_limits(Limits {
        computing: Duration::from_millis(20),
        ..Limits::default()
    });
    let article = Article::News(News::new("标题", "<p>字</p>".repeat(1_000_000), "M"));
    let mut instance = host.instantiate().await.unwrap();
    for _ in 0..2 {
        let outcome = instance.check_articles(std::slice::from_ref(&article), None).await;
        assert!(outcome.is_err(), "{outcome:?}");
    }
}

async fn run(instances: usize, rounds: usize) {
    let world = World::start().await;
    let image = world.permanent_image();
    world.account(|account| account.lift_limits());
    world
        .simulator
        .inject(Faults::random(7, PER_MILLE, faults_of_the_run()));
    let callers = (0..instances).map(|number| caller(&world, number, rounds, &image));
    let (results, ()) = tokio::join!(join_all(callers), trap(&world));

    let drafts: BTreeMap<String, String> = world.account(|account| {
        let drafts = account.drafts.iter();
        drafts
            .map(|(id, draft)| (id.clone(), draft.articles[0].title.clone()))
            .collect()
    });
    // Published drafts are included. (The log keeps the newest 16,384 requests.)
    let mut added: BTreeMap<String, usize> = BTreeMap::new();
    for request in world
        .requests("/cgi-bin/draft/add")
        .iter()
        .filter(|request| request.executed)
    {
        let title = request.json().unwrap()["articles"][0]["title"]
            .as_str()
            .unwrap()
            .to_owned();
        *added.entry(title).or_default() += 1;
    }
    assert!(added.values().all(|&times| times == 1), "added twice: {added:?}");
    for title in drafts.values() {
        let known = results.iter().any(|caller| caller.titles.contains(title));
        assert!(known, "a draft that no caller knows of: {title}");
    }
    for (id, title) in results.iter().flat_map(|caller| &caller.drafts) {
        assert_eq!(drafts.get(id), Some(title), "a draft that is not there");
    }
    for id in results.iter().flat_map(|caller| &caller.deleted) {
        assert!(!drafts.contains_key(id), "a deleted draft is there");
    }
    let sum = |count: fn(&Results) -> usize| results.iter().map(count).sum::<usize>();
    println!(
        "{instances} instances, {} calls, {} errors, {} known drafts, {} uncertain, {} published, {} requests",
        sum(|caller| caller.calls),
        sum(|caller| caller.refused),
        sum(|caller| caller.drafts.len()),
        sum(|caller| caller.uncertain.len()),
        sum(|caller| caller.published),
        world.simulator.request_log().len(),
    );
    // The run was no empty one: faults occurred, and most calls succeeded all the same.
    assert!(sum(|caller| caller.uncertain.len()) > 0 && sum(|caller| caller.refused) * 10 < sum(|caller| caller.calls));
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_learn_the_truth_while_requests_fail() {
    run(40, 5).await;
}

/// 200 instances and more than 20,000 calls.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute of both processors; CONTRIBUTING.md has the command"]
async fn two_hundred_callers_learn_the_truth_while_requests_fail() {
    run(200, 10).await;
}
