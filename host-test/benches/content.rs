//! The search for an article's pictures, and the check of its HTML: each byte takes the same time, whatever the HTML's
//! length and form.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use wechat_official_account::check;
use wechat_official_account::content::references;
use wechat_official_account::texts::EN;

/// A paragraph and a picture, as editors write them.
const ARTICLE: &str = "<section style=\"margin:0 8px;line-height:1.75;font-size:16px;color:#333;background-color:#fff\">\
    <span leaf=\"\">正文的一段文字，有<strong style=\"color:rgb(217,33,66)\">重点</strong>和数字 123。</span></section>\n\
    <section style=\"text-align:center\" nodeleaf=\"\"><img data-w=\"1080\" src=\"https://mmbiz.qpic.cn/x/0\"></section>\n";

/// HTML as people write it, and HTML made to provoke a loop within a loop: its beginning, the repeated part, and its
/// end.
const KINDS: [(&str, [&str; 3]); 17] = [
    ("styled article", ["", ARTICLE, ""]),
    ("pictures", ["", "<p>text<img src=a.jpg alt=x></p>\n", ""]),
    ("open quotes", ["", "<img src='a ", ""]),
    ("open tags", ["", "<a", ""]),
    ("open elements", ["", "<section><p><b>", ""]),
    ("declarations", ["<p style='", "color:red;a:b;", "'>"]),
    ("open comments", ["", "<!--", ""]),
    ("open scripts", ["", "<script><!--<script>", ""]),
    ("attributes", ["<img ", "src=a href=b style=c ", ">"]),
    ("srcset", ["<img srcset='", "a, ", "'>"]),
    ("commas in srcset", ["<img srcset='", "a,,,, ", "'>"]),
    ("url()", ["<p style=\"", "url(a)&amp;", "\">"]),
    ("open url()", ["<p style=\"", "url('", "\">"]),
    ("CSS escapes", ["<p style='a:url(", "\\61 ", ")'>"]),
    ("named references", ["<img src='", "&rcub;", "'>"]),
    ("references", ["<img src='", "&#x1", "'>"]),
    ("data", ["<img src='data:image/png;base64,", "A", "'>"]),
];

fn html(criterion: &mut Criterion) {
    for (name, [begin, unit, end]) in KINDS {
        let mut group = criterion.benchmark_group(format!("HTML, {name}"));
        group.sample_size(10);
        for length in [1_000, 10_000, 100_000, 1_000_000] {
            let html = format!("{begin}{}{end}", unit.repeat(length / unit.len()));
            group.throughput(Throughput::Bytes(html.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(length), &html, |bencher, html| {
                bencher.iter(|| (references(black_box(html)), check::content(&EN, "", html)));
            });
        }
    }
}

criterion_group!(benches, html);
