//! Input that is made to hurt: each gets its answer, and most a clear error.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod support;

use support::{defaults, visible, without_styles};
use wechat_official_account_article::types::{Comments, Error, ErrorKind, Options, RawHtml, Rendered, Theme};
use wechat_official_account_article::{LONGEST_TEXT, render};

fn rendered(markdown: &str) -> Result<Rendered, Error> {
    render(markdown, &defaults())
}

#[track_caller]
fn refused(markdown: &str, kind: ErrorKind, line: u32, message: &str) {
    let error = rendered(markdown).unwrap_err();
    assert_eq!((error.kind, error.line), (kind, Some(line)), "{error:?}");
    assert!(error.message.contains(message) && !error.advice.is_empty(), "{error:?}");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = "more than 50 levels";
    refused(&">".repeat(LONGEST_TEXT), ErrorKind::Markdown, 1, deep);
    refused(
        &format!("a\n\n{}", "- + ".repeat(LONGEST_TEXT / 5)),
        ErrorKind::Markdown,
        3,
        deep,
    );
    refused(&"<div>".repeat(LONGEST_TEXT / 5), ErrorKind::Markdown, 1, deep);
    refused(
        &format!("a {}", "<b>".repeat(LONGEST_TEXT / 4)),
        ErrorKind::Markdown,
        1,
        deep,
    );
    refused(&format!("a\n{}", "<div>\n".repeat(60)), ErrorKind::Markdown, 52, deep);
    // Emphasis that repeats itself is written once.
    let html = rendered(&format!("{}a{}", "**".repeat(40), "**".repeat(40)))
        .unwrap()
        .html;
    assert_eq!(html.matches("<strong").count(), 1);
}

#[test]
fn the_article_has_a_limit() {
    let links: String = (0..10_000)
        .map(|number| format!("[{number}](https://example.com/{number})\n\n"))
        .collect();
    let error = rendered(&links).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert!(
        error.line.is_some_and(|line| line > 100) && error.message.contains("1048576"),
        "{error:?}"
    );
    let columns = 5_000;
    let table = format!(
        "{}|\n{}|\n{}",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|b\n".repeat(columns)
    );
    assert_eq!(rendered(&table).unwrap_err().kind, ErrorKind::TooLarge);
    refused_without_line(&">".repeat(LONGEST_TEXT + 1), "500000");
    refused_without_line(&"a".repeat(34 * LONGEST_TEXT), "16777216");
}

#[track_caller]
fn refused_without_line(markdown: &str, message: &str) {
    let error = rendered(markdown).unwrap_err();
    assert_eq!((error.kind, error.line), (ErrorKind::Markdown, None));
    assert!(error.message.contains(message), "{error:?}");
}

#[test]
fn pictures_in_their_addresses_do_not_count() {
    let data = format!("data:image/png;base64,{}", "A".repeat(3 * LONGEST_TEXT));
    for data in [&data, &data.replacen("data", "Data", 1)] {
        let picture = rendered(&format!("![a]({data})")).unwrap();
        assert_eq!(picture.pictures[0].source, *data);
    }
    // The same picture again and again would be more than the whole input. The parser knows an address no longer then.
    let many = format!("{}\n[a]: {data}\n", "![a]\n\n".repeat(1000));
    let html = rendered(&many).unwrap().html;
    assert_eq!((html.matches("<img").count(), html.matches("![a]").count()), (2, 998));
}

#[test]
fn the_beginnings_of_everything_end() {
    for part in [
        "*",
        "_",
        "`",
        "[",
        "]",
        "![",
        "[](",
        "<",
        "<a ",
        "<!--",
        "<a \"",
        "&",
        "\\",
        "|",
        "~",
        "$",
        "#",
        "-",
        "=",
        "1. ",
        "\t",
        "    ",
        "[^a]",
        "[^a]: ",
        "[a]: <",
        "![a](",
        "***a",
        "a**b_",
        "a\n",
        "\n> a\n\n",
        "`a ``",
        "$$a$",
        "<?",
        "<![CDATA[",
        "<script>",
        "</div>",
        "<iframe></x>",
        "<script>\n",
        "<style>a\n\n",
        "%%",
        "%% ",
        "%%\n\n",
        "==",
        "==a ",
        "*==",
        "![[",
        "![[a",
        "![a](b ",
        "![a](b (c.png)",
        "{%",
        "{{<",
        "# a {#",
        "~a",
        "$a",
        "$5",
        "$$\n",
        "$$\na\n$$\n",
        "> [!a]\n\n",
        "> [!a",
        "[!a] ",
        "&aa;",
        "<b>&aa;",
        "a <select> ",
        "<object><select>",
        "*<select>",
        "<pre>",
        "<div><b>a</b> ",
        "<!-- -->\n\n",
        "<!-- -->\n",
        "\n---\n",
        "[^A]",
        "\r",
        "\u{0}",
        "🎉",
        "字**“",
        "：**字",
        "字~~",
        "*==a ",
        "**《==",
        "[[",
        "[[a",
        "[[a]]",
        "^[",
        "\\(",
        "\\(a_",
        "\\[a_\\]",
        "::: tip\n",
        "::: tip\n:::\n",
        "::: tip\n\n:::\n\n",
        "> [!a] *b*\n",
        "<?\n\n",
        "<!--\n\n",
        "<pre> \n\n",
        "<div><!--",
        "<table><caption>",
        "<table><caption></caption>",
        "<p style='a:/*'>",
        "<a name=x></a>\n\n",
        "![a|9](b)",
    ] {
        // Anything but a panic will do.
        let markdown = part.repeat(200_000 / part.len());
        let _ = rendered(&markdown);
        let options = Options {
            raw_html: Some(RawHtml::Keep),
            ..defaults()
        };
        let _ = render(&markdown, &options);
    }
}

/// Code with the beginnings of many strings and comments, and no end of them. It is there whole, unless its colours
/// fill more than an article.
#[test]
fn the_beginnings_of_code_end() {
    for (language, part, fits) in [
        // Every quote begins a string that the next one, which is escaped, does not end.
        ("js", "\\\"", true),
        ("c", "\\'", true),
        ("js", "`${", false),
        ("js", "/* ", true),
        ("rust", "/*/", false),
        ("js", "//", true),
        ("python", "\"\"\"'", false),
        ("python", "#'", true),
        ("html", "<!-", true),
        ("html", "<!--", true),
        ("lua", "--[[", true),
        ("sql", "-'", false),
        ("diff", "+", true),
        ("js", "'\n", true),
        ("js", "a(", false),
        ("json", "{\"a\":", false),
        ("c", "0x", true),
        ("js", "字'", false),
    ] {
        let code = part.repeat(200_000 / part.len());
        match rendered(&format!("```{language}\n{code}\n```\n")) {
            Ok(rendered) => {
                let mut whole = format!("{language}{code}");
                whole.retain(|character| !character.is_whitespace());
                assert!(fits && visible(&rendered.html) == whole, "{language}: {part}");
            }
            Err(error) => assert!(
                !fits && error.kind == ErrorKind::TooLarge,
                "{language}: {part}: {error:?}"
            ),
        }
    }
}

#[test]
fn bombs_of_front_matter_are_refused() {
    let kind = ErrorKind::FrontMatter;
    let laughs = "a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n";
    refused(&format!("---\n{laughs}---\n"), kind, 3, "alias");
    refused("---\ntitle: *b\n---\n", kind, 2, "alias");
    refused("---\ntitle: a: b\n---\n", kind, 2, "a colon and no quotes");
    refused(
        &format!("---\na: {}\n---\n", "[".repeat(10_000)),
        kind,
        2,
        "not valid YAML",
    );
    refused(
        &format!("---\n{}\n---\n", "a: ".repeat(1_000)),
        kind,
        2,
        "a colon and no quotes",
    );
    refused(&format!("---\ntitle: {}\n---\n", "a".repeat(20_000)), kind, 1, "16384");
    refused("---\ntitle: a\ntitle: b\n---\n", kind, 3, "title twice");
    refused("---\ntitle: [a]\n---\n", kind, 2, "title");
    refused("---\ntitle：a\n---\n", kind, 2, "list of keys");
    refused("---\nauthor: [a, [b]]\n---\n", kind, 2, "author");
    refused("---\nauthor: {a: b}\n---\n", kind, 2, "author");
    refused("\n\n---\ntitle: [a]\n---\n", kind, 4, "title");
    refused("\n---\na: b: c\ntitle: a\n---\n", kind, 3, "a colon and no quotes");
    for title in ["[译] a", "[译]"] {
        let error = rendered(&format!("---\ntitle: {title}\n---\n")).unwrap_err();
        assert!(error.advice.contains("quotes around"), "{error:?}");
    }
    refused("---\ncomments: maybe\n---\n", kind, 2, "maybe");
    refused("---\ntitle: \"a\n---\n", kind, 2, "not valid YAML: ");
    refused("+++\ntitle = 1\n+++\n", kind, 1, "TOML");
}

#[test]
fn front_matter_is_read_as_it_is_meant() {
    let front_matter = |yaml: &str| rendered(&format!("---\n{yaml}---\ntext\n")).unwrap().front_matter;
    let found = front_matter("# comment\ntitle: 'a: b'\ndescription: d\ndigest: >\n  e\n  f\nauthor: ~\ncover: ''\n");
    assert_eq!(
        (found.title.as_deref(), found.digest.as_deref()),
        (Some("a: b"), Some("e f"))
    );
    assert_eq!((found.author, found.cover), (None, None));
    assert_eq!(front_matter("").title, None);
    assert_eq!(front_matter("# comment\n\n\"title\" : x\n").title.as_deref(), Some("x"));
    assert_eq!(front_matter("title: 2026-11-26\n").title.as_deref(), Some("2026-11-26"));
    let escapes = rendered("---\ntitle: \"a\\0b\\a\"\n---\ntext\n").unwrap();
    assert_eq!(escapes.front_matter.title.as_deref(), Some("ab"));
    assert_eq!(escapes.findings.len(), 1);
    let rule = rendered("---\nno end").unwrap();
    assert!(rule.html.contains("no end") && rule.front_matter.title.is_none());
    for text in [
        "\nno key\n\n",
        "Two words: no key\n",
        "https://example.com/ no key\n",
        "- no key\n",
        "# no key\n\n",
        "# no key\n",
        "\nNote: no key\n",
    ] {
        let rendered = rendered(&format!("---\n{text}---\nend\n")).unwrap();
        assert!(rendered.html.contains("no key"), "{text}: {}", rendered.html);
    }
    let nested = rendered("---\nextra:\n  - {a: [b]}\n  - c\ntitle: t\n---\ntext").unwrap();
    assert_eq!(
        (nested.front_matter.title.as_deref(), nested.findings.len()),
        (Some("t"), 1)
    );
}

#[test]
fn front_matter_of_other_programs_is_read() {
    let read = |yaml: &str| {
        let rendered = rendered(&format!("---\n{yaml}---\ntext\n")).unwrap();
        let lines: Vec<_> = rendered.findings.iter().map(|finding| finding.line).collect();
        (rendered.front_matter, lines)
    };
    for (value, comments) in [("true", Comments::Everyone), ("false", Comments::Closed)] {
        assert_eq!(read(&format!("comments: {value}\n")).0.comments, Some(comments));
    }
    for (yaml, author) in [
        ("author: [\"a\"]\n", Some("a")),
        ("author:\n  - a\n  -\n  - b\n", Some("a、b")),
        ("author: []\n", None),
    ] {
        let (found, lines) = read(yaml);
        assert_eq!((found.author.as_deref(), lines.len()), (author, 0), "{yaml}");
    }
    for (yaml, cover, lost) in [
        (
            "cover:\n  alt: x\n  image: a.png\n  relative: [image, {image: b}]\n  image2: c\n",
            Some("a.png"),
            0,
        ),
        ("cover: {[image]: a, image: b}\n", Some("b"), 0),
        ("cover: {{image: c}: image}\n", None, 1),
        ("cover: {alt: x}\n", None, 1),
        ("cover: true\n", None, 1),
        ("cover: false\n", None, 1),
        ("cover:\n  image: false\n", None, 1),
    ] {
        let (found, lines) = read(yaml);
        assert_eq!((found.cover.as_deref(), lines.len()), (cover, lost), "{yaml}");
    }
    for yaml in [
        "excerpt: d\nsummary: c\ndescription: b\ndigest: a\n",
        "digest: a\ndescription: b\nsummary: c\n",
        "digest:\nsummary: a\nexcerpt: b\n",
    ] {
        assert_eq!(read(yaml).0.digest.as_deref(), Some("a"), "{yaml}");
    }
    let (found, lines) = read("title: a\ntheme: none\n");
    assert_eq!((found.theme, lines), (None, vec![3]));
    let options = Options {
        theme: Some(Theme::Named("none".to_owned())),
        ..defaults()
    };
    assert_eq!(render("a", &options).unwrap_err().kind, ErrorKind::Theme);
    let (found, lines) = read("date created: 2026-11-26\n\ntitle: a\n");
    assert_eq!((found.title.as_deref(), lines), (Some("a"), vec![2]));
    let late = rendered("\n \n---\ndate: 2026\ntitle: a\n---\n\nb <x>\n").unwrap();
    assert_eq!(
        (late.front_matter.title.as_deref(), late.blocks[0].line),
        (Some("a"), 8)
    );
    let lines: Vec<_> = late.findings.iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [4, 8]);
    let rules = rendered("\n---\nno key: a\n---\nb\n").unwrap();
    assert!(rules.html.contains("no key"), "{}", rules.html);
}

#[test]
fn bombs_of_themes_are_refused() {
    for (toml, line, message) in [
        ("[paragraph]\nposition = \"fixed\"", Some(2), "position"),
        ("[paragraph]\ncolor = \"#ccc\"", Some(1), "contrast"),
        ("extends = \"plain\"\n[colors]\naccent = \"#fff\"", None, "contrast"),
        ("[paragraph]\n\nwidth = \"300px\"", Some(3), "300px"),
        ("[nobody]\ncolor = \"#333\"", Some(1), "nobody"),
        ("[paragraph]\ncolor = \"$none\"", Some(2), "$none"),
        ("[paragraph]\ncolor = [1]", Some(2), "color"),
        ("paragraph = 1", Some(1), "paragraph"),
        ("extends = \"nothing\"", Some(1), "nothing"),
        ("[marker]\ncontent = \"xxxxxxxxxxxxxxxxxxxxxxx\"", Some(2), "content"),
        ("[paragraph", Some(1), "not valid TOML"),
    ] {
        let options = Options {
            theme: Some(Theme::Custom(toml.to_owned())),
            ..defaults()
        };
        let error = render("a", &options).unwrap_err();
        assert_eq!((error.kind, error.line), (ErrorKind::Theme, line), "{toml}: {error:?}");
        assert!(error.message.contains(message), "{toml}: {error:?}");
    }
    for toml in [
        "a=[".repeat(10_000),
        "[a.".repeat(10_000),
        "a.".repeat(30_000),
        "a".repeat(70_000),
        "a={".repeat(10_000),
    ] {
        let options = Options {
            theme: Some(Theme::Custom(toml)),
            ..defaults()
        };
        assert_eq!(render("a", &options).unwrap_err().kind, ErrorKind::Theme);
    }
    let own =
        "extends = \"tech\"\n[colors]\naccent = \"#a01040\"\n[paragraph]\nmargin = \"0 0 10px\"\ntext-align = \"\"\n";
    let options = Options {
        theme: Some(Theme::Custom(own.to_owned())),
        ..defaults()
    };
    let html = render("a\n\n## b\n", &options).unwrap().html;
    assert!(
        html.contains("margin:0 0 10px") && html.contains("#a01040") && !html.contains("text-align"),
        "{html}"
    );
}

#[test]
fn html_is_refused_or_kept_by_option() {
    let with = |raw_html, markdown: &str| {
        render(
            markdown,
            &Options {
                raw_html: Some(raw_html),
                ..defaults()
            },
        )
    };
    let error = with(RawHtml::Refuse, "a\n\nb <u>c</u>").unwrap_err();
    assert_eq!((error.kind, error.line), (ErrorKind::Markdown, Some(3)));
    assert!(error.message.contains("<u>"), "{error:?}");
    assert!(with(RawHtml::Refuse, "<!-- a -->\n\nb & c < d").is_ok());
    let kept = with(RawHtml::Keep, "<custom onclick=x><img src='a.png' alt='b'>\n").unwrap();
    assert!(kept.html.contains("<custom onclick=x><img src='a.png' alt='b'>"));
    assert_eq!(
        (kept.pictures[0].source.as_str(), kept.pictures[0].alternative.as_str()),
        ("a.png", "b")
    );
}

#[test]
fn html_is_written_anew() {
    let html = |markdown: &str| without_styles(&rendered(markdown).unwrap().html);
    for (markdown, expected) in [
        (
            "<ul><li>a<li>b</ul>",
            "<ul><li><section>a</section></li><li><section>b</section></li></ul>",
        ),
        (
            "<table>\n<caption>甲\n</caption>\n<tr><td>乙</table>",
            "<section>甲\n</section><section><table><tr><td>乙</td></tr></table></section>",
        ),
        (
            "<div><table><caption>甲<b>乙</b></caption><tr><td>丙<table><caption>丁</caption></table></table></div>",
            "<section><section>甲<strong>乙</strong></section><section><table><tr><td>丙<section>丁</section>\
             <section><table></table></section></td></tr></table></section></section>",
        ),
        (
            "<table><caption>甲",
            "<section><table></table></section><section>甲</section>",
        ),
        (
            "<table>\n<tr><td>a<td>b\n<tr><td>c</table>",
            "<section><table><tr><td>a</td><td>b\n</td></tr><tr><td>c</td></tr></table></section>",
        ),
        (
            "<svg viewBox='0 0 1 1'><path d='M0 0'/><g><rect x='1'/></g></svg>",
            "<p><svg viewbox=\"0 0 1 1\"><path d=\"M0 0\"></path><g><rect x=\"1\"></rect></g></svg></p>",
        ),
        (
            "<div>\n\n**a**\n\n</div>",
            "<section><p><strong>a</strong></p></section>",
        ),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("a <b>b *c</b> d* e", "<p>a <strong>b <em>c d</em> e</strong></p>"),
        ("</div>a</p>", "<p>a</p>"),
        ("<td>a</td>", "<p>a</p>"),
        (
            "<u>\na</u>\n\n<img src='b'>\n",
            "<p><u>\na</u>\n</p><p><img src=\"b\" alt=\"\">\n</p>",
        ),
        ("<div>a</div>b\n\nc", "<section>a</section><p>b\n</p><p>c</p>"),
        ("> <u>\n> a", "<section><p><u>\na</u></p></section>"),
        ("- <u>\n  a", "<ul><li><section><u>\na</u></section></li></ul>"),
        ("<a name='b'>\n\nc", "<span>\n</span><p>c</p>"),
        ("a <script>b</script> c", "<p>a  c</p>"),
        (
            "返回 List<Object> 类型，**后面**还有`代码` ![x](a.png)",
            "<p>返回 List 类型，<strong>后面</strong>还有<code>代码</code> <img src=\"a.png\" alt=\"x\"></p>",
        ),
        (
            "a <select> b <embed src='x'> c <iframe src='x'/> d",
            "<p>a  b  c  d</p>",
        ),
        (
            "a <video>b ![c](d) `e`[^1] [f](https://g.h)\\\ni</video> j\n\n[^1]: k",
            "<p>a  j</p>",
        ),
        ("*a <video>b* c</video> d", "<p><em>a </em> d</p>"),
        (
            "<script setup> 是\n**甲**\n\n<style>\n\n乙\n\n`c`",
            "<p>是<strong>甲</strong></p><p>乙</p><p><code>c</code></p>",
        ),
        ("<script>a\n\nb</script>\n\n<style>\nc</style>\n\nd", "<p>d</p>"),
        ("> <script>\n> a\n\nb", "<section><p>a</p></section><p>b</p>"),
        ("<div>a <select> b</div>", "<section>a  b</section>"),
        (
            "<p>&emsp;a&mdash;&ldquo;b&rdquo; &copy;&nope;&amp;lt; &#x1F600;&NotEqualTilde;</p>",
            "<p>\u{2003}a—“b” ©&amp;nope;&amp;lt; 😀\u{2242}\u{338}</p>",
        ),
        (
            "<a href='https&colon;//mp&period;weixin.qq.com/s'>a</a> <u style='color:&num;123456;top&colon;1px'>b</u>",
            "<p><a href=\"https://mp.weixin.qq.com/s\">a</a> <u>b</u></p>",
        ),
        (
            "<div>Hello <b>big</b> <i>world</i> <p>a</p> <br> <u>c</u></div> ",
            "<section>Hello <strong>big</strong> <em>world</em><p>a</p><br> <u>c</u></section>",
        ),
        (
            "<table><tr> <td><b>a</b>\n<i>b</i> </td> </tr></table>",
            "<section><table><tr><td><strong>a</strong> <em>b</em></td></tr></table></section>",
        ),
        (
            "<div>a <pre class='x'><code class='hljs language-rust'>\n\
             let  a;\n  <span>b</span> &lt;<br>c\n</code></pre>d</div>",
            "<section>a <section><section>rust</section><pre><code><span>let</span>\u{A0}\u{A0}a;\
             <br>\u{A0}\u{A0}b &lt;<br>c\
             </code></pre></section>d</section>",
        ),
        (
            "a &lt;b&gt; <u title=\"&lt;\">&amp;</u>",
            "<p>a &lt;b&gt; <u>&amp;</u></p>",
        ),
        (
            "<a href='https://mp.weixin.qq.com/s/x' onclick='y'>a</a>",
            "<p><a href=\"https://mp.weixin.qq.com/s/x\">a</a></p>",
        ),
    ] {
        assert_eq!(html(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_zoom_of_a_picture_is_its_width() {
    for (zoom, width) in [
        ("50%", "width:50%"),
        ("50% ;/* it's */ color:#333", "width:50%;color:#333"),
        ("0.25", "width:25%"),
        ("150%", "middle;opacity:1;max-width"),
    ] {
        let markdown = format!("<img src=\"a.png\" style=\"/* a */ zoom:{zoom};opacity:1\">");
        let found = rendered(&markdown).unwrap();
        assert!(
            found.html.contains(width) && found.findings.is_empty(),
            "{zoom}: {}",
            found.html
        );
    }
    assert_eq!(
        rendered("<img src=\"a.png\" style=\"zoom:big\">")
            .unwrap()
            .findings
            .len(),
        1
    );
}

#[test]
fn a_tag_without_an_end_tag_says_so() {
    let message = |markdown: &str| rendered(markdown).unwrap().findings[0].message.clone();
    assert!(message("a <object> b").contains("text after it stays"));
    assert!(message("<iframe src='x'/>").contains("text after it stays"));
    assert!(message("a <object> b</object>").contains("all that is in it"));
    assert!(message("a <embed> b").contains("all that is in it"));
    let found = rendered("a\n\n<style scoped>\n\n<script setup> b").unwrap().findings;
    let found: Vec<_> = found
        .iter()
        .map(|finding| (finding.line, finding.message.contains("after it stays")))
        .collect();
    assert_eq!(found, [(3, true), (5, true)]);
}

#[test]
fn findings_have_a_limit() {
    let found = rendered(&"<x>a</x>\n\n".repeat(1000)).unwrap().findings;
    assert_eq!(found.len(), 101);
    assert!(found[100].message.contains("900"), "{:?}", found[100]);
}
