//! The promises of PRIVACY.md. Each row there links to a test, and this file has those without a better place.

use crate::support::World;
use crate::support::operations::every_operation;

const TOKEN: &str = "/cgi-bin/stable_token";

#[tokio::test]
async fn each_call_makes_one_request_to_the_api_base_and_nothing_else_is_sent() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert!(world.simulator.request_log().is_empty());
    let calls: Vec<_> = every_operation(&mut session).await;
    // All requests went to one place, or the host would have denied them.
    for (name, rendered) in &calls {
        assert!(!rendered.contains("policy"), "{name}: {rendered}");
    }
    let log = world.simulator.request_log();
    assert!(log.iter().all(|entry| entry.headers["host"] == "api.weixin.qq.com"));
    // Three calls need no request: forget-token, access-token after the first call, and references. The prepared
    // article has one picture.
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
    assert_eq!(log.len(), calls.len() - 3);
}
