//! The promise: one token serves as long as it can, and a refused one never loops.

mod support;

use support::World;

const TOKEN: &str = "/cgi-bin/stable_token";
const COUNT: &str = "/cgi-bin/draft/count";

#[tokio::test]
async fn a_thousand_calls_ask_for_one_token() {
    let world = World::start().await;
    let mut session = world.session().await;
    for _ in 0..1000 {
        session.count_drafts().await.unwrap();
    }
    assert_eq!(world.simulator.requests_to(COUNT), 1000);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}
