//! The pages for people: what they show, what they escape, and who gets them.

use strum::IntoEnumIterator;

use super::*;

/// A text that does harm wherever it is not escaped.
const HARMFUL: &str = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

/// Every page without parameters.
const PAGES: [&str; 10] = [
    "/",
    "/__pages/accounts",
    "/__pages/material",
    "/__pages/media",
    "/__pages/article-images",
    "/__pages/drafts",
    "/__pages/publications",
    "/__pages/requests",
    "/__pages/faults",
    "/__pages/open",
];

async fn page(client: &Client, target: &str) -> Wire {
    page_with(client, target, &[]).await
}

async fn page_with(client: &Client, target: &str, more: &[(&str, &str)]) -> Wire {
    let host = client.simulator.address().to_string();
    let headers = [&[("Host", host.as_str())], more].concat();
    client.raw(&bare_message("GET", target, &headers, b"")).await
}

/// Sends a form with these headers beside the host.
async fn submit(client: &Client, path: &str, body: &str, more: &[(&str, &str)]) -> Wire {
    let host = client.simulator.address().to_string();
    let length = body.len().to_string();
    let own = [
        ("Host", host.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", &length),
    ];
    client
        .raw(&bare_message("POST", path, &[&own, more].concat(), body.as_bytes()))
        .await
}

/// Sends a draft of one article, and returns its media id.
async fn draft(client: &Client, title: &str, content: &str) -> String {
    let article = json!({"title": title, "author": "甲", "content": content, "thumb_media_id": client.image()});
    let body = json!({"articles": [article]}).to_string();
    let reply = client.post("/cgi-bin/draft/add", &body).await.json();
    reply["media_id"].as_str().unwrap().to_owned()
}

/// Returns the path and query of a link.
fn path_of(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap();
    let path = &rest[rest.find('/').unwrap()..];
    path.split('#').next().unwrap()
}

fn draft_path(client: &Client, id: &str) -> String {
    client.account(|account| path_of(&account.drafts[id].articles[0].url).to_owned())
}

/// Returns the address of the frame in a page.
fn frame_of(page: &Wire) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("<iframe").unwrap();
    let (_, rest) = rest.split_once("src=\"").unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn every_page_is_there_in_both_languages() {
    let client = Client::start().await;
    draft(&client, "第一篇", "<p>1</p>").await;
    for path in PAGES {
        let reply = page(&client, path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(reply.text().contains("<html lang=\"en\">"), "{path}");
        let accepted = [("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")];
        let reply = page_with(&client, path, &accepted).await;
        assert!(reply.text().contains("<html lang=\"zh-CN\">"), "{path}");
        // The address decides before the browser does, and links keep it.
        let reply = page_with(&client, &format!("{path}?lang=zh"), &[("Accept-Language", "en")]).await;
        let text = reply.text();
        assert!(
            text.contains("<html lang=\"zh-CN\">") && text.contains("公众号模拟器"),
            "{path}"
        );
        assert!(text.contains("href=\"/__pages/drafts?lang=zh\""), "{path}");
        assert!(text.contains("lang=en"), "{path}");
        // The address of the same page in Chinese has the short tag, as links that people keep have it.
        let english = page(&client, path).await;
        let link = format!("lang=\"zh-CN\" hreflang=\"zh-CN\" href=\"{path}?lang=zh\"");
        assert!(english.text().contains(&link), "{path}");
    }
    assert!(
        page(&client, "/__pages/style.css")
            .await
            .text()
            .contains("prefers-color-scheme")
    );
}

#[tokio::test]
async fn no_page_lets_scripts_run_or_shows_a_secret() {
    let client = Client::start().await;
    client
        .upload("/cgi-bin/material/add_material?type=image", "a.jpg", JPEG)
        .await;
    let id = draft(&client, "甲", "<p>1</p>").await;
    let own = draft_path(&client, &id);
    for path in PAGES.into_iter().chain([own.as_str()]) {
        let reply = page(&client, path).await;
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("script"),
            "{path}: {policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!reply.text().contains("<script"), "{path}");
        for secret in [APP_SECRET, client.token.as_str(), TOKEN_MARK] {
            assert!(!reply.text().contains(secret), "{path}");
        }
    }
}

#[tokio::test]
async fn texts_of_clients_are_escaped() {
    let client = Client::start().await;
    let name = HARMFUL.replace(['"', '/'], "_");
    client.account(|account| {
        account.put_material(MaterialKind::Image, &name, JPEG);
        account.put_media(MaterialKind::Voice, &name, JPEG);
        let mut article = Article::news(HARMFUL, "<p>1</p>", "");
        for text in [
            &mut article.author,
            &mut article.digest,
            &mut article.content_source_url,
        ] {
            HARMFUL.clone_into(text);
        }
        account.put_draft(vec![article.clone()]);
        account.put_publication("none", vec![article]);
    });
    let escaped_path = "/%3Cscript%3Ealert(1)%3C/script%3E";
    client.get(escaped_path).await;
    client.simulator.inject(FaultRule::new(
        HARMFUL,
        Fault::Errcode {
            code: -1,
            executed: false,
        },
    ));
    let article = client.account(|account| account.drafts.values().next().unwrap().articles[0].clone());
    let mut seen = 0;
    for path in PAGES.into_iter().chain([path_of(&article.url)]) {
        let reply = page(&client, path).await;
        let text = reply.text();
        assert!(!text.contains("<script") && !text.contains("<img src=x"), "{path}");
        seen += usize::from(text.contains("&lt;script&gt;alert(1)"));
        if path.starts_with("/s") {
            assert_eq!(
                text.matches("&lt;script&gt;").count(),
                6,
                "title, heading, frame and three fields: {text}"
            );
            let frame = page(&client, &frame_of(&reply)).await;
            assert!(!frame.text().contains("<script"), "{}", frame.text());
        }
    }
    assert!(seen >= 6, "{seen}");
    let reply = page(
        &client,
        "/__pages/drafts?lang=%22%3E%3Cscript%3E&account=%22%3E%3Cscript%3E",
    )
    .await;
    assert!(!reply.text().contains("<script"), "{}", reply.text());
}

#[tokio::test]
async fn an_article_is_shown_at_the_address_that_its_author_got() {
    let client = Client::start().await;
    let picture = client.upload("/cgi-bin/media/uploadimg", "a.png", PNG).await.json()["url"].clone();
    let picture = picture.as_str().unwrap();
    let content = format!(
        "<p id=\"a\" style=\"color:red;position:fixed\">1<script>alert(1)</script></p><img src=\"{picture}\">\
         <img src=\"https://example.com/x.png\"><a href=\"https://example.com\" onclick=\"x()\">2</a>"
    );
    let id = draft(&client, "标题", &content).await;
    let preview = draft_path(&client, &id);
    let submitted = client
        .post("/cgi-bin/freepublish/submit", &json!({"media_id": id}).to_string())
        .await;
    assert_eq!(submitted.code(), 0);
    assert_eq!(
        page(&client, &preview).await.status,
        200,
        "the draft is there until it is published"
    );
    client.advance(60);
    let publications = page(&client, "/__pages/publications").await;
    assert!(
        publications.text().contains("publish_status=0"),
        "{}",
        publications.text()
    );
    assert_eq!(page(&client, &preview).await.status, 404);
    let url = client.account(|account| account.publications.values().next().unwrap().articles[0].url.clone());
    assert!(url.starts_with("http://mp.weixin.qq.com/s/"), "{url}");
    let path = path_of(&url);
    assert!(publications.text().contains(&format!("href=\"{path}\"")));
    let reply = page(&client, path).await;
    let text = reply.text();
    for part in [
        "<h1>标题</h1>",
        "<iframe class=\"phone\" sandbox=\"\"",
        "attribute of &lt;p&gt;<br><code>id=a</code>",
        "style of &lt;p&gt;<br><code>position:fixed</code>",
        "&lt;script&gt;, the whole element",
        "&lt;img&gt;, the whole element<br><code>src=https://example.com/x.png</code>",
        "&lt;a&gt;; what is in it stays<br><code>href=https://example.com</code>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let marked = page(&client, &frame_of(&reply)).await;
    let policy = marked.header("content-security-policy").unwrap();
    for part in [
        "default-src 'none'",
        "; sandbox;",
        "img-src 'self'",
        "frame-ancestors 'self'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    let text = marked.text();
    assert!(text.contains("<simulator-mark>3 script</simulator-mark></p>"), "{text}");
    assert!(
        !text.contains("<script") && !text.contains("example.com") && !text.contains("onclick"),
        "{text}"
    );
    let readers = page(&client, &format!("{path}?readers=1")).await;
    let frame = page(&client, &frame_of(&readers)).await;
    assert!(
        frame.text().contains("<p style=\"color:red\">1</p>"),
        "{}",
        frame.text()
    );
    assert!(!frame.text().contains("<simulator-mark>"));
    // The picture comes from the simulator, at the path that it has on WeChat's host.
    let (_, rest) = frame.text().split_once("<img src=\"").unwrap();
    let address = rest.split('"').next().unwrap().replace("&amp;", "&");
    assert!(address.starts_with("/__pages/pictures/sz_mmbiz_png/"), "{address}");
    // So browsers ask for it from inside the sandboxed frame.
    let shown = page_with(&client, &address, &[("Origin", "null")]).await;
    assert_eq!((shown.status, shown.body.as_slice()), (200, PNG));
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert!(shown.header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(page(&client, "/__pages/pictures/sz_mmbiz_png/none/0").await.status, 404);
    // Any spelling of the link leads there.
    let open = page(
        &client,
        "/__pages/open?lang=zh&url=http%3A%2F%2Fmp.weixin.qq.com%2Fs%2Fabc",
    )
    .await;
    assert_eq!((open.status, open.header("location")), (303, Some("/s/abc?lang=zh")));
    assert_eq!(page(&client, "/s/abc").await.status, 404);
}

#[tokio::test]
async fn links_lead_to_the_simulator_if_its_base_is_theirs() {
    let client = Client::start().await;
    let base = client.simulator.base_url();
    client.account(|account| account.article_base.clone_from(&base));
    let id = draft(&client, "甲", "<p>1</p>").await;
    let url = client.account(|account| account.drafts[&id].articles[0].url.clone());
    let path = url.strip_prefix(&base).unwrap();
    assert_eq!(page(&client, path.split('#').next().unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_picture_message_is_shown_with_its_pictures() {
    let client = Client::start().await;
    let image = client.image();
    let images = json!({"image_list": [{"image_media_id": image}]});
    let article = json!({"article_type": "newspic", "title": "图", "content": "<b>1</b>\n2", "image_info": images});
    let body = json!({"articles": [article]}).to_string();
    let id = client.post("/cgi-bin/draft/add", &body).await.json()["media_id"].clone();
    let reply = page(&client, &draft_path(&client, id.as_str().unwrap())).await;
    let frame = page(&client, &frame_of(&reply)).await;
    let text = frame.text();
    assert!(text.contains("&lt;b&gt;1&lt;/b&gt;"), "{text}");
    let (_, rest) = text.split_once("<img src=\"").unwrap();
    let address = rest.split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(page(&client, &address).await.body, JPEG);
}

#[tokio::test]
async fn requests_are_listed_with_what_came_of_them() {
    let client = Client::start().await;
    client
        .simulator
        .inject(FaultRule::new("/cgi-bin/draft/count", Fault::TitleCut).times(1));
    client.get("/cgi-bin/draft/count").await;
    client.post("/cgi-bin/draft/get", "{\"media_id\":\"none\"}").await;
    let reply = page(&client, "/__pages/requests").await;
    let text = reply.text();
    for part in [
        "title-cut",
        "errcode 40007",
        "invalid media_id",
        "POST /cgi-bin/draft/get",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for _ in 0..60 {
        client.get("/cgi-bin/draft/count").await;
    }
    let first = page(&client, "/__pages/requests").await;
    assert_eq!(first.text().matches("GET /cgi-bin/draft/count").count(), 50);
    assert!(
        first.text().contains("Page 1 of 2") && first.text().contains("page=2"),
        "{}",
        first.text()
    );
    for beyond in ["2", "9", "18446744073709551615"] {
        let last = page(&client, &format!("/__pages/requests?page={beyond}")).await;
        assert!(last.text().contains("POST /cgi-bin/draft/get"), "{beyond}");
    }
    // Looking adds nothing to the log.
    assert_eq!(client.simulator.request_log().len(), 63);
}

#[tokio::test]
async fn faults_are_laid_out_and_taken_away() {
    let client = Client::start().await;
    let count = "/cgi-bin/draft/count";
    let body = "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=errcode&skip=&times=2";
    let reply = submit(&client, "/__pages/faults?lang=zh", body, &[]).await;
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, Some("/__pages/faults?lang=zh"))
    );
    assert_eq!(client.get(count).await.code(), -1);
    let body = "path=connections&fault=handshake-cut&skip=5&times=";
    assert_eq!(submit(&client, "/__pages/faults", body, &[]).await.status, 303);
    let reply = page(&client, "/__pages/faults?lang=zh").await;
    let text = reply.text();
    assert!(
        text.contains("返回指定的微信错误码") && text.contains("handshake-cut"),
        "{text}"
    );
    // The button of the first rule.
    let (_, rest) = text.split_once("name=\"faults\" value=\"").unwrap();
    let document = rest.split('"').next().unwrap().replace("&quot;", "\"");
    let form = serde_urlencoded::to_string([("faults", &document)]).unwrap();
    assert_eq!(submit(&client, "/__pages/faults/remove", &form, &[]).await.status, 303);
    let left = client.simulator.faults();
    assert_eq!((left.rules.len(), left.connections.len()), (0, 1));
    assert_eq!(submit(&client, "/__pages/faults/remove", "", &[]).await.status, 303);
    assert_eq!(client.simulator.faults(), Faults::default());
    for wrong in [
        "path=%2Fnone&fault=stall",
        "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=handshake-cut",
        "path=connections&fault=stall",
        "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=stall&times=0",
        "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=stall&times=-1",
        "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=errcode&errcode=0",
        "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=errcode&errcode=x",
    ] {
        let reply = submit(&client, "/__pages/faults", wrong, &[]).await;
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(reply.text().contains("role=\"alert\""), "{wrong}");
    }
    assert_eq!(client.simulator.faults(), Faults::default());
}

#[tokio::test]
async fn the_errcode_of_a_fault_is_a_field_of_the_form() {
    let client = Client::start().await;
    let body = "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=errcode-after-acting&errcode=40164&times=1";
    assert_eq!(submit(&client, "/__pages/faults", body, &[]).await.status, 303);
    let expected = Fault::Errcode {
        code: 40164,
        executed: true,
    };
    assert_eq!(client.simulator.faults().rules[0].fault, expected);
    assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 40164);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_chosen() {
    let client = Client::start().await;
    let body = "path=connections&fault=stall&errcode=48001&skip=7&times=9";
    let reply = submit(&client, "/__pages/faults", body, &[]).await;
    assert_eq!(reply.status, 400);
    for part in [
        "<option value=\"connections\" selected>",
        "<option value=\"stall\" selected>",
        "name=\"errcode\" type=\"number\" value=\"48001\"",
        "name=\"skip\" type=\"number\" min=\"0\" value=\"7\"",
        "name=\"times\" type=\"number\" min=\"1\" value=\"9\"",
    ] {
        assert!(reply.text().contains(part), "{part}: {}", reply.text());
    }
    let reply = submit(
        &client,
        "/__pages/faults",
        "path=%2Fnone&fault=%22%3E%3Cb%3E&skip=%22%3E%3Cb%3E",
        &[],
    )
    .await;
    assert!(!reply.text().contains("<b>"), "{}", reply.text());
    // A page that nobody has filled in.
    let fresh = page(&client, "/__pages/faults").await;
    assert_eq!(fresh.text().matches(" selected").count(), 1, "{}", fresh.text());
    assert!(fresh.text().contains("<option value=\"/cgi-bin/draft/add\" selected>"));
}

#[tokio::test]
async fn every_fault_is_offered_with_a_description_of_its_own() {
    let client = Client::start().await;
    for language in ["en", "zh"] {
        let reply = page(&client, &format!("/__pages/faults?lang={language}")).await;
        let options = reply.text();
        let options = options
            .split("<option value=\"")
            .filter_map(|option| option.split_once(" – "));
        let described: Vec<&str> = options
            .map(|(_, rest)| rest.split_once("</option>").unwrap().0)
            .collect();
        let faults = Fault::samples().len() + Fault::alterations().len() + ConnectionFault::iter().count();
        assert_eq!(described.len(), faults);
        let different: std::collections::BTreeSet<&&str> = described.iter().collect();
        assert_eq!(different.len(), described.len(), "{described:?}");
    }
}

#[tokio::test]
async fn pages_and_forms_are_for_this_machine() {
    let client = Client::start().await;
    let own = client.simulator.base_url();
    let body = "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=stall&times=1";
    // Another program on this machine may serve pages, too.
    for origin in [
        "https://example.com",
        "null",
        "http://127.0.0.1:1",
        "http://localhost",
        "",
    ] {
        for path in ["/__pages/faults", "/__pages/faults/remove"] {
            let reply = submit(&client, path, body, &[("Origin", origin)]).await;
            assert_eq!(reply.status, 403, "{path} {origin}");
            assert!(reply.text().contains("Origin"), "{}", reply.text());
        }
    }
    assert_eq!(client.simulator.faults(), Faults::default());
    assert_eq!(
        submit(&client, "/__pages/faults", body, &[("Origin", &own)])
            .await
            .status,
        303
    );
    for host in ["example.com", "api.weixin.qq.com", "0.0.0.0"] {
        for path in ["/__pages/requests", "/__pages/pictures/a/b/0", "/__pages/media-picture"] {
            let reply = client.raw(&bare_message("GET", path, &[("Host", host)], b"")).await;
            assert_eq!(reply.status, 403, "{host} {path}");
        }
    }
}

#[tokio::test]
async fn paths_of_the_api_answer_as_without_pages() {
    let client = Client::start().await;
    for target in [
        "/",
        "/s/abc",
        "/s?tempkey=a",
        "/sns/userinfo",
        "/__page",
        "/cgi-bin/none",
    ] {
        // Under WeChat's name.
        let reply = client.get(target).await;
        assert_eq!(reply.code(), 40066, "{target}");
    }
    let host = client.simulator.address().to_string();
    let headers = [
        ("Host", host.as_str()),
        ("Content-Length", "2"),
        ("Content-Type", "application/json"),
    ];
    for target in ["/", "/s/abc", "/cgi-bin/none"] {
        let reply = client.raw(&bare_message("POST", target, &headers, b"{}")).await;
        assert_eq!(reply.code(), 40066, "{target}");
    }
    for target in ["/sns/userinfo", "/cgi-bin", "/s/a/b", "/index.html"] {
        assert_eq!(page(&client, target).await.code(), 40066, "{target}");
    }
}

#[tokio::test]
async fn each_account_has_its_own_pages() {
    let client = Client::start().await;
    let other = "wx0000000000000001";
    client.simulator.with(|world| {
        world
            .add_account(other, APP_SECRET)
            .put_draft(vec![Article::news("另一个", "", "")]);
    });
    draft(&client, "第一个", "<p>1</p>").await;
    let overview = page(&client, "/").await;
    assert!(overview.text().contains("1 more"), "{}", overview.text());
    let accounts = page(&client, "/__pages/accounts?lang=zh").await;
    let link = format!("/?lang=zh&amp;account={other}");
    assert!(accounts.text().contains(&link), "{}", accounts.text());
    let first = page(&client, "/__pages/drafts").await;
    assert!(first.text().contains("第一个") && !first.text().contains("另一个"));
    let second = page(&client, &format!("/__pages/drafts?account={other}")).await;
    assert!(second.text().contains("另一个") && !second.text().contains("第一个"));
    assert!(
        second
            .text()
            .contains(&format!("href=\"/__pages/material?account={other}\""))
    );
}

#[tokio::test]
async fn a_page_says_whose_data_it_shows() {
    let client = Client::start().await;
    let own = [
        "/",
        "/__pages/material",
        "/__pages/media",
        "/__pages/article-images",
        "/__pages/drafts",
        "/__pages/publications",
    ];
    let of_all = ["/__pages/requests", "/__pages/faults"];
    for path in of_all {
        let reply = page(&client, &format!("{path}?lang=zh")).await;
        let text = reply.text();
        assert!(
            !text.contains("class=\"account\""),
            "there is one account alone: {text}"
        );
    }
    let other = "wx0000000000000001";
    client.simulator.with(|world| {
        let article = Article::news("另一个", "<p>1</p>", "");
        world.add_account(other, APP_SECRET).put_draft(vec![article]);
    });
    for path in own {
        for (query, app_id) in [("lang=zh", APP_ID), (&*format!("lang=zh&account={other}"), other)] {
            let reply = page(&client, &format!("{path}?{query}")).await;
            let text = reply.text();
            let label = format!("<p class=\"account\">账号 <code>{app_id}</code>");
            assert!(text.contains(&label), "{path} {query}: {text}");
        }
    }
    for path in of_all {
        let reply = page(&client, &format!("{path}?lang=zh&account={other}")).await;
        let text = reply.text();
        assert!(
            text.contains("包括全部 2 个账号") && !text.contains("<code>wx"),
            "{path}: {text}"
        );
    }
    // The link of an article names no account, and its page is the one of the account that has it.
    let url = client.simulator.with(|world| {
        let drafts = &world.accounts[other].drafts;
        drafts.values().next().unwrap().articles[0].url.clone()
    });
    let reply = page(&client, path_of(&url)).await;
    let text = reply.text();
    assert!(text.contains(&format!("Account <code>{other}</code>")), "{text}");
    assert!(
        text.contains(&format!("href=\"/__pages/drafts?account={other}\"")),
        "{text}"
    );
}

#[tokio::test]
async fn an_unknown_account_is_told_and_not_replaced() {
    let client = Client::start().await;
    draft(&client, "第一个", "<p>1</p>").await;
    for path in PAGES {
        let reply = page(&client, &format!("{path}?lang=zh&account=zzz")).await;
        let text = reply.text();
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            text.contains("没有 AppID 为 zzz 的账号。") && !text.contains("第一个"),
            "{path}: {text}"
        );
        // The links lead out of it. Only its own address in the other language names it again.
        assert_eq!(text.matches("account=zzz").count(), 1, "{path}: {text}");
        assert!(text.contains("href=\"/__pages/accounts?lang=zh\""), "{path}: {text}");
    }
    let body = "path=%2Fcgi-bin%2Fdraft%2Fcount&fault=stall&times=1";
    let reply = submit(&client, "/__pages/faults?account=zzz", body, &[]).await;
    assert_eq!(reply.status, 404);
    assert_eq!(client.simulator.faults(), Faults::default());
}

#[tokio::test]
async fn the_chinese_pages_have_the_terms_of_the_platform() {
    let client = Client::start().await;
    client.account(|account| {
        let mut article = Article::news("甲", "<p>1</p>", "");
        "https://example.com/".clone_into(&mut article.content_source_url);
        account.put_draft(vec![article]);
    });
    let url = client.account(|account| account.drafts.values().next().unwrap().articles[0].url.clone());
    for (path, term) in [
        ("/", "<span>正文图片</span>"),
        ("/__pages/article-images", "还没有正文图片。"),
        (path_of(&url), "<dt>阅读原文</dt>"),
    ] {
        let reply = page_with(&client, path, &[("Accept-Language", "zh-CN")]).await;
        assert!(reply.text().contains(term), "{path}: {}", reply.text());
    }
}

#[tokio::test]
async fn pages_are_there_over_tls_and_on_the_same_port_without() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let host = simulator.address().to_string();
    let request = bare_message("GET", "/", &[("Host", &host)], b"");
    let stream = TcpStream::connect(simulator.address()).await.unwrap();
    let name = "127.0.0.1".try_into().unwrap();
    let encrypted = tls(&simulator).connect(name, stream).await.unwrap();
    assert_eq!(exchange(encrypted, &request).await.status, 200);
    let plain = TcpStream::connect(simulator.address()).await.unwrap();
    assert_eq!(exchange(plain, &request).await.status, 200);
}

#[tokio::test]
async fn a_full_store_is_shown_a_page_at_a_time() {
    let client = Client::start().await;
    client.account(|account| {
        for number in 0..20_000 {
            account.put_material(MaterialKind::Image, &format!("{number}.jpg"), JPEG);
        }
    });
    let newest = page(&client, "/__pages/material").await;
    assert_eq!(newest.text().matches("<tr>").count(), 51, "the head and 50 rows");
    assert!(newest.text().contains(">19999.jpg<") && newest.text().contains("Page 1 of 400"));
    let oldest = page(&client, "/__pages/material?page=400").await;
    assert!(oldest.text().contains(">0.jpg<"));
}
