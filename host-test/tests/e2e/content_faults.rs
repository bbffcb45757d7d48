//! The promise: a picture that fails loses no other one, and can be added later.

use wechat_official_account_host::types::{ErrorKind, File, Finding, ImageResult, Prepared, Severity};
use wechat_simulator::{Fault, FaultRule};

use crate::support::marked::{Expected, UPLOADIMG, assert_outcomes, failed, named, plain, uploaded, uploads};
use crate::support::{World, assert_refused, padded};

/// Makes an article with this number of different pictures.
fn article(pictures: usize) -> (String, Vec<File>) {
    let file = |number| named(&format!("{number}.jpg"), padded("cover.jpg", 3000 + number));
    let reference = |number| format!("<p>第{number}张<img alt='{number}' src=\"⟦{number}.jpg⟧\"></p>\n");
    (
        (0..pictures).map(reference).collect(),
        (0..pictures).map(file).collect(),
    )
}

fn errcode(code: i64) -> Fault {
    Fault::Errcode { code, executed: false }
}

fn errors(prepared: &Prepared) -> Vec<(&str, Option<i32>)> {
    let images = prepared.images.iter();
    let failed = images.filter_map(|image| match &image.outcome {
        ImageResult::Failed(error) => Some((image.source.as_str(), error.errcode)),
        _ => None,
    });
    failed.collect()
}

#[tokio::test]
async fn two_of_twelve_fail_and_only_they_are_uploaded_later() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (marked, files) = article(12);
    // The second rule begins to count when the first is used up.
    for (passing, code) in [(3, 40009), (4, 40005)] {
        world
            .simulator
            .inject(FaultRule::new(UPLOADIMG, errcode(code)).skip(passing).times(1));
    }
    let prepared = session.prepare_content(&plain(&marked), &files, false).await.unwrap();
    let mut expected: Vec<Expected> = files.iter().map(uploaded).collect();
    for place in [3, 8] {
        *expected.get_mut(place).unwrap() = failed(ErrorKind::FileRejected);
    }
    assert_outcomes(&world, &marked, &prepared, &expected);
    assert_eq!(errors(&prepared), [("3.jpg", Some(40009)), ("8.jpg", Some(40005))]);
    assert_eq!(uploads(&world).0, 12);
    let losses = |prepared: &Prepared| -> Vec<Finding> {
        let findings = prepared.findings.iter();
        findings
            .filter(|finding| finding.severity != Severity::Advice)
            .cloned()
            .collect()
    };
    let lost = losses(&prepared);
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(lost.first().unwrap().figure.unwrap().found, 2);

    world.simulator.clear_faults();
    let again = session.prepare_content(&prepared.html, &files, false).await.unwrap();
    assert_eq!(uploads(&world).0, 14);
    assert_eq!(losses(&again), []);
    let came: Vec<_> = { again.images.iter() }
        .map(|image| match &image.outcome {
            ImageResult::Kept => "kept",
            ImageResult::Uploaded(_) => "uploaded",
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = expected.iter().map(|before| match before {
        Expected::Failed(_) => "uploaded",
        _ => "kept",
    });
    assert_eq!(came, expected.collect::<Vec<_>>());
    assert_eq!(again.html.matches(".jpg\"").count(), 0);
}

#[tokio::test]
async fn an_error_of_all_uploads_ends_the_call() {
    for (code, kind) in [
        (40164, ErrorKind::IpNotAllowed),
        (45009, ErrorKind::Quota),
        (40243, ErrorKind::Credentials),
    ] {
        let world = World::start().await;
        let mut session = world.session().await;
        let (marked, files) = article(3);
        world.simulator.inject(FaultRule::new(UPLOADIMG, errcode(code)));
        let outcome = session.prepare_content(&plain(&marked), &files, true).await;
        assert_refused(outcome, kind, i32::try_from(code).ok());
        assert_eq!(uploads(&world), (1, 0), "{code}");
    }
}

#[tokio::test]
async fn an_error_of_all_uploads_after_a_success_loses_nothing() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (marked, files) = article(5);
    world
        .simulator
        .inject(FaultRule::new(UPLOADIMG, errcode(45009)).skip(2));
    let prepared = session.prepare_content(&plain(&marked), &files, true).await.unwrap();
    let quota = failed(ErrorKind::Quota);
    let [first, second, ..] = files.as_slice() else {
        panic!("five files")
    };
    let expected = [uploaded(first), uploaded(second), quota.clone(), quota.clone(), quota];
    assert_outcomes(&world, &marked, &prepared, &expected);
    assert_eq!(prepared.cover.unwrap().unwrap_err().kind, ErrorKind::Quota);
    assert_eq!(uploads(&world), (3, 0));

    world.simulator.clear_faults();
    let again = session.prepare_content(&prepared.html, &files, false).await.unwrap();
    assert_eq!(uploads(&world), (6, 0));
    assert!(matches!(
        again.images.first().map(|image| &image.outcome),
        Some(ImageResult::Kept)
    ));
    assert_eq!(errors(&again), []);
}
