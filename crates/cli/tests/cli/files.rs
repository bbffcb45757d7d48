//! The promise: files, account data and the component are written as they are.

use std::path::Path;

use serde_json::{Value, json};
use wechat_official_account_component as component;

use crate::support::{
    APP_ID, APP_SECRET, FAKE_SECRET, Running, assert_fails, fixture, parsed, program, run, stderr, stdout, succeeded,
    temporary, text,
};

#[test]
fn files_are_uploaded_and_fetched_unchanged() {
    let simulator = Running::start(&["--plain-http"]);
    let original = std::fs::read(fixture("thumb.jpg")).unwrap();

    let stored = temporary("material.jpg");
    let path = stored.to_str().unwrap();
    let thumb = simulator.ask(&["material", "upload", &fixture("thumb.jpg"), "--kind", "thumb"]);
    let got = simulator.ask(&["material", "get", text(&thumb, "media_id"), "-o", path]);
    assert_eq!(
        (text(&got["file"], "media_type"), &got["file"]["bytes"]),
        ("image/jpeg", &json!(original.len()))
    );
    assert_eq!(std::fs::read(&stored).unwrap(), original);

    let stored = temporary("media.jpg");
    let path = stored.to_str().unwrap();
    let media = simulator.ask(&["media", "upload", &fixture("thumb.jpg"), "--kind", "image"]);
    let output = simulator.run(&["media", "get", text(&media, "media_id"), "-o", path]);
    assert!(succeeded(&output).contains(path));
    assert_eq!(std::fs::read(&stored).unwrap(), original);

    let video = fixture("video.mp4");
    let video = [
        "material",
        "upload",
        &video,
        "--kind",
        "video",
        "--title",
        "短片 🎬",
        "--introduction",
        "介绍",
    ];
    let video = simulator.ask(&video);
    let video = text(&video, "media_id");
    let link = simulator.ask(&["material", "get", video]);
    assert_eq!(text(&link["video"], "title"), "短片 🎬");
    assert_fails(
        &simulator.run(&["material", "get", video, "-o", path]),
        1,
        &["not a file"],
    );

    let picture = simulator.ask(&["material", "upload", &fixture("article.png"), "--kind", "article-image"]);
    assert!(text(&picture, "url").starts_with("http") && picture["media_id"].is_null());

    let counts = json!({"image": 0, "voice": 0, "video": 1, "news": 0});
    assert_eq!(simulator.ask(&["material", "counts"]), counts);
    let list = simulator.ask(&["material", "list", "--kind", "video"]);
    assert_eq!(text(&list["items"][0], "media_id"), video);
    simulator.ask(&["material", "delete", video]);
    assert_fails(&simulator.run(&["material", "get", video]), 3, &["40007"]);
}

#[cfg(unix)]
#[test]
fn the_old_file_stays_until_the_new_one_is_whole() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let simulator = Running::start(&["--plain-http"]);
    let original = std::fs::read(fixture("thumb.jpg")).unwrap();
    let thumb = simulator.ask(&["material", "upload", &fixture("thumb.jpg"), "--kind", "thumb"]);
    let get = ["material", "get", text(&thumb, "media_id"), "-o"];
    let fetch = |to: &str| simulator.run(&[&get[..], &[to]].concat());
    let folder = temporary("replaced");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let names = || {
        let entries = std::fs::read_dir(&folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();

    // Through a link, with the permissions of the old file, and seen by nobody before it is whole.
    std::fs::write(path("old"), "old").unwrap();
    std::fs::set_permissions(path("old"), std::fs::Permissions::from_mode(0o604)).unwrap();
    symlink("old", path("link")).unwrap();
    let reader = std::fs::File::open(path("old")).unwrap();
    succeeded(&fetch(&path("link")));
    assert_eq!(std::fs::read(path("old")).unwrap(), original);
    assert_eq!(
        std::fs::metadata(path("old")).unwrap().permissions().mode() & 0o777,
        0o604
    );
    assert!(std::fs::symlink_metadata(path("link")).unwrap().is_symlink());
    assert_eq!(std::io::read_to_string(reader).unwrap(), "old");

    // After a failure the old one is there, and nothing else.
    std::fs::write(path("old"), "old").unwrap();
    assert_fails(
        &simulator.run(&["material", "get", "no-such", "-o", &path("old")]),
        3,
        &[],
    );
    assert_fails(
        &simulator.run(&["material", "get", "no-such", "-o", &path("new")]),
        3,
        &[],
    );
    assert_eq!(std::fs::read_to_string(path("old")).unwrap(), "old");
    assert_eq!(names(), ["link", "old"]);
    assert_fails(&fetch(folder.to_str().unwrap()), 1, &["it is a folder"]);
    assert_fails(&fetch(&path("none/new")), 1, &["cannot write"]);

    // Stdout has the file alone.
    for name in ["-", "/dev/stdout"] {
        let output = fetch(name);
        assert_fails(&output, 0, &["image/jpeg"]);
        assert_eq!(output.stdout, original, "{name}");
    }
    assert_eq!(names(), ["link", "old"]);
    #[cfg(target_os = "linux")]
    {
        assert_fails(&fetch("/dev/full"), 1, &["cannot write /dev/full"]);
        succeeded(&fetch("/dev/null"));
    }
    // A FIFO is opened once, and its reader gets the file.
    let fifo = path("fifo");
    crate::support::make_fifo(&fifo);
    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || std::fs::read(fifo).unwrap()
    });
    succeeded(&fetch(&fifo));
    assert_eq!(reader.join().unwrap(), original);
}

#[test]
fn account_commands_show_token_quota_and_requests() {
    let simulator = Running::start(&["--plain-http"]);
    assert_eq!(simulator.ask(&["account", "verify"]), json!({"seconds_left": 7200}));
    let token = simulator.ask(&["account", "access-token"]);
    assert!(text(&token, "value").len() > 100);
    let quota = simulator.ask(&["account", "quota", "/cgi-bin/draft/count"]);
    assert_eq!(quota["used"], 0);
    succeeded(&simulator.run(&["draft", "count"]));
    let quota = simulator.ask(&["account", "quota", "/cgi-bin/draft/count"]);
    assert_eq!(quota["used"], 1);

    let refused = simulator.run(&["--json", "draft", "get", "no-such-draft"]);
    let refused: Value = serde_json::from_str(stderr(&refused)).unwrap();
    let record = simulator.ask(&["account", "explain", text(&refused, "rid")]);
    assert!(text(&record, "request_body").contains("no-such-draft"));

    let card = simulator.ask(&["draft", "product-card", "1000000000", "--card-type", "pictures-bar"]);
    assert!(!text(&card, "product_key").is_empty());

    // Credentials of the environment are used, and refused here. The secret is not printed.
    let mut command = program();
    command.env(APP_ID, "wxfedcba9876543210").env(APP_SECRET, FAKE_SECRET);
    let output = command
        .args(["--api-base", &simulator.base, "account", "verify"])
        .output()
        .unwrap();
    assert_fails(&output, 3, &["40013"]);
    assert!(!stderr(&output).contains(FAKE_SECRET) && !stdout(&output).contains(FAKE_SECRET));
}

#[test]
fn a_running_simulator_over_tls_is_trusted_by_its_certificate_only() {
    let ca = temporary("simulator-ca.pem");
    let ca = ca.to_str().unwrap();
    let simulator = Running::start(&["--ca", ca]);
    assert!(simulator.base.starts_with("https://127.0.0.1:"), "{}", simulator.base);
    succeeded(&simulator.run(&["--trust", ca, "account", "verify"]));
    let untrusted = simulator.run(&["account", "verify"]);
    assert_fails(
        &untrusted,
        4,
        &["could not be secured", "the certificate's issuer is not trusted"],
    );
}

#[test]
fn the_component_is_written_in_each_form_with_its_checksum() {
    let written = |name: &str, arguments: &[&str]| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("from-cli.{name}"));
        let mut all = vec!["--json", "-o", path.to_str().unwrap()];
        all.splice(1..1, arguments.iter().copied());
        let answer = parsed(&run(&all));
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(answer["bytes"], bytes.len());
        let checksum = std::fs::read_to_string(path.with_extension(format!("{name}.sha256")));
        (bytes, answer["sha256"].clone(), checksum)
    };
    let (delivered, sha256, checksum) = written("delivered", &["component"]);
    assert!(delivered == std::fs::read(component::DELIVERED).unwrap());
    assert_eq!(
        checksum.unwrap(),
        format!("{}  from-cli.delivered\n", sha256.as_str().unwrap())
    );
    let (plain, _, checksum) = written("plain", &["component", "--plain"]);
    assert!(plain == std::fs::read(component::PATH).unwrap());
    assert!(checksum.unwrap().ends_with("  from-cli.plain\n"));
    let (code, _, checksum) = written("code", &["precompile"]);
    assert!(!code.is_empty() && checksum.is_err());
    // The component itself, as the user's own: it is written as it is.
    let (own, ..) = written("own", &["--plugin", component::PATH, "component"]);
    assert!(own == plain);
}

#[test]
fn each_component_with_the_plugin_inside_is_written_in_each_form() {
    for (door, paths) in [
        ("--tools", component::TOOLS),
        ("--tools-publish", component::TOOLS_PUBLISH),
        ("--edge", component::EDGE),
    ] {
        for (form, path) in [
            (None, paths.delivered),
            (Some("--plain"), paths.plain),
            (Some("--alone"), paths.alone),
        ] {
            let mut arguments = vec!["component", "-o", "-", door];
            arguments.extend(form);
            let output = run(&arguments);
            assert!(output.status.success(), "{}", stderr(&output));
            assert!(output.stdout == std::fs::read(path).unwrap(), "{arguments:?}");
        }
    }
    assert_fails(&run(&["component", "-o", "-", "--alone"]), 2, &["--tools"]);
    assert_fails(
        &run(&["component", "-o", "-", "--tools", "--tools-publish"]),
        2,
        &["cannot be used with"],
    );
    let own = temporary("own.wasm");
    std::fs::copy(component::PATH, &own).unwrap();
    let own = run(&["--plugin", own.to_str().unwrap(), "component", "-o", "-", "--tools"]);
    assert_fails(&own, 2, &["--alone", "compose"]);
}

#[test]
fn each_component_that_stands_alone_is_written_in_each_form() {
    for (helper, paths) in [("--article", component::ARTICLE), ("--picture", component::PICTURE)] {
        for (form, path) in [(None, paths.delivered), (Some("--plain"), paths.plain)] {
            let mut arguments = vec!["component", "-o", "-", helper];
            arguments.extend(form);
            let output = run(&arguments);
            assert!(output.status.success(), "{}", stderr(&output));
            assert!(output.stdout == std::fs::read(path).unwrap(), "{arguments:?}");
        }
    }
    for more in ["--picture", "--tools"] {
        let both = run(&["component", "-o", "-", "--article", more]);
        assert_fails(&both, 2, &["cannot be used with"]);
    }
    assert_fails(&run(&["component", "-o", "-", "--article", "--alone"]), 2, &["--tools"]);
}

#[test]
fn the_component_on_stdout_has_no_checksum() {
    let output = run(&["component", "-o", "-"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(output.stdout == std::fs::read(component::DELIVERED).unwrap());
    assert!(!Path::new("-.sha256").exists());
}

#[test]
fn a_composition_that_is_not_possible_says_why_and_writes_nothing() {
    let path = temporary("composed.wasm");
    let _ = std::fs::remove_file(&path);
    let path = path.to_str().unwrap();
    let composed = run(&["compose", component::PATH, "-o", path]);
    assert_fails(&composed, 2, &["imports no interface of wechat:official-account/"]);
    assert!(!Path::new(path).exists());
    let composed = run(&["compose", &fixture("cover.jpg"), "-o", path]);
    assert_fails(&composed, 2, &["cover.jpg", "no WebAssembly component"]);
    // The consumer is not replaced by the output.
    let consumer = temporary("consumer.wasm");
    std::fs::copy(component::PATH, &consumer).unwrap();
    let consumer = consumer.to_str().unwrap();
    assert_fails(&run(&["compose", consumer, "-o", consumer]), 2, &["would be replaced"]);
}
