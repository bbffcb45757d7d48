//! Product cards (wechat-api §12).

use super::*;

const CARD: &str = "/channels/ec/service/product/getcardinfo";

async fn ask(client: &Client, path: &str, body: Value) -> Wire {
    client.post(path, &body.to_string()).await
}

fn card(product: &str, article_type: &str, card_type: u8) -> Value {
    json!({"product_id": product, "article_type": article_type, "card_type": card_type})
}

#[tokio::test]
async fn product_cards_have_markup_or_a_key() {
    let client = Client::start().await;
    let reply = ask(&client, CARD, card("1000000000", "newspic", 3)).await.json();
    assert_eq!((&reply["errcode"], &reply["errmsg"]), (&json!(0), &json!("ok")));
    assert!(reply.get("DOM").is_none());
    let key = reply["product_key"].clone();
    let reply = ask(&client, CARD, card("1000000000", "news", 2)).await.json();
    assert!(reply.get("product_key").is_none());
    let dom = reply["DOM"].clone();
    for (product, article_type, card_type, code) in [
        ("1", "news", 0, 10_170_001),
        ("1000000000", "video", 0, 10_170_002),
        ("1000000000", "news", 3, 10_170_003),
        ("1000000000", "newspic", 0, 10_170_003),
    ] {
        let reply = ask(&client, CARD, card(product, article_type, card_type)).await;
        assert_eq!(reply.code(), code);
    }

    let image = client.image();
    let article = |key: &Value, content: &Value| {
        let info = json!({"footer_product_info": {"product_key": key}});
        json!({"articles": [{
            "title": "题", "content": content, "thumb_media_id": image, "product_info": info,
        }]})
    };
    let add = "/cgi-bin/draft/add";
    let reply = ask(&client, add, article(&key, &dom)).await.json();
    let body = json!({"media_id": reply["media_id"]});
    let reply = ask(&client, "/cgi-bin/draft/get", body).await.json();
    let item = &reply["news_item"][0];
    assert_eq!(item["product_info"]["footer_product_info"]["product_key"], key);
    assert_eq!(item["content"], dom);
    assert_eq!(ask(&client, add, article(&json!("x"), &dom)).await.code(), 53405);
    for (commerce, code) in [(Commerce::NotOpened, 53406), (Commerce::Barred, 53404)] {
        client.account(|account| account.commerce = commerce);
        assert_eq!(ask(&client, add, article(&key, &dom)).await.code(), code);
        assert_eq!(ask(&client, CARD, card("1000000000", "news", 0)).await.code(), code);
    }
}
