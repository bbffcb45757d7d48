//! Length, TLS, log (wechat-api §1).

use rustls::pki_types::ServerName;

use super::*;

/// Reads the head of a reply and nothing after it.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

#[tokio::test]
async fn a_body_without_a_length_is_412_and_empty() {
    let client = Client::start().await;
    let target = client.target("/cgi-bin/draft/get");
    let json = ("Content-Type", "application/json");
    let chunked = [json, ("Transfer-Encoding", "chunked")];
    for request in [
        message("POST", &target, &chunked, b"2\r\n{}\r\n0\r\n\r\n"),
        message("POST", &target, &[json], b""),
        message("GET", &client.target("/cgi-bin/draft/count"), &chunked, b"0\r\n\r\n"),
    ] {
        let reply = client.raw(&request).await;
        assert_eq!((reply.status, reply.body.len()), (412, 0));
    }
    // The body never comes: it must not be waited for.
    let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    let request = message("POST", &target, &chunked, b"");
    stream.write_all(&request).await.unwrap();
    assert!(head(&mut stream).await.starts_with("HTTP/1.1 412"));
    assert_eq!(client.simulator.request_log().last().unwrap().status, 412);
}

#[tokio::test]
async fn the_root_certificate_vouches_for_the_server() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    assert!(simulator.base_url().starts_with("https://127.0.0.1:"));
    let connector = tls(&simulator);
    for name in ["api.weixin.qq.com", "localhost", "127.0.0.1"] {
        let stream = TcpStream::connect(simulator.address()).await.unwrap();
        let name = ServerName::try_from(name).unwrap();
        let stream = connector.connect(name, stream).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        let request = message("GET", "/cgi-bin/draft/count", &[], b"");
        assert_eq!(exchange(stream, &request).await.code(), 41001);
    }
    let stream = TcpStream::connect(simulator.address()).await.unwrap();
    let other = ServerName::try_from("example.com").unwrap();
    assert!(connector.connect(other, stream).await.is_err());
}

#[tokio::test]
async fn plain_http_to_the_tls_port_is_43003() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let stream = TcpStream::connect(simulator.address()).await.unwrap();
    let request = message("GET", "/cgi-bin/draft/count", &[], b"");
    assert_eq!(exchange(stream, &request).await.code(), 43003);
}

#[tokio::test]
async fn the_request_log_has_the_request_and_the_outline_of_the_reply() {
    let client = Client::start().await;
    client
        .post("/cgi-bin/draft/get?x=%E4%BD%A0", "{\"media_id\":\"no\"}")
        .await;
    client.post("/cgi-bin/draft/get", &" ".repeat(70_000)).await;
    let log = client.simulator.request_log();
    let paths: Vec<&str> = log.iter().map(|entry| entry.path.as_str()).collect();
    let draft = "/cgi-bin/draft/get";
    assert_eq!(paths, ["/cgi-bin/stable_token", draft, draft]);
    assert_eq!((log[0].status, log[0].errcode), (200, None));
    let entry = &log[1];
    assert_eq!(entry.method, "POST");
    assert_eq!(entry.query_value("x"), Some("你"));
    assert_eq!(entry.query[1].0, "access_token");
    assert_eq!(entry.headers["content-type"], "application/json");
    assert_eq!(entry.json(), Some(json!({"media_id": "no"})));
    assert_eq!(entry.body_length, 17);
    assert_eq!(entry.body_sha256, request_log::sha256(&entry.body));
    assert_eq!(entry.errcode, Some(40007));
    let long = &log[2];
    assert_eq!((long.body.len(), long.body_length), (65_536, 70_000));
    assert_eq!(long.body_sha256, request_log::sha256(&[b' '; 70_000]));
    assert_eq!(client.simulator.requests_to(draft), 2);
    assert_eq!(client.simulator.requests_to("/else"), 0);
}

#[tokio::test]
async fn dropping_the_simulator_closes_the_port_and_its_connections() {
    let client = Client::start().await;
    let address = client.simulator.address();
    let mut open = TcpStream::connect(address).await.unwrap();
    // One exchange, so that the connection has surely been taken up.
    open.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(open.read(&mut [0; 1000]).await.unwrap() > 0);
    drop(client);
    let mut rest = [0; 10];
    let end = tokio::time::timeout(std::time::Duration::from_secs(5), open.read(&mut rest));
    assert_eq!(end.await.expect("cut").unwrap_or(0), 0);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn connections_are_kept_even_after_412() {
    let client = Client::start().await;
    let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    let request = "POST /cgi-bin/draft/get HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = format!("30000\r\n{}\r\n0\r\n\r\n", "x".repeat(0x30000));
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    assert!(head(&mut stream).await.starts_with("HTTP/1.1 412"));
    let next = exchange(stream, &message("GET", "/", &[], b"")).await;
    assert!(next.text().contains("40066"), "{next:?}");
}
