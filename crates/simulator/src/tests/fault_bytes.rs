//! Faults below HTTP: connections that end, stand still, or carry bytes that no server should write.

use std::time::Duration;

use rustls::pki_types::ServerName;

use super::*;

const UPLOAD: &str = "/cgi-bin/media/uploadimg";

fn request(client: &Client) -> Vec<u8> {
    let body = form("name=\"media\"; filename=\"image.jpg\"", JPEG);
    let length = body.len().to_string();
    let headers = [("Content-Type", FORM), ("Content-Length", length.as_str())];
    message("POST", &client.target(UPLOAD), &headers, &body)
}

/// Uploads under a fault and returns the bytes that come back. Checks that the next upload is normal.
async fn upload(client: &Client, fault: Fault, executed: bool) -> Vec<u8> {
    client.simulator.inject(FaultRule::new(UPLOAD, fault.clone()).times(1));
    let images = |account: &mut Account| account.article_images.len();
    let before = client.account(images);
    let stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    let reply = bytes_of(stream, &request(client)).await;
    assert_eq!(client.account(images) - before, usize::from(executed), "{fault}");
    let entry = client.simulator.request_log().pop().unwrap();
    assert_eq!(entry.executed, executed, "{fault}");
    assert_eq!(entry.status, if reply.is_empty() { 0 } else { 200 }, "{fault}");
    assert_eq!(entry.fault.as_ref(), Some(&fault));
    assert_eq!(client.upload(UPLOAD, "image.jpg", JPEG).await.code(), 0, "{fault}");
    reply
}

/// The content-lengths of a reply, and its body.
async fn framed(client: &Client, fault: Fault) -> (Vec<usize>, Vec<u8>) {
    let reply = Wire::of(&upload(client, fault, true).await);
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    let lengths = reply
        .head
        .lines()
        .filter_map(|line| line.strip_prefix("content-length: "));
    (lengths.map(|length| length.parse().unwrap()).collect(), reply.body)
}

#[tokio::test]
async fn no_byte_comes_back_before_or_after_execution() {
    let client = Client::start().await;
    for (fault, executed) in [
        (Fault::CloseBeforeBody, false),
        (Fault::CloseInBody { after: None }, false),
        (Fault::CloseInBody { after: Some(0) }, false),
        (Fault::CloseInBody { after: Some(1_000_000) }, false),
        (Fault::CloseAfterBody, false),
        (Fault::LostReply, true),
    ] {
        assert_eq!(upload(&client, fault, executed).await, b"");
    }
    assert_eq!(client.simulator.faults(), Faults::default());
}

#[tokio::test]
async fn the_body_is_read_as_far_as_the_fault_says() {
    let client = Client::start().await;
    for (fault, read) in [
        (Fault::CloseBeforeBody, 0),
        (Fault::CloseInBody { after: Some(3) }, 3),
        (Fault::CloseInBody { after: None }, 500),
    ] {
        client.simulator.inject(FaultRule::new(UPLOAD, fault.clone()).times(1));
        let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
        let headers = [("Content-Type", FORM), ("Content-Length", "1000")];
        let head = message("POST", &client.target(UPLOAD), &headers, &vec![b'x'; read]);
        let (begin, last) = head.split_at(head.len() - read.min(1));
        stream.write_all(begin).await.unwrap();
        if read > 0 {
            // One byte is missing, so the server waits, and sends nothing.
            let silence = tokio::time::timeout(Duration::from_millis(20), stream.read_u8());
            assert!(silence.await.is_err(), "{fault}");
            stream.write_all(last).await.unwrap();
        }
        let mut rest = Vec::new();
        let end = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest));
        let _ = end.await.expect("closed");
        assert_eq!(rest, b"", "{fault}");
    }
}

#[tokio::test]
async fn a_request_without_a_body_has_no_middle() {
    let client = Client::start().await;
    let path = "/cgi-bin/draft/count";
    client
        .simulator
        .inject(FaultRule::new(path, Fault::CloseInBody { after: None }));
    let stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    let request = message("GET", &client.target(path), &[], b"");
    assert_eq!(bytes_of(stream, &request).await, b"");
}

#[tokio::test]
async fn a_reply_announces_other_lengths_than_its_body_has() {
    let client = Client::start().await;
    let normal = client.upload(UPLOAD, "image.jpg", JPEG).await.body.len();
    let (lengths, body) = framed(&client, Fault::TruncatedBody).await;
    assert_eq!((lengths, body.len()), (vec![normal], normal / 2));
    let (lengths, body) = framed(&client, Fault::ContentLengthTooSmall).await;
    assert_eq!((lengths, body.len()), (vec![normal / 2], normal));
    let (lengths, body) = framed(&client, Fault::ContentLengthTooLarge).await;
    assert_eq!((lengths, body.len()), (vec![2 * normal + 1], normal));
    let (lengths, body) = framed(&client, Fault::TwoContentLengths).await;
    assert_eq!((lengths, body.len()), (vec![normal, normal + 1], normal));
    let (lengths, body) = framed(&client, Fault::ContentLengthTwice).await;
    assert_eq!((lengths, body.len()), (vec![normal, normal], normal));
    assert!(serde_json::from_slice::<Value>(&body).unwrap()["url"].is_string());
}

#[tokio::test]
async fn a_trickle_is_the_normal_reply_in_single_bytes() {
    let client = Client::start().await;
    let (lengths, body) = framed(&client, Fault::Trickle { ms: 0 }).await;
    assert_eq!(lengths, [body.len()]);
    assert!(serde_json::from_slice::<Value>(&body).unwrap()["url"].is_string());
    // The pause is kept before each byte of the shortest body there is.
    let path = "/cgi-bin/draft/count";
    client.simulator.inject(FaultRule::new(path, Fault::Trickle { ms: 2 }));
    let begun = std::time::Instant::now();
    let bytes = client.get(path).await.body.len();
    assert!(begun.elapsed() >= Duration::from_millis(2) * u32::try_from(bytes).unwrap());
}

#[tokio::test]
async fn a_stall_lasts_until_the_client_goes() {
    let client = Client::start().await;
    client.simulator.inject(FaultRule::new(UPLOAD, Fault::Stall).times(1));
    let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    stream.write_all(&request(&client)).await.unwrap();
    let mut reply = Vec::new();
    let silence = tokio::time::timeout(Duration::from_millis(50), stream.read_to_end(&mut reply));
    assert!(silence.await.is_err());
    let reply = Wire::of(&reply);
    let announced: usize = reply.header("content-length").unwrap().parse().unwrap();
    assert_eq!(reply.body.len(), announced / 2);
    assert_eq!(client.account(|account| account.article_images.len()), 1);
    // The server notices that the client has finished, and ends the connection.
    stream.shutdown().await.unwrap();
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn tls_connections_break_in_the_same_way() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let path = "/cgi-bin/draft/count";
    simulator.inject(FaultRule::new(path, Fault::TruncatedBody).times(1));
    simulator.inject(FaultRule::new(path, Fault::LostReply).times(1));
    let request = message("GET", path, &[], b"");
    let connect = async || {
        let stream = TcpStream::connect(simulator.address()).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        tls(&simulator).connect(name, stream).await
    };
    let mut reply = Vec::new();
    let mut stream = connect().await.unwrap();
    stream.write_all(&request).await.unwrap();
    // TLS itself is closed as it should be, so this is no error.
    stream.read_to_end(&mut reply).await.unwrap();
    let reply = Wire::of(&reply);
    let announced: usize = reply.header("content-length").unwrap().parse().unwrap();
    assert_eq!(reply.body.len(), announced / 2);
    assert_eq!(bytes_of(connect().await.unwrap(), &request).await, b"");
    assert_eq!(exchange(connect().await.unwrap(), &request).await.code(), 41001);
    for fault in [ConnectionFault::ClosedAtOnce, ConnectionFault::HandshakeCut] {
        simulator.inject(ConnectionRule::new(fault, 1));
        assert!(connect().await.is_err(), "{fault}");
        assert!(connect().await.is_ok(), "{fault}");
    }
}

#[tokio::test]
async fn connections_end_at_once_or_after_the_first_bytes() {
    let client = Client::start().await;
    let address = client.simulator.address();
    client
        .simulator
        .inject(ConnectionRule::new(ConnectionFault::ClosedAtOnce, 1));
    let mut stream = TcpStream::connect(address).await.unwrap();
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
    client
        .simulator
        .inject(ConnectionRule::new(ConnectionFault::HandshakeCut, 1));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let silence = tokio::time::timeout(Duration::from_millis(20), stream.read_u8());
    assert!(silence.await.is_err());
    stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn connection_faults_are_counted_and_leave_no_entry() {
    let client = Client::start().await;
    for fault in [ConnectionFault::ClosedAtOnce, ConnectionFault::HandshakeCut] {
        client.simulator.inject(ConnectionRule::new(fault, 2).skip(1));
        let seen = client.simulator.request_log().len();
        assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 0, "{fault}");
        for _ in 0..2 {
            let stream = TcpStream::connect(client.simulator.address()).await.unwrap();
            assert_eq!(bytes_of(stream, &request(&client)).await, b"", "{fault}");
        }
        assert_eq!(client.simulator.request_log().len(), seen + 1, "{fault}");
        assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 0, "{fault}");
    }
}
