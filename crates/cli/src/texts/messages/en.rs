//! The texts in English.

use wechat_official_account_language::Text;

use super::commands::{Account, Articles, Component, Drafts, Lists, Material, Media, Pictures, Publish};
use super::files::{ArticleFile, Input, Json, Kinds, OsErrors, Output};
use super::program::{Errors, Findings, Mcp, Program, Progress, Running, Target, Usage};
use super::table::Messages;

pub const MESSAGES: Messages = Messages {
    program: Program {
        cannot_start_simulator: Text::new("cannot start the simulator: {0}"),
        cannot_start: Text::new("cannot start: {0}"),
        stopped: Text::new("stopped by {0}"),
        stopped_during: Text::new("stopped by {0}: {1}, as the reply was not there yet"),
        about: Text::new("{0}: {1}"),
        sentences: Text::new("{0} {1}"),
    },
    errors: Errors {
        instance_gone: Text::new("the plugin's instance is gone: {0}"),
        no_instance: Text::new("no instance of the plugin could be made: {0}"),
        stdout_failed: Text::new("{0} (and stdout can't be written: {1})"),
        cannot_write_stdout: Text::new("cannot write to stdout: {0}"),
        it_was_done: "it was done",
        advice: "advice",
        subject: "subject",
        retry: "retry",
        retry_in: Text::new("in {0} s"),
    },
    usage: Usage {
        not_utf8: Text::new(
            "only the names of files may have bytes that are not UTF-8, and another argument has some: {0}",
        ),
        no_host: "give a host, such as mcp.example.com or [::1]",
        no_origin: "give a scheme and a host, such as https://example.com",
        clap: None,
    },
    target: Target {
        live_and_api_base: "--live and --api-base exclude each other",
        trust_alone: "--trust is of use only with --api-base",
        live_needs: Text::new("--live needs {0} and {1} in the environment"),
        own_simulator: Text::new("{0} brings its own simulator: leave out --live and --api-base"),
        would: Text::new("this would {0}, for real and for good. Nothing was done; add --yes to do it"),
        not_utf8: Text::new("{0} in the environment is not UTF-8: set it again"),
        missing: Text::new("{0} is missing in the environment"),
        elsewhere: Text::new("--api-base {0}: give a simulator on this machine, such as http://127.0.0.1:8080"),
        no_certificate: Text::new("cannot read a certificate from {0}: {1}"),
    },
    findings: Findings {
        none: "nothing found",
        columns: ["severity", "article", "finding"],
        of_article: Text::new("article {0}: {1}"),
        by_rules_one: Text::new("{0} finding by WeChat's structure rules; `wechat-oa draft check` lists them"),
        by_rules: Text::new("{0} findings by WeChat's structure rules; `wechat-oa draft check` lists them"),
        error: "error",
        warning: "warning",
        advice: "advice",
    },
    progress: Progress {
        uploading: Text::new("uploading {0} ({1} bytes)"),
        publishing: "publishing",
        wait: "{spinner} {msg}  {wide_bar}  {pos} of {len} s",
        count: "{spinner} {msg}  {wide_bar}  {pos} of at most {len}",
    },
    mcp: Mcp {
        calls: Running {
            what: "what a call was about to change may have been done",
            advice: "Look at the drafts and publications before you repeat it.",
        },
        no_token: Text::new(
            "--http needs a token in the environment variable {0}: {1} ASCII characters or more, without blanks, such \
             as `openssl rand -hex 32` prints",
        ),
        open: Text::new(
            "--http {0} is open to other machines, and the token would cross the network as plain text. Give \
             127.0.0.1 and put a server with TLS before it, or add --allow-remote",
        ),
        cannot_listen_at: Text::new("cannot listen at {0}: {1}"),
        cannot_listen: Text::new("cannot listen: {0}"),
        cannot_serve: Text::new("cannot serve: {0}"),
        cannot_start_thread: Text::new("cannot start a thread: {0}"),
        connection_ended: Text::new("the connection ended: {0}"),
        no_conversation: "the client did not begin a conversation in MCP: `mcp` is for clients that start it; see \
                          --help",
        cannot_open_root: Text::new("cannot open --root {0}: {1}"),
    },
    input: Input {
        unreadable: Text::new("cannot read {0}: {1}"),
        not_utf8: Text::new("cannot read {0}: byte {1} is not UTF-8; save it as UTF-8"),
        not_regular: Text::new("cannot read {0}: it is {1}, and a regular file is needed"),
        too_large: Text::new(
            "cannot read {0}: it has {1} that are read here; WeChat itself takes files of 10485760 bytes at most, and \
             articles of 1048576: give a smaller file",
        ),
        size: Text::new("{0} bytes, more than the {1}"),
        size_beyond: Text::new("more than the {0} bytes"),
        ambiguous: Text::new("could be {0} or {1}, which differ in their Unicode normal form only: rename one"),
    },
    kinds: Kinds {
        fifo: "a FIFO",
        socket: "a socket",
        device: "a device",
        folder: "a folder",
        other: "no file",
    },
    output: Output {
        would_replace: Text::new("{0} would be replaced by the output: give another file"),
        unwritable: Text::new("cannot write {0}: {1}"),
        is_folder: "it is a folder",
        too_many_links: "too many symbolic links",
        media_type: "type",
        name: "name",
        bytes: "bytes",
        stored: "stored",
        not_stored: "no; -o FILE stores it",
        title: "title",
        introduction: "introduction",
    },
    os: OsErrors {
        kinds: &[],
        numbered: Text::new("{0} (os error {1})"),
    },
    article_file: ArticleFile {
        left_out: Text::new("{0} is left out, as it has no effect here"),
        one_expected: Text::new("{0}: one article is expected here, and there are {1}"),
        other_name: Text::new(
            "{0} is no article by its name: these are Markdown (.md, .markdown), HTML (.html, .htm) or ARTICLE.json \
             (.json)",
        ),
        json_expected: Text::new(
            "{0} is not JSON, and ARTICLE.json is needed here; `draft add {0} --update MEDIA_ID` takes Markdown and HTML",
        ),
        not_json: Text::new("not JSON: {0}"),
        article: Text::new("article {0}: "),
        no_list: "`articles` is neither an article nor a list of them",
        beside_articles: Text::new(
            "unknown field `{0}` beside `articles`; the draft and the index of an update are arguments of the command",
        ),
        read_as_wire: Text::new("{0} (read as an article of WeChat's API, as it has no field `type`)"),
        no_thumb: "missing field `thumb_media_id`, the cover of a news article",
        no_fraction: Text::new("{0} is no fraction, such as \"0.166454\""),
        flag: "0 or 1",
        no_crop: Text::new("{0} is \"{1}\", and not four fractions such as 0.1945_0_1_0.5236"),
    },
    json: Json {
        place: None,
        forms: &[],
    },
    account: Account {
        verified: Text::new("app id, secret and IP whitelist are in order; the token is valid for {0} s"),
        token: "token",
        hidden: "hidden, as terminals keep a history; --show prints it",
        seconds_left: "seconds left",
        daily_limit: "daily limit",
        used: "used",
        remaining: "remaining",
        rate_limit: "rate limit",
        rate: Text::new("{0} in {1} s"),
        time: "time",
        milliseconds: "milliseconds",
        caller: "caller",
        query: "query",
        request: "request",
        response: "response",
    },
    material: Material {
        uploading: Running {
            what: "the file may have been stored",
            advice: "Look for it with `material list` before you upload it again: stored files take quota.",
        },
        deleting: Running {
            what: "the material may have been deleted",
            advice: "`material get` tells if it is still there.",
        },
        only_video: "only a video has a title and an introduction",
        delete: Text::new("delete the material {0}"),
        deleted: "deleted",
        images: "images",
        voices: "voices",
        videos: "videos",
        news: "news",
        not_a_file: Text::new("this is {0}, not a file: call again without --output"),
        video_link: "a video's link",
        is_news: "news",
        columns: ["media-id", "name", "updated"],
    },
    media: Media {
        uploading: Running {
            what: "the file may have been stored",
            advice: "Upload it again: WeChat keeps temporary media for 3 days only, and they take no quota of storage.",
        },
        created: "created",
    },
    pictures: Pictures {
        uploading: Running {
            what: "pictures may have been uploaded",
            advice: "Run the command again. Only pictures that became permanent material (`material list`) take quota.",
        },
        uploading_cover: Running {
            what: "the cover may have been stored",
            advice: "Look for it with `material list --kind image`, and give its media-id with --cover-id.",
        },
        being_uploaded: "uploading pictures",
        no_room: Text::new("{0} has {1} bytes, more than an instance has room for: put its pictures beside it"),
        not_read: Text::new("{0} {1}"),
        is_markdown: Text::new(
            "{0} is Markdown by its name, and `content prepare` takes HTML: `draft add {0}` renders it and uploads its pictures",
        ),
        no_folder: "was not read, as the article is not in a file",
        no_file: "is not a file beside the article, and nothing is fetched from elsewhere",
        outside: "leads out of the article's folder, and was not read",
        not_there: "is not there",
        placeholder: "has at most 2 × 2 pixels, which WeChat does not take: take it out",
        undecodable: "can't be decoded",
        unreadable: Text::new("cannot be read: {0}"),
        not_a_file: "is not a file",
        too_large: Text::new("has {0} bytes, and {1} are taken at most"),
        beyond: Text::new(
            "is beyond the {0} bytes of one call; a second `content prepare` of the written HTML takes it",
        ),
        stored: "stored",
        none: "no pictures",
        columns: ["picture", "outcome", ""],
        takes_quota: Text::new("  takes storage quota, media-id {0}"),
        kept: "on WeChat's hosts already",
        unsure: "on another host of Tencent's: look at the draft",
        elsewhere: "WeChat will drop it",
        alternatives: Text::new("  further addresses left out: {0}"),
        cover: "cover",
        failed: Text::new("pictures that could not be uploaded: {0} of {1}; the first"),
        dropped: Text::new(
            "pictures that WeChat will drop, as they are neither data nor files that could be read beside the article: \
             {0} of {1}",
        ),
        no_cover: "no cover",
        no_cover_picture: "no cover, as no picture was uploaded that could become one: `draft add` takes another with \
                           --cover or --cover-id",
    },
    drafts: Drafts {
        adding: Running {
            what: "the draft may have been made",
            advice: "Look for it with `draft list` before you make it again.",
        },
        updating: Running {
            what: "the draft may have been updated",
            advice: "`draft get` tells. To update it again does no harm.",
        },
        deleting: Running {
            what: "the draft may have been deleted",
            advice: "`draft get` tells if it is still there.",
        },
        delete: Text::new("delete the draft {0}"),
        deleted: "deleted",
        updated: "updated",
        no_article: "there is no article",
        refused_one: Text::new("{0} error: draft add would refuse this"),
        refused: Text::new("{0} errors: draft add would refuse this"),
        unread: Text::new("the draft is made, but can't be read back to compare it: {0}"),
        missing: "the article is missing in the stored draft",
    },
    publish: Publish {
        submitting: Running {
            what: "the draft may have been submitted, and will be published then",
            advice: "Look with `publish list` and `draft list` before you submit it again: a published draft is gone.",
        },
        deleting: Running {
            what: "the publication may have been deleted",
            advice: "`publish get` tells if it is still there.",
        },
        publish: Text::new("publish the draft {0}"),
        delete: Text::new("delete {0} of the publication {1}"),
        every_article: "every article",
        one_article: Text::new("the article at index {0}"),
        deleted: Text::new("deleted {0}"),
        undecided: Text::new(
            "not decided within the time given: wait again with `publish wait {0}`, and do not submit again",
        ),
        draft_stored: Text::new("The draft {0} is stored: do not add it again."),
        draft_unpublished: Text::new(
            "The draft {0} is stored: publish it with `publish submit {0} --wait`, and do not add it again.",
        ),
        submitted: Text::new(
            "The article is submitted: wait again with `publish wait {0}`, and do not submit it again.",
        ),
        undocumented: Text::new("ended in status {0}, which WeChat does not document"),
        not_public: Text::new("it is not public: {0}"),
        status: "status",
        article: "article",
        code: "code",
    },
    articles: Articles {
        article: "article",
        kind: "type",
        title: "title",
        author: "author",
        digest: "digest",
        original: "original",
        cover: "cover",
        pictures: "pictures",
        comments: "comments",
        deleted: "deleted",
        yes: "yes",
        no: "no",
    },
    lists: Lists {
        titles: "titles",
        updated: "updated",
        shown: Text::new("{0} of {1}"),
        calls: Text::new("{0} of {1} items take {2} calls"),
        calls_of_quota: Text::new("{0} of {1} items take {2} calls; WeChat allows {3} a day"),
        too_many_calls: Text::new(
            "{0}. Only the first of them was made; --limit N lists fewer, and --yes makes them all the same",
        ),
        missing_one: Text::new("WeChat counts {0} item more than it listed: added meanwhile, or its count is wrong"),
        missing: Text::new("WeChat counts {0} items more than it listed: added meanwhile, or its count is wrong"),
        incomplete: "not all items could be listed",
    },
    component: Component {
        other_plugin: "this component has the plugin inside that was built with this program. For the plugin of \
                       --plugin, write the component with --alone, and compose the two with `compose`",
        cannot_compose: Text::new("cannot compose {0}: {1}"),
        written: Text::new("{0} bytes in {1}"),
    },
};
