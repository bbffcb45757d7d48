//! Article images and temporary media (wechat-api §9, §10).

use super::*;

#[tokio::test]
async fn an_article_image_has_a_url_and_no_id() {
    let client = Client::start().await;
    let target = "/cgi-bin/media/uploadimg";
    let reply = client.upload(target, "image.png", PNG).await.json();
    let url = reply["url"].as_str().unwrap();
    assert!(url.starts_with("http://mmbiz.qpic.cn/sz_mmbiz_png/"), "{url}");
    assert!(url.ends_with("/0?wx_fmt=png&from=appmsg"), "{url}");
    assert_eq!(reply, json!({"url": url, "errcode": 0, "errmsg": "ok"}));
    client.account(|account| assert_eq!(account.article_images[url], PNG));
    assert_eq!(client.upload(target, "a.gif", b"GIF89a").await.code(), 40005);
    assert_eq!(client.upload(target, "a", PNG).await.code(), 40005);
    let mut bytes = vec![b'x'; (1 << 20) - 1];
    assert_eq!(client.upload(target, "a.jpg", &bytes).await.code(), 0);
    bytes.push(b'x');
    assert_eq!(client.upload(target, "a.jpg", &bytes).await.code(), 40009);
}

#[tokio::test]
async fn temporary_media_expire_after_three_days() {
    let mut client = Client::start().await;
    let reply = client
        .upload("/cgi-bin/media/upload?type=image", "a.png", PNG)
        .await
        .json();
    assert_eq!(reply["type"], "image");
    assert!(reply["created_at"].is_u64());
    let id = reply["media_id"].as_str().unwrap();
    let expected = json!({"type": "image", "media_id": id, "created_at": reply["created_at"]});
    assert_eq!(reply, expected);
    let target = format!("/cgi-bin/media/get?media_id={id}");
    let reply = client.get(&target).await;
    assert_eq!(reply.body, PNG);
    assert_eq!(reply.header("content-type"), Some("image/png"));
    let disposition = format!("attachment; filename=\"{id}.png\"");
    assert_eq!(reply.header("content-disposition"), Some(disposition.as_str()));
    client.advance(3 * 86_400);
    client.renew().await;
    assert_eq!(client.get(&target).await.code(), 40007);
    assert_eq!(client.get("/cgi-bin/media/get").await.code(), 41006);
}

#[tokio::test]
async fn thumbs_videos_and_voices_have_replies_of_their_own() {
    let client = Client::start().await;
    let reply = client
        .upload("/cgi-bin/media/upload?type=thumb", "a.jpg", JPEG)
        .await
        .json();
    assert!(reply.get("media_id").is_none());
    assert_eq!(reply["thumb_media_id"].as_str().unwrap().len(), 64);
    let reply = client
        .upload("/cgi-bin/media/upload?type=video", "a.mp4", MP4)
        .await
        .json();
    let target = format!("/cgi-bin/media/get?media_id={}", reply["media_id"].as_str().unwrap());
    let reply = client.get(&target).await;
    assert_eq!(reply.header("content-disposition"), None);
    assert!(reply.json()["video_url"].as_str().unwrap().starts_with("http://"));
    let upload = "/cgi-bin/media/upload?type=voice";
    assert_eq!(client.upload(upload, "a.wav", b"x").await.code(), 40113);
    assert_eq!(
        client
            .upload("/cgi-bin/media/upload?type=news", "a.png", PNG)
            .await
            .code(),
        40004
    );

    let id = client.account(|account| account.put_jssdk_voice("Speex ", "#!AMR\n"));
    let reply = client.get(&format!("/cgi-bin/media/get/jssdk?media_id={id}")).await;
    assert_eq!(reply.body, b"Speex ");
    assert_eq!(reply.header("content-type"), Some("voice/speex"));
    let disposition = format!("attachment; filename=\"{id}.speex\"");
    assert_eq!(reply.header("content-disposition"), Some(disposition.as_str()));
    let reply = client.get(&format!("/cgi-bin/media/get?media_id={id}")).await;
    assert_eq!(reply.header("content-type"), Some("audio/amr"));
    let image = client.image();
    for path in ["/cgi-bin/media/get/jssdk", "/cgi-bin/media/get"] {
        let reply = client.get(&format!("{path}?media_id={image}")).await;
        assert_eq!(reply.code(), 40007);
    }
}
