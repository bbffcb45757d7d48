//! Drafts (wechat-api §11, §16, §17).

use super::*;

const ADD: &str = "/cgi-bin/draft/add";
const GET: &str = "/cgi-bin/draft/get";
const UPDATE: &str = "/cgi-bin/draft/update";
const LIST: &str = "/cgi-bin/draft/batchget";

/// A news article with one field changed; null takes the field away.
fn news(thumb: &str, field: &str, value: Value) -> Value {
    let mut article = json!({
        "title": "示例标题", "author": "张三", "digest": "一句话摘要",
        "content": "<p>正文</p>", "content_source_url": "https://example.com/post/1",
        "thumb_media_id": thumb, "need_open_comment": 0, "only_fans_can_comment": 0,
    });
    change(&mut article, field, value);
    article
}

fn newspic(image: &str, field: &str, value: Value) -> Value {
    let mut article = json!({
        "article_type": "newspic", "title": "周末", "content": "纯文本\n两行",
        "image_info": {"image_list": [{"image_media_id": image}]},
        "cover_info": {"crop_percent_list": [
            {"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": "1"},
        ]},
    });
    change(&mut article, field, value);
    article
}

fn change(article: &mut Value, field: &str, value: Value) {
    if value.is_null() {
        article.as_object_mut().unwrap().remove(field);
    } else {
        article[field] = value;
    }
}

async fn add(client: &Client, articles: Value) -> Wire {
    client.post(ADD, &json!({"articles": articles}).to_string()).await
}

async fn get(client: &Client, id: &str) -> Wire {
    client.post(GET, &json!({"media_id": id}).to_string()).await
}

#[tokio::test]
async fn a_draft_comes_back_as_it_was_added() {
    let client = Client::start().await;
    let image = client.image();
    let articles = json!([news(&image, "x", Value::Null), newspic(&image, "x", Value::Null)]);
    let reply = add(&client, articles).await.json();
    let id = reply["media_id"].as_str().unwrap();
    assert_eq!(reply, json!({"media_id": id, "item": []}));
    assert!(id.len() <= 128);

    let reply = get(&client, id).await;
    // A line feed inside a string, as it is (wechat-api §3.3).
    assert!(reply.text().contains("纯文本\n两行"));
    assert!(serde_json::from_slice::<Value>(&reply.body).is_err());
    client.simulator.with(|world| world.raw_control_characters = false);
    let reply = get(&client, id).await.json();
    assert!(reply["create_time"].is_u64() && reply["update_time"].is_u64());
    let item = &reply["news_item"][0];
    for (name, value) in [
        ("article_type", json!("news")),
        ("title", json!("示例标题")),
        ("author", json!("张三")),
        ("digest", json!("一句话摘要")),
        ("content", json!("<p>正文</p>")),
        ("content_source_url", json!("https://example.com/post/1")),
        ("thumb_media_id", json!(image)),
        ("show_cover_pic", json!(0)),
        ("need_open_comment", json!(0)),
        ("only_fans_can_comment", json!(0)),
    ] {
        assert_eq!(item[name], value, "{name}");
    }
    assert!(item["thumb_url"].as_str().unwrap().starts_with("http://mmbiz.qpic.cn/"));
    assert!(
        item["url"]
            .as_str()
            .unwrap()
            .starts_with("http://mp.weixin.qq.com/s?__biz=")
    );
    let item = &reply["news_item"][1];
    assert_eq!(item["article_type"], "newspic");
    assert_eq!(item["content"], "纯文本\n两行");
    assert_eq!(item["image_info"]["image_list"][0]["image_media_id"], image.as_str());
    assert_eq!(item["cover_info"]["crop_percent_list"][0]["x1"], "0.166454");

    assert_eq!(
        client.get("/cgi-bin/draft/count").await.json(),
        json!({"total_count": 1})
    );
    let body = json!({"media_id": id}).to_string();
    let reply = client.post("/cgi-bin/draft/delete", &body).await.json();
    assert_eq!(reply, json!({"errcode": 0, "errmsg": "ok"}));
    assert_eq!(client.post("/cgi-bin/draft/delete", &body).await.code(), 40007);
    assert_eq!(get(&client, id).await.code(), 40007);
}

#[tokio::test]
async fn a_list_without_articles_is_44003() {
    let client = Client::start().await;
    for body in [
        "{}",
        "{\"articles\":[]}",
        "{\"articles\":{}}",
        "{\"articles\":\"[]\"}",
        "{\"articles\":[1]}",
    ] {
        assert_eq!(client.post(ADD, body).await.code(), 44003, "{body}");
    }
    let image = client.image();
    let article = news(&image, "x", Value::Null);
    assert_eq!(add(&client, vec![article.clone(); 9].into()).await.code(), 45008);
    assert_eq!(add(&client, vec![article; 8].into()).await.code(), 0);
}

#[tokio::test]
async fn a_news_article_is_refused_with_the_documented_codes() {
    let client = Client::start().await;
    let image = client.image();
    let (thumb, voice, temporary) = client.account(|account| {
        (
            account.put_material(MaterialKind::Thumb, "a.jpg", JPEG),
            account.put_material(MaterialKind::Voice, "a.mp3", "x"),
            account.put_media(MaterialKind::Image, "a.jpg", JPEG),
        )
    });
    let long = |count: usize| json!("字".repeat(count));
    let megabyte = |more: usize| json!("x".repeat((1 << 20) + more));
    let url = |length: usize| json!(format!("{:x<length$}", "https://example.com/"));
    for (field, value, code) in [
        ("article_type", json!("news"), 0),
        ("article_type", json!("video"), 40035),
        ("article_type", json!(1), 47001),
        ("title", long(64), 0),
        ("title", long(65), 45003),
        ("title", json!(""), 40227),
        ("title", json!(" \u{3000}\n"), 40227),
        ("title", Value::Null, 40227),
        ("title", json!(1), 47001),
        ("author", long(16), 0),
        ("author", long(17), 45110),
        ("digest", long(128), 0),
        ("digest", long(129), 45004),
        ("content", megabyte(0), 0),
        ("content", megabyte(1), 45002),
        // Visible text has no limit of its own below that of the bytes (article-html §5).
        ("content", json!(format!("<p>{}</p>", "字".repeat(45_258))), 0),
        ("content", json!(" \n"), 44004),
        ("content", Value::Null, 44004),
        ("content_source_url", json!(""), 0),
        ("content_source_url", url(1024), 0),
        ("content_source_url", url(1025), 41039),
        ("content_source_url", json!("ftp://example.com/"), 41039),
        ("content_source_url", json!("example.com"), 41039),
        ("content_source_url", json!("http://localhost/"), 41039),
        ("thumb_media_id", json!(thumb), 0),
        ("thumb_media_id", Value::Null, 40007),
        ("thumb_media_id", json!("unknown"), 40007),
        ("thumb_media_id", json!(voice), 40007),
        ("thumb_media_id", json!(temporary), 40007),
        ("need_open_comment", json!(1), 0),
        ("need_open_comment", json!(true), 47001),
        ("only_fans_can_comment", json!(2), 40035),
        ("show_cover_pic", json!("ignored"), 0),
        ("pic_crop_235_1", json!("0.1945_0_1_0.5236"), 0),
        ("pic_crop_235_1", json!("0.1945_0_1"), 53402),
        ("pic_crop_1_1", json!("1_0_0_1"), 53402),
    ] {
        let shown = value.to_string();
        let reply = add(&client, json!([news(&image, field, value)])).await;
        assert_eq!(reply.code(), code, "{field} {shown:.40}");
    }
    client.account(|account| account.comment_privilege = false);
    for field in ["need_open_comment", "only_fans_can_comment"] {
        assert_eq!(add(&client, json!([news(&image, field, json!(1))])).await.code(), 88000);
    }
    assert_eq!(add(&client, json!([news(&image, "x", Value::Null)])).await.code(), 0);
}

#[tokio::test]
async fn a_newspic_is_refused_with_the_documented_codes() {
    let client = Client::start().await;
    let image = client.image();
    let thumb = client.account(|a| a.put_material(MaterialKind::Thumb, "a.jpg", JPEG));
    let images = |count: usize| {
        let one = json!({"image_media_id": image});
        json!({"image_list": vec![one; count]})
    };
    let cards = |count: usize| json!("<mp-common-product></mp-common-product>".repeat(count));
    for (field, value, code) in [
        ("image_info", Value::Null, 40215),
        ("image_info", json!({}), 40215),
        ("image_info", json!([]), 47001),
        ("image_info", json!({"image_list": {}}), 47001),
        ("image_info", images(0), 40215),
        ("image_info", images(20), 0),
        ("image_info", images(21), 40215),
        ("image_info", json!({"image_list": [{"image_media_id": thumb}]}), 40007),
        ("image_info", json!({"image_list": [{}]}), 40007),
        ("content", json!("字".repeat(1000)), 0),
        ("content", json!("字".repeat(1001)), 45166),
        ("content", json!("<a href='https://example.com'>x</a>"), 45166),
        ("content", json!(""), 0),
        ("content", cards(50), 0),
        ("content", cards(51), 45166),
    ] {
        let shown = value.to_string();
        let reply = add(&client, json!([newspic(&image, field, value)])).await;
        assert_eq!(reply.code(), code, "{field} {shown:.60}");
    }
}

#[tokio::test]
async fn a_crop_is_four_strings_with_fractions() {
    let client = Client::start().await;
    let image = client.image();
    let crop = |ratio: &str, corners: [Value; 4]| {
        let [x1, y1, x2, y2] = corners;
        json!({"crop_percent_list": [{"ratio": ratio, "x1": x1, "y1": y1, "x2": x2, "y2": y2}]})
    };
    let whole = || ["0", "0.1", "1", "0.9"].map(Value::from);
    for (ratio, corners, code) in [
        ("2.35_1", whole(), 0),
        ("1_1", whole(), 0),
        ("16_9", whole(), 53402),
        ("2.35_1", [0, 0, 1, 1].map(Value::from), 53402),
        ("2.35_1", ["0", "0", "1", "0.123456"].map(Value::from), 0),
        ("2.35_1", ["0", "0", "1", "0.1234567"].map(Value::from), 53402),
        ("2.35_1", ["0", "0", "1.1", "1"].map(Value::from), 53402),
        ("2.35_1", ["0", "-0.1", "1", "1"].map(Value::from), 53402),
        ("2.35_1", ["0.5", "0", "0.5", "1"].map(Value::from), 53402),
        ("2.35_1", ["0", "1", "1", "0"].map(Value::from), 53402),
        ("2.35_1", ["0", "0", "1.000000", "1"].map(Value::from), 0),
    ] {
        let shown = format!("{ratio} {corners:?}");
        let article = news(&image, "cover_info", crop(ratio, corners));
        assert_eq!(add(&client, json!([article])).await.code(), code, "{shown}");
    }
    let article = newspic(&image, "cover_info", crop("16_9", whole()));
    assert_eq!(add(&client, json!([article])).await.code(), 0);
    let article = news(&image, "cover_info", json!([]));
    assert_eq!(add(&client, json!([article])).await.code(), 47001);
}

#[tokio::test]
async fn escapes_stay_in_the_text_and_count_as_six_characters() {
    let client = Client::start().await;
    let image = client.image();
    let body = |title: &str| {
        format!(
            "{{\"articles\":[{{\"title\":\"{title}\",\"content\":\"<p>\\\\u0026 \\u003c</p>\",\
             \"thumb_media_id\":\"{image}\"}}]}}"
        )
    };
    assert_eq!(client.post(ADD, &body(&"\\u5199".repeat(11))).await.code(), 45003);
    let reply = client.post(ADD, &body(&"\\u5199".repeat(10))).await.json();
    let reply = get(&client, reply["media_id"].as_str().unwrap()).await.json();
    let item = &reply["news_item"][0];
    assert_eq!(item["title"], "\\u5199".repeat(10));
    // An escaped backslash before a `u` is no such escape.
    assert_eq!(item["content"], "<p>\\u0026 \\u003c</p>");
    assert_eq!(client.post(ADD, &body("\\u51")).await.code(), 47001);
}

#[tokio::test]
async fn a_single_article_without_a_digest_takes_one_from_its_text() {
    let client = Client::start().await;
    let image = client.image();
    let content = format!("<p>甲&amp;</p><p>{}</p>", "乙".repeat(60));
    let mut article = news(&image, "content", json!(content));
    change(&mut article, "digest", Value::Null);
    let reply = add(&client, json!([article])).await.json();
    let two = add(&client, json!([article, article])).await.json();
    let two = get(&client, two["media_id"].as_str().unwrap()).await.json();
    // Digests are for drafts of one article only (wechat-api §11.1).
    assert_eq!(two["news_item"][0]["digest"], "");
    let reply = get(&client, reply["media_id"].as_str().unwrap()).await.json();
    let digest = format!("甲&{}", "乙".repeat(52));
    assert_eq!(reply["news_item"][0]["digest"], digest);
}

#[tokio::test]
async fn content_is_sanitised_when_it_is_stored() {
    let client = Client::start().await;
    let image = client.image();
    let content = "<p id=\"a\" class=b onclick='x()' style=\"color:red;position:fixed\">1<br>2</p>\
        <script>alert('<p>')</script><style>p{}</style><iframe src=x>y</iframe>\
        <form><input name=q>3</form><!-- no -->\
        <a href=\"https://example.com\">4</a><a href=\"https://mp.weixin.qq.com/s/x\">5</a>\
        <a href=\" java\nscript:x()\">6</a>\
        <img src=\"https://example.com/a.png\"><img src=\"data:image/png;base64,AA\">\
        <img src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\">7 < 8";
    let reply = add(&client, json!([news(&image, "content", json!(content))]))
        .await
        .json();
    let id = reply["media_id"].as_str().unwrap();
    let kept = "<p class=\"b\" style=\"color:red\">1<br  />2</p>3\
        4<a href=\"https://mp.weixin.qq.com/s/x\">5</a><a>6</a>";
    client.account(|account| {
        let stored = &account.drafts[id].articles[0].content;
        let image = "<img src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\">7 < 8";
        assert_eq!(*stored, format!("{kept}{image}"));
    });
    let reply = get(&client, id).await.json();
    let image = "<img data-src=\"https://mmbiz.qpic.cn/sz_mmbiz_png/AbC/640?wx_fmt=png&from=appmsg\" \
        data-ratio=\"1\" data-w=\"640\">7 < 8";
    assert_eq!(reply["news_item"][0]["content"], format!("{kept}{image}"));
}

#[tokio::test]
async fn links_to_accounts_and_to_previews_are_refused() {
    let client = Client::start().await;
    let image = client.image();
    let add_content = async |content: &str| {
        let article = news(&image, "content", json!(content));
        add(&client, json!([article])).await.code()
    };
    for link in [
        "https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzI0",
        "http://mp.weixin.qq.com/mp/profile_ext?action=home&amp;__biz=MzI0#wechat_redirect",
        "//mp.weixin.qq.com/mp/profile_ext",
        "HTTPS://MP.weixin.qq.com:443/mp/profile_ext#a",
        " https:\\\\mp.weixin.qq.com/mp/profile_ext?a",
        "https&colon;//mp.weixin.qq.com/mp/profile&lowbar;ext?a",
    ] {
        assert_eq!(
            add_content(&format!("<p><a href=\"{link}\">x</a></p>")).await,
            40155,
            "{link}"
        );
    }
    for harmless in [
        "<p>https://mp.weixin.qq.com/mp/profile_ext?a</p>",
        "<a href=\"https://mp.weixin.qq.com/mp/profile_extra\">x</a>",
        "<a href=\"https://example.com/mp/profile_ext\">x</a>",
        "<a href=\"https://mp.weixin.qq.com/s?__biz=a&amp;mid=1&amp;idx=1&amp;sn=b\">x</a>",
        "<!-- <a href=\"https://mp.weixin.qq.com/mp/profile_ext\"> -->1",
        "<p>tempkey=</p>",
        "<p>mp.weixin.qq.com: tempkey=1</p>",
    ] {
        assert_eq!(add_content(harmless).await, 0, "{harmless}");
    }
    let previews = [
        "<a href=\"http://mp.weixin.qq.com/s?__biz=a&mid=1&tempkey=b#rd\">x</a>",
        "<a href=\"http://mp.weixin.qq.com/s?__biz=a&amp;tempkey&#61;b#rd\">x</a>",
        "<p>见 http://mp.weixin.qq.com/s?__biz=a&amp;tempkey=b</p>",
        "<p data-url='//MP.weixin.qq.com/s?tempkey=b'>x</p>",
    ];
    for preview in previews {
        assert_eq!(add_content(preview).await, 45166, "{preview}");
        let article = newspic(&image, "content", json!(preview));
        assert_eq!(add(&client, json!([article])).await.code(), 45166, "{preview}");
    }
    client.account(|account| account.refuse_preview_links = false);
    for preview in previews {
        assert_eq!(add_content(preview).await, 0, "{preview}");
    }
}

#[tokio::test]
async fn content_that_was_read_can_be_sent_again() {
    let client = Client::start().await;
    let image = client.image();
    let content = "<section class=\"a\" style=\"background:url(https://mmbiz.qpic.cn/a/0)\"><p>1<br>2</p>\
        <img alt=\"x\" src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\"></section>";
    let article = news(&image, "content", json!(content));
    let reply = add(&client, json!([article])).await.json();
    let id = reply["media_id"].as_str().unwrap();
    let read = async || get(&client, id).await.json()["news_item"][0]["content"].clone();
    let first = read().await;
    assert!(
        first
            .as_str()
            .unwrap()
            .contains(" data-src=\"https://mmbiz.qpic.cn/sz_mmbiz_png/AbC/640?")
    );
    let body = json!({"media_id": id, "index": 0, "articles": news(&image, "content", first.clone())});
    assert_eq!(client.post(UPDATE, &body.to_string()).await.code(), 0);
    assert_eq!(read().await, first);
}

#[tokio::test]
async fn an_update_replaces_one_article_as_a_whole() {
    let client = Client::start().await;
    let image = client.image();
    let article = news(&image, "x", Value::Null);
    let reply = add(&client, json!([article, article])).await.json();
    let id = reply["media_id"].as_str().unwrap();
    let update = async |index: Value, article: Value| {
        let body = json!({"media_id": id, "index": index, "articles": article}).to_string();
        client.post(UPDATE, &body).await
    };
    let changed = news(&image, "title", json!("新"));
    let reply = update(json!(1), changed.clone()).await.json();
    assert_eq!(reply, json!({"errcode": 0, "errmsg": "ok"}));
    let reply = get(&client, id).await.json();
    assert_eq!(reply["news_item"][0]["title"], "示例标题");
    assert_eq!(reply["news_item"][1]["title"], "新");
    assert_eq!(update(json!(2), changed.clone()).await.code(), 40114);
    assert_eq!(update(json!(-1), changed.clone()).await.code(), 40114);
    assert_eq!(update(json!("1"), changed.clone()).await.code(), 47001);
    assert_eq!(update(json!(0), json!([changed])).await.code(), 47001);
    // A full replacement: fields that are not sent are not kept (wechat-api §11.4).
    let partial = json!({"title": "只有", "content": "<p>x</p>"});
    assert_eq!(update(json!(0), partial).await.code(), 40007);
    let body = json!({"media_id": "x", "index": 0, "articles": changed}).to_string();
    assert_eq!(client.post(UPDATE, &body).await.code(), 40007);
}

#[tokio::test]
async fn lists_are_newest_first_with_or_without_content() {
    let client = Client::start().await;
    let image = client.image();
    let ids: Vec<String> = client.account(|account| {
        let mut put = |title: &str| account.put_draft(vec![Article::news(title, "x", &image)]);
        vec![put("1"), put("2"), put("3")]
    });
    let list = async |body: Value| client.post(LIST, &body.to_string()).await;
    let reply = list(json!({"offset": 0, "count": 2})).await.json();
    assert_eq!((&reply["total_count"], &reply["item_count"]), (&json!(3), &json!(2)));
    assert_eq!(reply["item"][0]["media_id"], ids[2].as_str());
    assert_eq!(reply["item"][0]["content"]["news_item"][0]["content"], "x");
    assert!(reply["item"][0]["update_time"].is_u64());
    for no_content in [json!(1), json!(true)] {
        let reply = list(json!({"offset": 2, "count": 20, "no_content": no_content})).await;
        let reply = reply.json();
        let item = &reply["item"][0]["content"]["news_item"][0];
        assert_eq!(item["title"], "1");
        assert!(item.get("content").is_none());
    }
    let reply = list(json!({"offset": 3, "count": 20})).await.json();
    assert_eq!(reply, json!({"total_count": 3, "item": []}));
    for body in [
        json!({"offset": 0}),
        json!({"count": 1}),
        json!({"offset": 0, "count": 21}),
    ] {
        assert_eq!(list(body).await.code(), 40097);
    }
}
