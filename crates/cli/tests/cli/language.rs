//! The promise: the program speaks the language that was asked for, and a program that reads JSON is told in English
//! unless it asks for another.

use std::process::Output;

use serde_json::{Value, json};

use crate::support::{
    Running, article, assert_fails, fixture, path_in, program, run, stderr, stdout, succeeded, temporary, text, written,
};

/// Fails if a text has three English words in a row outside of code in backticks, or no Chinese at all.
#[track_caller]
fn assert_chinese(output: &str) {
    let prose: Vec<&str> = output.split('`').step_by(2).collect();
    let prose = prose.join(" ` ");
    let is_word = |word: &str| {
        let word = word.trim_matches([',', '.', ':', ';', '\'', '(', ')']);
        word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'')
    };
    for line in prose.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let english = words.windows(3).find(|words| words.iter().all(|word| is_word(word)));
        assert_eq!(english, None, "{line}");
    }
    let is_chinese = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    assert!(output.is_empty() || output.contains(is_chinese), "{output}");
}

#[track_caller]
fn assert_all_chinese(output: &Output) {
    assert_chinese(stdout(output));
    assert_chinese(stderr(output));
}

#[test]
fn every_help_is_in_chinese() {
    let mut paths = vec![String::new()];
    let mut seen = 0;
    while let Some(path) = paths.pop() {
        seen += 1;
        let mut arguments = vec!["--lang", "zh"];
        arguments.extend(path.split_whitespace());
        arguments.push("--help");
        let output = run(&arguments);
        let help = succeeded(&output);
        // The simulator's options are those of its own program.
        if path.trim() == "simulator" {
            continue;
        }
        assert_chinese(help);
        for word in [
            "Usage:",
            "Commands:",
            "Options:",
            "Arguments:",
            "[default",
            "possible values",
            "Print",
        ] {
            assert!(!help.contains(word), "{word} in {help}");
        }
        let commands = help.split_once("命令:\n").map(|(_, commands)| commands);
        for line in commands
            .into_iter()
            .flat_map(str::lines)
            .take_while(|line| !line.is_empty())
        {
            let name = line.split_whitespace().next().unwrap();
            if name != "help" {
                paths.push(format!("{path} {name}"));
            }
        }
    }
    // Under another heading, the commands would not be found.
    assert!(seen > 30, "{seen}");
    let short = run(&["--lang", "zh", "material", "upload", "-h"]);
    assert!(succeeded(&short).contains("[可用的值：image, voice, video, thumb, article-image]"));
}

#[test]
fn errors_of_the_arguments_are_in_chinese() {
    let bad = written("language-bad.json", &json!({ "type": "news", "titel": "t" }));
    let wire = written(
        "language-wire.json",
        &json!({ "title": "t", "content": "c", "need_open_comment": 2 }),
    );
    let lists = written("language-lists.json", &json!([{ "type": "news" }]));
    let cover = temporary("language-folder");
    std::fs::create_dir_all(&cover).unwrap();
    let cover = cover.to_str().unwrap();
    for (arguments, words) in [
        (["no-such-command"].as_slice(), "没有子命令 'no-such-command'"),
        (&["drat"], "'draft'"),
        (&[], "需要一个子命令"),
        (&["draft", "get"], "<ID>"),
        (&["draft", "list", "--cuont", "3"], "'--count'"),
        (&["draft", "list", "--count", "x"], "不是整数"),
        (&["draft", "list", "--count"], "需要一个值"),
        (&["draft", "list", "--json", "--json"], "只能使用一次"),
        (&["draft", "list", "--limit", "3", "--offset", "3", "--all"], "--offset"),
        (&["material", "list", "--kind", "x"], "'image'"),
        (&["mcp", "--http", "x"], "IP 地址和端口"),
        (
            &["mcp", "--http", "127.0.0.1:0", "--allow-origin", "x"],
            "https://example.com",
        ),
        (&["publish", "delete", "A"], "--all|--index"),
        (
            &["material", "upload", "x.jpg", "--kind", "image", "--title", "t"],
            "只有视频",
        ),
        (
            &["material", "upload", "/no/such.jpg", "--kind", "image"],
            "/no/such.jpg：文件或文件夹不存在",
        ),
        (&["material", "upload", cover, "--kind", "image"], "文件夹"),
        (&["draft", "check", &bad], "未知字段 `titel`"),
        (&["draft", "check", &wire], "0 或 1"),
        (&["draft", "check", &lists], "文章 0：缺少字段 `title`"),
        (
            &["content", "prepare", "/no/such.html", "-o", "out.html"],
            "/no/such.html",
        ),
        (&["component", "-o", cover], "无法写入"),
        (&["--live", "draft", "count"], "WECHAT_APP_SECRET"),
        (
            &["--live", "draft", "count", "--api-base", "http://127.0.0.1:1"],
            "不能同时使用",
        ),
        (&["--api-base", "https://api.weixin.qq.com", "draft", "count"], "本机"),
        (&["--api-base", "http://127.0.0.1:1", "simulator"], "自带模拟器"),
        (&["--trust", "ca.pem", "draft", "count"], "--api-base"),
        (&["mcp", "--http", "--allow-remote"], "openssl"),
    ] {
        let output = program().args(["--lang", "zh"]).args(arguments).output().unwrap();
        let error = stderr(&output);
        assert!(
            !output.status.success() && error.starts_with("错误：") && error.contains(words),
            "{error}"
        );
        assert_all_chinese(&output);
        // The exit code is the same in both languages.
        assert_eq!(run(arguments).status.code(), output.status.code(), "{arguments:?}");
    }
}

#[test]
fn results_are_in_chinese() {
    let simulator = Running::start(&["--plain-http"]);
    let ask = |arguments: &[&str]| {
        let output = simulator.run(&[["--lang", "zh"].as_slice(), arguments].concat());
        assert_all_chinese(&output);
        output
    };
    let succeed = |arguments: &[&str]| succeeded(&ask(arguments)).to_owned();
    assert!(succeed(&["account", "verify"]).contains("均正常"));
    assert!(succeed(&["account", "access-token"]).contains("剩余秒数"));
    assert!(succeed(&["account", "quota", "/cgi-bin/draft/add"]).contains("每日上限"));

    let cover = fixture("photo-1.jpg");
    let upload = simulator.ask(&["material", "upload", &cover, "--kind", "image"]);
    let cover = text(&upload, "media_id");
    assert!(succeed(&["material", "get", cover]).contains("用 -o FILE 保存"));
    assert!(succeed(&["material", "list", "--kind", "image"]).ends_with("显示 1 条，共 1 条\n"));
    succeed(&["material", "counts"]);

    let folder = article("language", "<p>正文</p><img src=img/none.png>");
    let out = path_in(&folder, "out.html");
    let output = ask(&["content", "prepare", &path_in(&folder, "article.html"), "-o", &out]);
    assert_fails(&output, 2, &["警告：", "1 张图片中有 1 张会被微信丢弃"]);

    let news = json!({ "type": "news", "title": "标题", "content": "<p>正文</p>", "thumb_media_id": cover });
    let file = written("language-article.json", &news);
    let added = simulator.ask(&["draft", "add", &file]);
    let draft = text(&added, "media_id");
    assert!(succeed(&["draft", "get", draft]).contains("留言"));
    assert!(succeed(&["draft", "list"]).contains("更新时间"));
    let published = ask(&["publish", "submit", draft, "--wait"]);
    assert!(succeeded(&published).contains("状态"));
    let all = ask(&["publish", "list", "--all"]);
    assert!(stderr(&all).contains("微信每天允许 100 次"));
    let article_id = stdout(&all)
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        succeed(&["publish", "delete", &article_id, "--index", "0"]),
        "已删除下标为 0 的文章\n"
    );
}

#[test]
fn the_environment_chooses_unless_an_option_or_json_does() {
    let ask = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = program();
        command.envs(variables.iter().copied()).args(arguments);
        let output = command.args(["draft", "check", "/no/such.json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        stderr(&output).to_owned()
    };
    let (chinese, english) = (("LANG", "zh_CN.UTF-8"), "cannot read");
    for (variables, arguments) in [
        ([chinese].as_slice(), [].as_slice()),
        (&[chinese, ("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "C")], &[]),
        (&[chinese, ("LC_ALL", "")], &[]),
        (&[("LC_ALL", "C")], &["--lang", "zh"]),
        (&[], &["--lang=zh"]),
        (&[], &["--json", "--lang", "zh"]),
    ] {
        let error = ask(variables, arguments);
        assert!(error.contains("无法读取"), "{variables:?} {arguments:?}: {error}");
    }
    for (variables, arguments) in [
        ([].as_slice(), [].as_slice()),
        (&[("LANG", "de_DE.UTF-8")], &[]),
        (&[chinese, ("LC_ALL", "C")], &[]),
        (&[chinese], &["--lang", "en"]),
        (&[chinese], &["--json"]),
    ] {
        let error = ask(variables, arguments);
        assert!(error.contains(english), "{variables:?} {arguments:?}: {error}");
    }
}

#[test]
fn kinds_and_keys_are_the_same_in_both_languages() {
    let error = |lang: &str| -> Value {
        let output = run(&["--json", "--lang", lang, "draft", "check", "/no/such.json"]);
        serde_json::from_str(stderr(&output)).unwrap()
    };
    let (english, chinese) = (error("en"), error("zh"));
    assert_chinese(text(&chinese, "message"));
    assert_eq!(text(&english, "kind"), text(&chinese, "kind"));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&english), keys(&chinese));
}
