//! One article from nothing to public, as an agent makes it, over either transport.

use serde_json::{Value, json};

use super::protocol::Client;
use crate::support::{data_uri, text};

/// Makes the article public, and returns its address.
#[track_caller]
pub fn publish_an_article(client: &mut impl Client) -> String {
    assert_eq!(client.done("account-status", json!({}))["drafts"], 0);
    let article = json!({ "title": "Hello", "html": format!("<p>Hello.</p><img src=\"{}\">", data_uri()) });
    let checked = client.done("check-article", json!({ "article": article }));
    assert_eq!(checked["acceptable"], true, "{checked}");

    let draft = client.done("create-draft", json!({ "article": article }));
    assert_eq!((text(&draft, "title"), &draft["pictures"]), ("Hello", &json!(1)));
    let media_id = text(&draft, "media_id");
    let stored = client.done("get-draft", json!({ "media_id": media_id }));
    assert_eq!(stored["digest"], draft["digest"]);
    assert!(text(&stored["articles"][0], "html").contains("mmbiz.qpic.cn"));

    let other = json!({ "title": "Hello again", "html": "<p>Hello again.</p>" });
    let update = json!({ "media_id": media_id, "article": other, "digest": draft["digest"] });
    let updated = client.done("update-draft", update);
    assert_ne!(updated["digest"], draft["digest"]);
    assert_eq!(
        client.done("list-drafts", json!({}))["drafts"][0]["titles"],
        json!(["Hello again"])
    );

    // The person has approved another text.
    let publish = |digest: &Value| json!({ "media_id": media_id, "expected_title": "Hello again", "digest": digest });
    let error = client.refused("publish-draft", publish(&draft["digest"]));
    assert_eq!(
        (text(&error, "kind"), text(&error, "subject")),
        ("invalid-input", "digest")
    );
    let task = client.done("publish-draft", publish(&updated["digest"]));
    let wait = json!({ "publish_id": task["publish_id"], "wait_seconds": 60 });
    let status = client.done("get-publish-status", wait);
    assert_eq!(
        (text(&status, "state"), &status["decided"]),
        ("published", &json!(true))
    );
    let published = client.done("list-published", json!({ "count": 1 }));
    let article = &published["publications"][0]["articles"][0];
    assert_eq!(text(article, "title"), "Hello again");
    assert_eq!(article["url"], status["urls"][0]);
    text(article, "url").to_owned()
}
