//! The control paths are for programs on this machine, and for no web page (DNS rebinding, cross-site request forgery).

use super::*;

async fn request(client: &Client, method: &str, headers: &[(&str, &str)]) -> Wire {
    let port = client.simulator.address().port().to_string();
    let headers: Vec<(&str, String)> = { headers.iter() }
        .map(|(name, value)| (*name, value.replace("PORT", &port)))
        .collect();
    let mut headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let body = if method == "POST" {
        &b"{\"rules\":[{\"path\":\"/x\",\"fault\":\"stall\"}]}"[..]
    } else {
        b""
    };
    let length = body.len().to_string();
    headers.push(("Content-Length", &length));
    client.raw(&bare_message(method, "/__faults", &headers, body)).await
}

#[tokio::test]
async fn programs_on_this_machine_may_control_the_simulator() {
    let client = Client::start().await;
    for host in [
        "127.0.0.1:PORT",
        "127.9.9.9:PORT",
        "localhost:PORT",
        "LocalHost:PORT",
        "[::1]:PORT",
    ] {
        assert_eq!(request(&client, "GET", &[("Host", host)]).await.status, 200, "{host}");
    }
    for origin in [
        "http://localhost:3000",
        "https://127.0.0.1",
        "http://[::1]:PORT",
        "http://127.0.0.1:PORT",
    ] {
        let headers = [("Host", "127.0.0.1:PORT"), ("Origin", origin)];
        assert_eq!(request(&client, "POST", &headers).await.status, 200, "{origin}");
    }
}

#[tokio::test]
async fn web_pages_may_not() {
    let client = Client::start().await;
    for host in [
        "example.com:PORT",
        "example.com",
        "127.0.0.1.example.com:PORT",
        "localhost.example.com:PORT",
        "a.localhost:PORT",
        "api.weixin.qq.com",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        "127.0.0.1:PORT@example.com",
        "0.0.0.0:PORT",
        "192.168.1.1:PORT",
        "[::]:PORT",
        "",
    ] {
        for method in ["GET", "POST", "DELETE"] {
            let reply = request(&client, method, &[("Host", host)]).await;
            // A host that is none does not get as far.
            assert!([403, 400].contains(&reply.status), "{method} {host}: {}", reply.status);
            if reply.status == 403 {
                assert!(reply.text().contains("Host"), "{}", reply.text());
            }
        }
    }
    for origin in [
        "https://example.com",
        "null",
        "",
        "file://",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com:PORT",
        "http://a@127.0.0.1:PORT",
        "chrome-extension://127.0.0.1",
        "http://192.168.1.1:PORT",
    ] {
        let reply = request(&client, "POST", &[("Host", "127.0.0.1:PORT"), ("Origin", origin)]).await;
        assert_eq!(reply.status, 403, "{origin}");
        assert!(reply.text().contains("Origin"), "{}", reply.text());
    }
    let two = [
        ("Host", "127.0.0.1:PORT"),
        ("Origin", "http://localhost"),
        ("Origin", "https://example.com"),
    ];
    assert_eq!(request(&client, "POST", &two).await.status, 403);
    assert_eq!(client.simulator.faults(), Faults::default());
    for path in ["/__faults", "/__requests", "/__stored"] {
        let reply = client
            .raw(&bare_message("GET", path, &[("Host", "example.com")], b""))
            .await;
        assert_eq!(reply.status, 403, "{path}");
        assert!(reply.text().contains("Host"), "{}", reply.text());
    }
    // WeChat's own paths are called under WeChat's name.
    assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 0);
}
