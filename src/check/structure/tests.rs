//! The examples of `docs/article-rules.md`, and HTML that is made to cost much.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::*;
use crate::bindings::types::{Finding, Severity};
use crate::texts::EN;

const PAGE: &str = include_str!("../../../docs/article-rules.md");

fn findings(html: &str) -> Vec<Finding> {
    let mut report = Report::new(&EN);
    check(&mut report, html);
    report.findings
}

/// Returns the rule of each finding, and `data-w` for the one without.
fn rules(html: &str) -> Vec<String> {
    let rule = |finding: Finding| finding.rule.unwrap_or_else(|| "data-w".to_owned());
    findings(html).into_iter().map(rule).collect()
}

/// An example on the page: the first word of the heading above, whether it is a bad one, and its HTML.
fn examples() -> Vec<(&'static str, bool, &'static str)> {
    let mut rule = "";
    let mut examples = Vec::new();
    let mut rest = PAGE;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if let Some(heading) = line.strip_prefix("### ") {
            rule = heading.split(' ').next().unwrap();
        }
        if let Some(kind) = line.strip_prefix("```html ") {
            assert!(["bad", "good"].contains(&kind), "{kind}");
            let (html, after) = rest.split_once("```\n").unwrap();
            examples.push((rule, kind == "bad", html));
            rest = after;
        }
    }
    examples
}

#[test]
fn each_bad_example_breaks_its_rule_alone() {
    for (rule, _, html) in examples().into_iter().filter(|(_, bad, _)| *bad) {
        let found: BTreeSet<String> = rules(html).into_iter().collect();
        assert_eq!(found, BTreeSet::from([rule.to_owned()]), "{html}");
    }
}

#[test]
fn no_good_example_breaks_a_rule() {
    for (rule, _, html) in examples().into_iter().filter(|(_, bad, _)| !bad) {
        assert_eq!(rules(html), [""; 0], "{rule}: {html}");
    }
}

#[test]
fn each_rule_has_a_bad_and_a_good_example() {
    let with = |bad: bool| -> BTreeSet<&str> {
        let examples = examples().into_iter().filter(|(_, is_bad, _)| *is_bad == bad);
        examples.map(|(rule, _, _)| rule).collect()
    };
    let all: BTreeSet<&str> = advice::numbers().chain(["data-w"]).collect();
    assert_eq!((with(true), with(false)), (all.clone(), all));
}

#[test]
fn a_finding_names_its_rule_and_its_element() {
    let findings = findings("<p>a</p><p style='text-align:END ! important'>b</p>");
    let [finding] = findings.as_slice() else {
        panic!("{findings:?}")
    };
    assert_eq!(finding.severity, Severity::Advice);
    assert_eq!(finding.field, "content");
    assert!(finding.figure.is_none());
    assert_eq!(finding.rule.as_deref(), Some("1.6"));
    assert_eq!(
        finding.element.as_deref(),
        Some("<p style='text-align:END ! important'>")
    );
    assert!(finding.message.starts_with("content breaks rule 1.6: text-align is"));
}

/// HTML with the rules that it breaks, beyond the examples of the page.
#[test]
fn rules_hold_in_other_forms() {
    let long = "写".repeat(60);
    for (html, expected) in [
        // 1.1: whatever is visible between the two parts them.
        (
            "<img data-w=1 style='opacity:0%'><br><svg style='background:url(a)'></svg>",
            &["1.1"][..],
        ),
        (
            "<img data-w=1 style=opacity:.0><img class=ProseMirror-separator>\
             <svg style='background:#fff url(a)'></svg>",
            &["1.1"],
        ),
        (
            "<img data-w=1 style=opacity:0>字<svg style='background:url(a)'></svg>",
            &[],
        ),
        (
            "<img data-w=1 style=opacity:0><img data-w=1><svg style='background:url(a)'></svg>",
            &[],
        ),
        ("<img data-w=1 style=opacity:0><svg></svg>", &[]),
        (
            "<img data-w=1 style=opacity:0.01><svg style='background:url(a)'></svg>",
            &[],
        ),
        // 1.2
        ("<p style=caret-color:TRANSPARENT>", &["1.2"]),
        ("<p style=caret-color:#0000>", &["1.2"]),
        ("<p style='caret-color:hsl(1 2% 3% / 0%)'>", &["1.2"]),
        ("<p style='caret-color:rgba(0,0,0,.1)'>", &[]),
        ("<p style='caret-color:auto'>", &[]),
        ("<p title='caret-color:transparent'>", &[]),
        ("<p style='caret-color:red !important;caret-color:transparent'>", &[]),
        // 1.3
        ("<section style='line-height:0.8em'>一<br>二</section>", &["1.3"]),
        ("<section style='line-height:90%'>一<br>二</section>", &["1.3"]),
        (
            "<section style='line-height:12px;font-size:20px'>一<br>二</section>",
            &["1.3"],
        ),
        ("<section style='font:20px/.5 a'>一<br>二</section>", &["1.3", "3"]),
        (
            "<section style='line-height:10px'><p style='font-size:20px'>一</p><p>二</p></section>",
            &["1.3"],
        ),
        (
            "<p style='line-height:0'><span style='font-size:14px'>一<br>二</span></p>",
            &["1.3"],
        ),
        (
            "<section style='line-height:0;font-size:0'><p style='font-size:16px'>一</p>\
             <p style='font-size:16px'>二</p></section>",
            &["1.3"],
        ),
        ("<section style='line-height:0'><p>&nbsp;</p><p>二</p></section>", &[]),
        ("<section style='line-height:0'>一<br><br></section>", &[]),
        ("<section style='line-height:0;font-size:0'>一<br>二</section>", &[]),
        (
            "<section style='line-height:0'><section style='display:inline-block'>一</section>\
             <section style='display:inline-block'>二</section></section>",
            &[],
        ),
        (
            "<section style='line-height:0;display:flex'><section>一</section><section>二</section></section>",
            &[],
        ),
        (
            "<section style='line-height:0'><p><span style='line-height:1.5'>一<br>二</span></p></section>",
            &[],
        ),
        ("<section style='line-height:1'>一<br>二</section>", &[]),
        ("<section style='line-height:-1'>一<br>二</section>", &[]),
        (
            "<section style='line-height:0'><svg><text>一</text><text>二</text></svg></section>",
            &[],
        ),
        ("<section style='line-height:0;display:none'>一<br>二</section>", &[]),
        ("<p><span style='line-height:0'>一<br>二</span></p>", &[]),
        // 1.4
        ("<section style='width:300px'>字</section>", &["1.4"]),
        ("<section style='width:225pt'><img data-w=1></section>", &["1.4"]),
        ("<section style='width:20em'>字</section>", &["1.4"]),
        (
            "<section style='inline-size:586px;max-width:none'>字</section>",
            &["1.4"],
        ),
        ("<section style='min-width:400px'>字</section>", &["1.4"]),
        ("<span style='width:586px;display:inline-block'>字</span>", &["1.4"]),
        ("<table width=600><tr><td>字</table>", &["1.4"]),
        (
            "<table><colgroup><col width=200><col width=200></colgroup><tr><td>字</table>",
            &["1.4"],
        ),
        (
            "<table><tbody><tr><td data-colwidth='100,150'><td style=width:200px>字<tr><td width=400>",
            &["1.4"],
        ),
        ("<section style='margin:0 0 0 300px'>字</section>", &["1.4"]),
        ("<section style='padding-left:20em'>字</section>", &["1.4"]),
        (
            "<section style='transform:scale(1) translate3d(-320px, 0, 0)'>字</section>",
            &["1.4"],
        ),
        ("<section style='width:299px'>字</section>", &[]),
        ("<section style='width:586px'></section>", &[]),
        ("<section style='width:586px'><br>&nbsp;</section>", &[]),
        ("<span style='width:586px'>字</span>", &[]),
        ("<section style='width:586px;display:inline'>字</section>", &[]),
        ("<img data-w=1 style='width:677px'>", &[]),
        ("<section style='width:100%;width:auto'>字</section>", &[]),
        ("<section style='width:586px;max-inline-size:95%'>字</section>", &[]),
        ("<section style='transform:translateY(400px)'>字</section>", &[]),
        (
            "<table><tr><td width=187><td width=187>字<tr><td width=187><td width=187>字</table>",
            &[],
        ),
        ("<table width='100%'><tr><td width='50%'>字</table>", &[]),
        ("<table data-ignore-width><tr><td width=400>字</table>", &[]),
        ("<svg><foreignObject style='width:586px'>字</foreignObject></svg>", &[]),
        // 1.5.1
        ("<section style='height:0.0em!important'>字</section>", &["1.5.1"]),
        (
            "<section style='height:0%'><section><strong>&lt;</strong></section></section>",
            &["1.5.1"],
        ),
        (
            "<section><section style=height:0>字</section></section><section><svg><animate></svg></section>",
            &["1.5.1"],
        ),
        (
            "<section><section style=height:0>字</section><svg><animate/></svg></section>",
            &[],
        ),
        ("<section style=height:0>字<svg><g><set></g></svg></section>", &[]),
        (
            "<section><p><section style=height:0>字</section></p><section><svg><animate></animate></svg>\
             </section></section>",
            &[],
        ),
        ("<section style=height:0><!-- 字 --><br>\u{200B}</section>", &[]),
        ("<section style=height:0><style>字</style></section>", &[]),
        ("<svg style=height:0><text>字</text></svg>", &[]),
        // 1.5.2
        ("<section style='height:1px;overflow:hidden'>字</section>", &["1.5.2"]),
        ("<section style='height:19px'>一<br>二</section>", &["1.5.2"]),
        (
            "<section style='max-height:1em'><p>一</p><p>二</p></section>",
            &["1.5.2"],
        ),
        (
            "<section style='height:19px'>一<br>二<section style='overflow:auto'>三</section></section>",
            &["1.5.2"],
        ),
        (
            "<section style='height:28px;line-height:28px'>一<br>二</section>",
            &["1.5.2"],
        ),
        ("<section style='height:1px'>字</section>", &[]),
        ("<section style='height:28px'>一<br>二</section>", &[]),
        ("<section style='height:19px;overflow:scroll'>一<br>二</section>", &[]),
        (
            "<section style='overflow:auto'><section style='height:19px'>一<br>二</section></section>",
            &[],
        ),
        (
            "<section style='overflow:auto'><section style='height:19px;overflow:hidden'>一<br>二</section></section>",
            &["1.5.2"],
        ),
        (
            "<section style='height:19px'><section style='overflow:auto'>一<br>二</section></section>",
            &[],
        ),
        ("<section style='height:19px;min-height:60px'>一<br>二</section>", &[]),
        ("<section style='height:19px;min-height:50%'>一<br>二</section>", &[]),
        (
            "<section style='height:10px;writing-mode:vertical-rl'>一<br>二</section>",
            &[],
        ),
        (
            "<section style='height:19px;display:flex'><p>一</p><p>二</p></section>",
            &[],
        ),
        ("<span style='height:1px'>一<br>二</span>", &[]),
        ("<table><tr style='height:19.8pt'><td>一<td>二</table>", &[]),
        // 1.6
        ("<td style=text-align:START>", &["1.6"]),
        ("<p style='text-align:start;text-align:left'>", &[]),
        ("<p style='text-align-last:start'>", &[]),
        // 1.7
        ("<svg><animateTransform begin=' 0s; TOUCHSTART+.1s'/></svg>", &["1.7"]),
        (
            "<svg><set begin='a.touchstart'></set><animateMotion begin=touch&#115;tart></svg>",
            &["1.7", "1.7"],
        ),
        (
            "<svg><set begin='a.click;a.touchstart'/><set begin='click'/><set begin/></svg>",
            &[],
        ),
        ("<p begin=touchstart>", &[]),
        // 1.8
        ("<PRE style='white-space:pre'>字</PRE>", &["1.8"]),
        ("<pre><span leaf><span>字</span></span></pre>", &["1.8"]),
        ("<pre style='text-wrap:nowrap'>字</pre>", &["1.8"]),
        ("<pre><section style='white-space:normal'>字</section></pre>", &[]),
        ("<pre style='text-wrap:wrap'>字</pre>", &[]),
        (
            "<pre><span leaf><code>字</code></span></pre><code><pre>字</pre></code>",
            &[],
        ),
        ("<pre> \n<br></pre><p style='white-space:pre'>字</p>", &[]),
        // 2.2 and 2.3
        ("<p><span leaf><section>字</section></span></p>", &["2.2"]),
        ("<span leaf><b><div><p>字</p></div></b></span>", &["2.2"]),
        (
            "<span leaf>字</span><section>字</section><section leaf><p>字</p></section>",
            &[],
        ),
        ("<section nodeleaf>字</section>", &["2.3"]),
        ("<section nodeleaf><img data-w=1><img data-w=1></section>", &["2.3"]),
        ("<section nodeleaf><a><img data-w=1></a></section>", &["2.3"]),
        (
            "<section nodeleaf><mpvoice></mpvoice></section><section nodeleaf><iframe class=video_iframe>\
             </iframe></section>",
            &[],
        ),
        (
            "<section nodeleaf> <img data-w=1><img class='ProseMirror-separator'><br> </section>\
             <section nodeleaf></section>",
            &[],
        ),
        // 3
        ("<p style=\"font:italic 14px/2 'Times New Roman',serif\">", &["3"]),
        ("<font face=宋体>字</font>", &["3"]),
        (
            "<p style='font-family:&quot;mp-quote&quot;,PingFang  SC,system-ui'>",
            &["3"],
        ),
        (
            "<p style='FONT-FAMILY:\"MP-quote\" ,\"PingFang SC\",system-ui,-apple-system,a'>",
            &[],
        ),
        (
            "<p style='font-family:var(--a)'><p style='font-family:'><p face=a>",
            &[],
        ),
        // 4.1.1
        (
            "<section style='color:#fff'><section style='background:#fff'>字</section></section>",
            &["4.1.1"],
        ),
        ("<p style='background:#FFF;color:yellow'>字<b>字</b></p>", &["4.1.1"]),
        (
            "<p style='background:#000;color:rgba(255,255,255,.1)'>字</p>",
            &["4.1.1"],
        ),
        (
            "<p style='background:#fff'><span style='background:rgba(0,0,0,.02);color:#eee'>字</span></p>",
            &["4.1.1"],
        ),
        (
            "<table bgcolor=white><tr><td><font color=#eee>字</font></table>",
            &["4.1.1"],
        ),
        ("<p style='color:#eee'>字</p><p style='background:#111'>字</p>", &[]),
        (
            "<p style='background:#fff;color:#eee'><b style='color:#000'>字</b> <br></p>",
            &[],
        ),
        ("<p style='background:#fff url(a);color:#eee'>字</p>", &[]),
        (
            "<p style='background:#fff;color:#eee'><svg><text>字</text></svg></p>",
            &[],
        ),
        ("<p style='background:#fff;color:#eee'><a href=x>字</a></p>", &[]),
        ("<p style='background:#fff;color:transparent'>字</p>", &[]),
        (
            "<p style='background:#fff;color:#eee'><span data-ignore-dm='x low-contrast'>字</span></p>",
            &[],
        ),
        // 4.1.2
        (
            "<p style='background-image:-webkit-radial-gradient(#fff,#eee);background-color:#fff'>字</p>",
            &["4.1.2"],
        ),
        (
            "<p style='background:repeating-linear-gradient(90deg, #000 1px, #111 2px), #fff'><b>字</b></p>",
            &["4.1.2"],
        ),
        (
            "<p style='background:linear-gradient(#fff,#eee)' data-ignore-dm='text-bg-gradient'>字</p>",
            &[],
        ),
        ("<p style='background:linear-gradient(#fff,#eee),url(a)'>字</p>", &[]),
        (
            "<p style='background:linear-gradient(#fff,#eee);background-image:none'>字</p>",
            &[],
        ),
        // 4.2.2
        ("<p style='position:fixed'>", &["4.2.2"]),
        ("<p style='position:static;background-position:fixed'>", &[]),
        // Never a finding.
        ("<p style='color:red !important'>字</p>", &[]),
        ("", &[]),
    ] {
        assert_eq!(rules(html), expected, "{html}");
    }
    let one_line = format!("<p style='line-height:0'>{}</p>", &long[..40 * 3]);
    assert_eq!(rules(&one_line), [""; 0]);
    assert_eq!(rules(&format!("<p style='line-height:0'>{long}</p>")), ["1.3"]);
    assert_eq!(rules(&format!("<p style='height:15px'>{long}</p>")), ["1.5.2"]);
    assert_eq!(
        rules(&format!(
            "<p style='height:100px;overflow:hidden'>{}</p>",
            long.repeat(10)
        )),
        ["1.5.2"]
    );
    assert_eq!(
        rules(&format!("<p style='height:100px;overflow:hidden'>{long}</p>")),
        [""; 0]
    );
}

#[test]
fn layers_are_alike_by_name_and_style_and_alone() {
    let layers = |count: usize, open: &str, close: &str, inner: &str| {
        rules(&format!("{}{inner}{}", open.repeat(count), close.repeat(count)))
    };
    assert_eq!(layers(10, "<b>", "</b>", "字"), [""; 0]);
    assert_eq!(layers(11, "<b>", "</b>", "字"), ["2.1"]);
    assert_eq!(layers(300, "<b style='color:red'>", "</b>", ""), ["2.1"]);
    assert_eq!(layers(11, "<b> <!-- a --> ", "</b>\n", ""), ["2.1"]);
    assert_eq!(layers(11, "<svg>", "</svg>", "字"), [""; 0]);
    // One of another style, another name, or not alone.
    assert_eq!(layers(10, "<b>", "</b>", "<b style='color:red'>字</b>"), [""; 0]);
    assert_eq!(layers(10, "<b>", "</b>", "<i>字</i>"), [""; 0]);
    assert_eq!(layers(10, "<b>", "</b>", "<b>字</b><b>字</b>"), [""; 0]);
    assert_eq!(layers(10, "<b>", "</b>", "字<b>字</b>"), [""; 0]);
    assert_eq!(layers(10, "<b>", "</b>", "<b>字</b>字"), [""; 0]);
    assert_eq!(layers(10, "<b>", "</b>", "<b>字</b><br>"), [""; 0]);
    // The outermost layer is named, whatever is around it.
    let html = format!("<i><b id=first>{}</b></i>", "<b>".repeat(11));
    let element = findings(&html).pop().unwrap().element;
    assert_eq!(element.as_deref(), Some("<b id=first>"));
}

#[test]
fn an_end_tag_may_be_missing() {
    for (html, expected) in [
        ("<p style=height:0><section>字</section>", &[][..]),
        ("<ul><li style=height:0><li>字</ul>", &[]),
        ("<ul><li style=height:0><ul><li>字</ul><li></ul>", &["1.5.1"]),
        ("<dl><dt style=height:0><dd>字</dl>", &[]),
        (
            "<table><tr><td style=height:0><td>字<tr style=height:0><tr><td>字</table>",
            &[],
        ),
        ("<p style=height:0><table><tr><td><p>字</table>", &[]),
        ("<section style=height:0><p></section>字", &[]),
        ("<section style=height:0></p></b>字</section>", &["1.5.1"]),
        (
            "<section style=height:0><table><td></section>字</table></section>",
            &["1.5.1"],
        ),
        ("<section style=height:0><img data-w=1>字", &["1.5.1"]),
        ("<section style='height:0'/>字", &["1.5.1"]),
        ("<svg><rect/><g style=height:0 /></svg>字", &[]),
    ] {
        assert_eq!(rules(html), expected, "{html}");
    }
}

#[test]
fn pictures_without_a_width_are_one_finding() {
    let found = findings("<img src=a><p><img data-w=1><IMG src=b></p><img class=ProseMirror-separator>");
    let [finding] = found.as_slice() else {
        panic!("{found:?}")
    };
    let figure = finding.figure.unwrap();
    assert_eq!((figure.found, figure.limit), (2, 0));
    assert_eq!((finding.severity, &finding.rule), (Severity::Advice, &None));
    assert_eq!(finding.element.as_deref(), Some("<img src=a>"));
}

#[test]
fn more_than_20_places_are_counted() {
    let found = findings(&"<p style=text-align:end>".repeat(57));
    assert_eq!(found.len(), 20);
    assert!(found[18].figure.is_none() && !found[18].message.contains("57"));
    let figure = found[19].figure.unwrap();
    assert_eq!((figure.found, figure.limit), (57, 20));
    assert!(
        found[19]
            .message
            .ends_with("; 57 places in all, the first 20 are listed")
    );
}

/// A walk that compared each element with each open one would take hours.
#[test]
fn hostile_html_takes_linear_time() {
    let deep = "<b>".repeat(600);
    for (begin, unit) in [
        ("", "<section>"),
        ("", "<p><b>"),
        ("", "<ul><li>字"),
        ("", "<table><tr><td width=400>字"),
        ("", "<section style=height:0>字"),
        ("", "<section><section style=height:0>字</section></section>"),
        ("", "<p style=text-align:end>"),
        ("", "字<br>"),
        ("", "<!--"),
        ("", "<!"),
        ("", "&"),
        (deep.as_str(), "</i>"),
        ("<p style='", "font:1px/1 a;"),
        ("<p style='background:", "red("),
        ("<p style='background:linear-gradient(", "red,"),
        ("<p style='font-family:", "a,"),
        ("<p style='transform:", "translate(1px) "),
    ] {
        let html = format!("{begin}{}", unit.repeat(200_000 / unit.len()));
        let start = Instant::now();
        let found = findings(&html);
        assert!(found.len() <= 20 * 16 + 1);
        assert!(start.elapsed() < Duration::from_secs(60), "{unit}");
    }
}
