//! The choice of requests that meet a fault: counts, turns, chance.

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
async fn random_faults_spare_the_token_and_are_the_same_for_one_seed() {
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
fn random_faults_keep_to_their_rate() {
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
fn rules_come_before_random_faults() {
    let mut faults = Faults::random(1, 1000, vec![Fault::Stall]);
    faults.add(FaultRule::new(COUNT, Fault::LostReply).skip(1).times(1).into());
    let met: Vec<Option<Fault>> = (0..3).map(|_| faults.for_request(COUNT)).collect();
    assert_eq!(met, [None, Some(Fault::LostReply), Some(Fault::Stall)]);
    assert_eq!(faults.for_request(GET_DRAFT), Some(Fault::Stall));
}
