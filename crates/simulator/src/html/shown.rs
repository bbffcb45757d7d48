//! Content as the simulator's own pages show it: its pictures come from the simulator.

use super::rewritten;

/// Attributes in which the address of a picture may stand.
const ADDRESSES: [&str; 6] = ["src", "srcset", "href", "xlink:href", "background", "style"];

/// Ways to write the beginning of a stored picture's address. The longer ones contain the last.
const BEGINNINGS: [&str; 3] = ["https://mmbiz.qpic.cn/", "http://mmbiz.qpic.cn/", "//mmbiz.qpic.cn/"];

/// Returns content whose pictures on WeChat's host are those below `base`, which ends with a slash.
pub(crate) fn with_pictures_at(base: &str, html: &str) -> String {
    rewritten(
        html,
        |text, out| out.push_str(text),
        |tag| {
            for (name, value) in &mut tag.attributes {
                if ADDRESSES.contains(&name.as_str()) && tag.name != "a" {
                    for beginning in BEGINNINGS {
                        *value = value.replace(beginning, base);
                    }
                }
            }
            true
        },
    )
}
