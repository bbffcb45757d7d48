//! Content as replies have it: a script loads the pictures, from other addresses (article-html §2).

use super::rewritten;

/// Hosts of pictures in articles: `http` to them comes back as `https`, and they serve pictures in several sizes.
const PICTURE_HOSTS: [&str; 2] = ["mmbiz.qpic.cn", "mmbiz.qlogo.cn"];

/// Attributes in which the address of a picture may stand.
const ADDRESSES: [&str; 7] = ["src", "srcset", "href", "xlink:href", "background", "style", "data-src"];

/// Attributes that the server adds to pictures. The values are those of no real picture: it would have to be decoded.
const ADDED: [(&str, &str); 2] = [("data-ratio", "1"), ("data-w", "640")];

/// Returns content as replies have it.
pub(crate) fn as_served(html: &str) -> String {
    rewritten(
        html,
        |text, out| out.push_str(text),
        |tag| {
            for (name, value) in &mut tag.attributes {
                if ADDRESSES.contains(&name.as_str()) && tag.name != "a" {
                    *value = secured(value);
                }
            }
            if tag.name == "img" {
                if tag.attribute("src").is_some() {
                    tag.attributes.retain(|(name, _)| name != "data-src");
                }
                for (name, value) in &mut tag.attributes {
                    if name == "src" {
                        "data-src".clone_into(name);
                        *value = resized(value);
                    }
                }
                // Content that was read and sent again has them already.
                for (name, value) in ADDED {
                    if tag.attribute(name).is_none() {
                        tag.attributes.push((name.to_owned(), value.to_owned()));
                    }
                }
            }
            true
        },
    )
}

fn secured(value: &str) -> String {
    PICTURE_HOSTS.iter().fold(value.to_owned(), |value, host| {
        value.replace(&format!("http://{host}"), &format!("https://{host}"))
    })
}

/// Returns the address of the size that articles show, if this is the address of the original size. `&` is written as
/// in the rest of the address, where it may be a character reference.
fn resized(url: &str) -> String {
    let (address, fragment) = url.split_once('#').map_or((url, None), |(url, rest)| (url, Some(rest)));
    let (path, query) = address
        .split_once('?')
        .map_or((address, None), |(path, query)| (path, Some(query)));
    let is_picture = PICTURE_HOSTS
        .iter()
        .any(|host| path.split('/').any(|segment| segment.trim() == *host));
    let Some(folder) = path.trim_end().strip_suffix("/0").filter(|_| is_picture) else {
        return url.to_owned();
    };
    let query = match query {
        None | Some("") => "from=appmsg".to_owned(),
        Some(query) if query.split(['&', ';']).any(|pair| pair == "from=appmsg") => query.to_owned(),
        Some(query) if query.contains("&amp;") => format!("{query}&amp;from=appmsg"),
        Some(query) => format!("{query}&from=appmsg"),
    };
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    format!("{folder}/640?{query}{fragment}")
}
