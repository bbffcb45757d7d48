//! Which requests meet a fault: counts, turns, lots, names.

use http::StatusCode;

use super::*;

const COUNT: &str = "/cgi-bin/draft/count";
const GET_DRAFT: &str = "/cgi-bin/draft/get";

const fn errcode(code: i64) -> Fault {
    Fault::Errcode { code, executed: false }
}

#[tokio::test]
async fn rules_of_a_path_take_turns() {
    let client = Client::start().await;
    client
        .simulator
        .inject(FaultRule::new(COUNT, errcode(-1)).skip(1).times(2));
    client.simulator.inject(FaultRule::new(COUNT, errcode(45009)).skip(1));
    client.simulator.inject(FaultRule::new(GET_DRAFT, errcode(45011)));
    for code in [0, -1, -1, 0, 45009, 45009, 45009] {
        assert_eq!(client.get(COUNT).await.code(), code);
    }
    let left = client.simulator.faults();
    let rules = [
        FaultRule::new(COUNT, errcode(45009)),
        FaultRule::new(GET_DRAFT, errcode(45011)),
    ];
    assert_eq!(left.rules, rules);
    assert_eq!(client.get(GET_DRAFT).await.code(), 45011);
    client.simulator.clear_faults();
    assert_eq!(client.get(COUNT).await.code(), 0);
    let log = client.simulator.request_log();
    let faults: Vec<bool> = log.iter().map(|entry| entry.fault.is_some()).collect();
    let met = [false, false, true, true, false, true, true, true, true, false];
    assert_eq!(faults, met);
}

#[tokio::test]
async fn lots_spare_the_token_and_come_out_alike_twice() {
    let mut courses = Vec::new();
    for seed in [7, 7, 8] {
        let mut client = Client::start().await;
        let faults = vec![errcode(-1), errcode(45009)];
        client.simulator.inject(Faults::random(seed, 500, faults));
        let mut course = Vec::new();
        for _ in 0..40 {
            client.renew().await;
            course.push(client.get(COUNT).await.code());
        }
        courses.push(course);
    }
    assert_eq!(courses[0], courses[1]);
    assert_ne!(courses[0], courses[2]);
    for code in [0, -1, 45009] {
        assert!(courses[0].contains(&code), "{courses:?}");
    }
}

#[test]
fn lots_keep_to_their_rate() {
    for (per_mille, least, most) in [(0, 0, 0), (20, 150, 250), (500, 4_800, 5_200), (1000, 10_000, 10_000)] {
        let mut faults = Faults::random(1, per_mille, vec![Fault::Stall, Fault::LostReply, Fault::GarbledJson]);
        let met: Vec<Fault> = (0..10_000).filter_map(|_| faults.for_request(COUNT)).collect();
        assert!((least..=most).contains(&met.len()), "{per_mille}: {}", met.len());
        let stalls = met.iter().filter(|fault| **fault == Fault::Stall).count();
        // A third, give or take a fifth of that third.
        assert!(stalls * 15 >= met.len() * 4 && stalls * 15 <= met.len() * 6, "{stalls}");
    }
    let mut none = Faults::random(1, 1000, Vec::new());
    assert_eq!(none.for_request(COUNT), None);
}

#[test]
fn rules_come_before_lots() {
    let mut faults = Faults::random(1, 1000, vec![Fault::Stall]);
    faults.add(FaultRule::new(COUNT, Fault::LostReply).skip(1).times(1).into());
    let met: Vec<Option<Fault>> = (0..3).map(|_| faults.for_request(COUNT)).collect();
    assert_eq!(met, [None, Some(Fault::LostReply), Some(Fault::Stall)]);
    assert_eq!(faults.for_request(GET_DRAFT), Some(Fault::Stall));
}

#[test]
fn every_fault_has_a_name_of_its_own() {
    let status = |code, body, executed| Fault::Status { code, body, executed };
    let found = Fault::Redirect {
        code: StatusCode::FOUND,
        location: String::new(),
    };
    let text = FaultBody::Text(String::new());
    for (fault, name) in [
        (Fault::Delay { ms: 1 }, "delay"),
        (Fault::Stall, "stall"),
        (Fault::Trickle { ms: 1 }, "trickle"),
        (Fault::CloseBeforeBody, "close-before-body"),
        (Fault::CloseInBody { after: None }, "close-in-body"),
        (Fault::CloseAfterBody, "close-after-body"),
        (Fault::LostReply, "lost-reply"),
        (Fault::TruncatedBody, "truncated-body"),
        (Fault::ContentLengthTooSmall, "content-length-too-small"),
        (Fault::ContentLengthTooLarge, "content-length-too-large"),
        (Fault::TwoContentLengths, "two-content-lengths"),
        (Fault::ContentLengthTwice, "content-length-twice"),
        (status(StatusCode::OK, FaultBody::Garbage, false), "status-200-garbage"),
        (
            status(StatusCode::PRECONDITION_FAILED, FaultBody::Empty, false),
            "status-412-empty",
        ),
        (
            status(StatusCode::BAD_GATEWAY, FaultBody::Html, true),
            "status-502-html-after-acting",
        ),
        (status(StatusCode::OK, text, false), "status-200-text"),
        (found, "redirect-302"),
        (Fault::GarbledJson, "garbled-json"),
        (Fault::HugeBody { content_length: true }, "huge-body"),
        (Fault::HugeBody { content_length: false }, "huge-body-without-length"),
        (Fault::HugeHeader, "huge-header"),
        (errcode(-1), "errcode-minus-1"),
        (
            Fault::Errcode {
                code: 45009,
                executed: true,
            },
            "errcode-45009-after-acting",
        ),
        (Fault::Mislabelled, "mislabelled"),
    ] {
        assert_eq!(fault.to_string(), name);
        let written = serde_json::to_value(&fault).unwrap();
        assert_eq!(serde_json::from_value::<Fault>(written).unwrap(), fault);
    }
    assert_eq!(ConnectionFault::ClosedAtOnce.to_string(), "closed-at-once");
    assert_eq!(ConnectionFault::HandshakeCut.to_string(), "handshake-cut");
}
