//! The long texts of the help in English; the Chinese ones are in `texts/help/zh.rs`.

/// Shown at the end of `--help`.
pub const AFTER_HELP: &str = "\
Servers:
  The default is a simulator of WeChat's server that is started for this one command. It is empty each time.
  --api-base URL   a simulator that is running already (`wechat-oa simulator --plain-http`), which keeps its data.
                   The known account is used unless WECHAT_APP_ID and WECHAT_APP_SECRET are set
  --live           WeChat itself, with WECHAT_APP_ID and WECHAT_APP_SECRET from the environment

Output:
  Tables go to stdout, or one JSON document with --json. Files are described, not printed; -o FILE stores them, and -o -
  writes to stdout, which leaves stderr for the rest. An old FILE stays until the new one is whole.
  JSON keys are the WIT's names in snake_case, and enum values are spelled as in the WIT.
  Errors go to stderr. --json makes an error one JSON object with kind, message and exit_code, and with advice,
  errcode, rid, subject and retry_after_seconds if they are known. Errors in the arguments themselves are always text.
  If stdout can't be written, the error has what was done as `result`. Three commands tell more on stderr before the
  end, as one line of JSON with a `status`: `publish submit --wait` and `draft add --publish` the publish-id, and
  `list --all` the number of its calls.
  Control characters are printed as visible escapes.

Input:
  ARTICLE.json and the HTML of `content prepare` are also read from stdin, as `-`. Other input must be a regular file.
  Sizes are limited.

Exit codes:
  0  done
  1  anything else, such as a wait that ended before WeChat had decided
  2  usage: wrong arguments or ARTICLE.json, a missing file, environment variable or --yes, input that the plugin
     refused without asking WeChat, or pictures of an article that are no files beside it
  3  refused: by WeChat (there is an errcode), by its review, or by the plugin's check of a file
  4  network: no answer, a connection that can't be secured (kind tls), a lost answer (kind outcome-unknown: it may
     have been done), or an unreadable one
  128 and more  stopped by a signal (kind interrupted): 129 SIGHUP, 130 SIGINT, 143 SIGTERM. The document of what was
     done until then is printed. An unsafe call that runs is awaited for 5 s; a second signal ends that";

/// Shown in the help of commands that take an ARTICLE.json.
pub const ARTICLE_HELP: &str = r#"ARTICLE.json is an article or a list of them, with the WIT's fields in
snake_case. Unknown fields are refused:
[
  {"type": "news", "title": "…", "content": "<p>…</p>", "thumb_media_id": "…",
   "author": "…", "digest": "…", "content_source_url": "https://…", "product_key": "…",
   "cover_crops": [{"ratio": "wide", "x1": 0, "y1": 0.2, "x2": 1, "y2": 0.8}], "comments": "closed"},
  {"type": "pictures", "title": "…", "content": "…", "image_media_ids": ["…"],
   "cover_crops": [], "comments": "everyone", "product_key": "…"}
]
The first line of each is required, the others are optional. Ratios: wide, square, landscape (pictures only).
Comments: closed (the default), everyone, fans-only.
An article without `type` is read as one of WeChat's own API, and so is the {"articles": …} of a draft/add."#;

/// Shown in the help of commands that take the HTML of an article.
pub const PICTURES_HELP: &str = "\
Pictures:
  A picture of the HTML is uploaded if it is data (`data:`) or a file in the article's own folder or below: `a.jpg`,
  `./img/a.jpg`, `img/my%20picture.png?v=2`, `cid:a.jpg`. Nothing is fetched from elsewhere. No file outside that folder
  is read, neither by `..` nor by an absolute path nor through a symbolic link. The pictures left out are listed on
  stderr, or in `not_read` with --json. WeChat will drop them.
  jpg and png below 1 MB take no storage quota; gif, bmp and larger ones become permanent material, with a media-id.";

/// Shown in the help of `preview`.
pub const PREVIEW_HELP: &str = "\
The first line of output is `preview: http://127.0.0.1:PORT/`. The page is loaded again when the article, one of its
pictures or the theme is saved. Only programs on this machine can reach it, and it reaches nobody. A script in the
article does not run. The dark view is an approximation: WeChat's own is not public here.";

/// Shown in the help of `mcp`.
pub const MCP_HELP: &str = "\
Clients start the program by themselves and talk to it over stdin and stdout, or connect to --http. stdout has the
protocol and nothing else. stderr has a line for each call.
A client may do what the tools can do. Nothing is published without --allow-publish, and no file is read without --root.
HTTP needs a token in WECHAT_MCP_TOKEN, which clients send as `Authorization: Bearer TOKEN`.
The server ends when stdin is closed, after it has answered the calls that it has read, for up to 5 seconds. Then, and
after Ctrl-C at once, it begins no change. One that is under way is awaited: after Ctrl-C for up to 5 seconds.";
