//! Many instances at once, with one request in twenty failing in some way: what callers are told is what WeChat has, nothing
//! is there twice, and an instance that is lost takes no other with it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use wechat_official_account_host::types::{Config, ErrorKind, File, MediaKind, PublishStatus, Timeouts};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::{Fault, Faults};

use crate::support::{World, canary, config, faults, fixture, news};

/// Requests out of a thousand that meet a fault.
const PER_MILLE: u64 = 50;

/// Everything but 50 MiB of reply, which would only take time.
fn troubles() -> Vec<Fault> {
    let mut troubles = faults::immediate();
    troubles.retain(|fault| !matches!(fault, Fault::HugeBody { .. }));
    troubles.extend([Fault::Delay { ms: 20 }, Fault::Stall]);
    troubles
}

/// What one caller was told.
#[derive(Default)]
struct Told {
    calls: usize,
    refused: usize,
    /// Titles of the drafts that it was told exist, by their ids.
    drafts: BTreeMap<String, String>,
    /// Titles of the drafts whose adding has an unknown outcome.
    doubtful: Vec<String>,
    /// Ids of the drafts that it was told are gone.
    deleted: Vec<String>,
    /// Titles of all drafts that it was told exist or may exist, at any time.
    titles: BTreeSet<String>,
    published: usize,
}

impl Told {
    /// The answer, if there is one. What is no answer is an error of a known kind and says what to do; anything else fails.
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
            self.doubtful.push(title.clone());
            self.titles.insert(title.clone());
        }
        let id = self.note(outcome)?;
        self.titles.insert(title.clone());
        self.drafts.insert(id.clone(), title);
        Some(id)
    }
}

/// One caller: `rounds` times ten calls of every kind.
async fn caller(world: &World, number: usize, rounds: usize, image: &str) -> Told {
    let config = Config {
        timeouts: Some(Timeouts {
            connect_milliseconds: 10_000,
            first_byte_milliseconds: 60_000,
            // Ends what stalls.
            between_bytes_milliseconds: 1000,
            call_milliseconds: 300_000,
        }),
        retry_pauses_milliseconds: Some(vec![1, 5, 20]),
        ..config()
    };
    let mut session = Session::open(&world.host, &config).await.unwrap();
    let mut told = Told::default();
    for round in 0..rounds {
        let kept = told.add(&mut session, format!("{number}-{round} kept"), image).await;
        let deleted = told.add(&mut session, format!("{number}-{round} deleted"), image).await;
        let published = told
            .add(&mut session, format!("{number}-{round} published"), image)
            .await;
        let outcome = session.upload_media(MediaKind::Image, &fixture("cover.jpg")).await;
        told.note(outcome);
        let outcome = session.upload_article_image(&fixture("article.png")).await;
        told.note(outcome);
        if let Some(id) = kept {
            let outcome = session.update_draft(&id, 0, &news(&told.drafts[&id], image)).await;
            told.note(outcome);
            let outcome = session.get_draft(&id).await;
            if let Some(draft) = told.note(outcome) {
                assert!(draft.articles[0].title.ends_with(&told.drafts[&id]), "{draft:?}");
            }
        }
        if let Some(id) = deleted {
            let outcome = session.delete_draft(&id).await;
            // After an error it may be there or not, and deleting it again would do no harm.
            told.drafts.remove(&id);
            if told.note(outcome).is_some() {
                told.deleted.push(id);
            }
        }
        if let Some(id) = published {
            let outcome = session.submit(&id).await;
            // Submitted for certain or perhaps, it is a draft no longer, or soon.
            let refused =
                matches!(&outcome, Err(host::Error::Plugin(error)) if error.kind != ErrorKind::OutcomeUnknown);
            if !refused {
                told.drafts.remove(&id);
            }
            if let Some(submission) = told.note(outcome) {
                let outcome = session.publish_status(&submission.publish_id).await;
                if let Some(PublishStatus::Published(_)) = told.note(outcome) {
                    told.published += 1;
                }
            }
        }
        let outcome = session.list_drafts(0, 5, false).await;
        told.note(outcome);
    }
    told
}

/// A file that does not fit into the memory of an instance: the canonical ABI can only trap.
async fn trap(world: &World) {
    let mut session = world.session().await;
    let file = File::new("huge.jpg", vec![0xFF; 200 * 1024 * 1024]);
    for _ in 0..2 {
        let outcome = session.upload_material_image(&file).await;
        assert!(matches!(outcome, Err(host::Error::Trap(_))), "{outcome:?}");
    }
}

async fn run(instances: usize, rounds: usize) {
    let world = World::start().await;
    let image = world.permanent_image();
    world.account(|account| account.lift_limits());
    world.simulator.inject(Faults::random(7, PER_MILLE, troubles()));
    let callers = (0..instances).map(|number| caller(&world, number, rounds, &image));
    let (told, ()) = tokio::join!(join_all(callers), trap(&world));

    let drafts: BTreeMap<String, String> = world.account(|account| {
        let drafts = account.drafts.iter();
        drafts
            .map(|(id, draft)| (id.clone(), draft.articles[0].title.clone()))
            .collect()
    });
    // Also of those that are no drafts any more. (The log keeps the newest 16,384 requests.)
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
        let known = told.iter().any(|told| told.titles.contains(title));
        assert!(known, "a draft that nobody was told of: {title}");
    }
    for (id, title) in told.iter().flat_map(|told| &told.drafts) {
        assert_eq!(drafts.get(id), Some(title), "a draft that is not there");
    }
    for id in told.iter().flat_map(|told| &told.deleted) {
        assert!(!drafts.contains_key(id), "a deleted draft is there");
    }
    let sum = |count: fn(&Told) -> usize| told.iter().map(count).sum::<usize>();
    println!(
        "{instances} instances, {} calls, {} errors, {} drafts told, {} doubtful, {} published, {} requests",
        sum(|told| told.calls),
        sum(|told| told.refused),
        sum(|told| told.drafts.len()),
        sum(|told| told.doubtful.len()),
        sum(|told| told.published),
        world.simulator.request_log().len(),
    );
    // The run was what it says: faults were met, and most calls went well all the same.
    assert!(sum(|told| told.doubtful.len()) > 0 && sum(|told| told.refused) * 10 < sum(|told| told.calls));
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
