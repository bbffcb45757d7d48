//! The help in Chinese.

use super::words::Words;

/// The words of clap in Chinese.
pub const WORDS: Words = Words {
    template: "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
    commands: "命令",
    arguments: "参数",
    options: "选项",
    headings: &[
        ("For HTTP only", "仅用于 HTTP"),
        ("For Markdown and HTML only", "仅用于 Markdown 和 HTML"),
        ("For Markdown only", "仅用于 Markdown"),
    ],
    default: "默认：",
    values: "可用的值：",
    help: "显示帮助",
    help_more: "显示帮助（用 '--help' 查看详细说明）",
    help_less: "显示帮助（用 '-h' 查看摘要）",
    version: "显示版本",
    help_command: "显示程序或某个命令的帮助",
};

/// The end of the help of commands that take an ARTICLE.json.
macro_rules! article_help {
    () => {
        r#"ARTICLE.json 是一篇文章或文章列表，字段名与 WIT 相同，写成 snake_case。不接受未知字段：
[
  {"type": "news", "title": "…", "content": "<p>…</p>", "thumb_media_id": "…",
   "author": "…", "digest": "…", "content_source_url": "https://…", "product_key": "…",
   "cover_crops": [{"ratio": "wide", "x1": 0, "y1": 0.2, "x2": 1, "y2": 0.8}], "comments": "closed"},
  {"type": "pictures", "title": "…", "content": "…", "image_media_ids": ["…"],
   "cover_crops": [], "comments": "everyone", "product_key": "…"}
]
每篇文章第一行的字段必填，其余可选。裁剪比例 ratio：wide、square、landscape（仅限图片消息）。
留言 comments：closed（默认，关闭）、everyone（所有人）、fans-only（仅粉丝）。
没有 `type` 的文章按微信接口的格式读取，也可以直接使用 draft/add 的请求体 {"articles": …}。"#
    };
}

/// The end of the help of commands that take the HTML of an article.
macro_rules! pictures_help {
    () => {
        "\
图片：
  HTML 中的图片如果是内嵌数据（`data:`），或是文章所在文件夹及其子文件夹中的文件，就会上传：`a.jpg`、`./img/a.jpg`、
  `img/my%20picture.png?v=2`、`cid:a.jpg`。不会从网络下载图片，也不会读取该文件夹以外的文件：`..`、绝对路径和符号链接
  都不行。未读取的图片会列在标准错误中，使用 --json 时列在 `not_read` 中；这些图片会被微信丢弃。
  小于 1 MB 的 jpg 和 png 不占用存储额度；gif、bmp 和更大的图片会成为永久素材，并得到 media-id。"
    };
}

/// The texts by their places.
pub const HELP: &[(&str, &str)] = &[
    ("", "微信公众号插件的命令行工具"),
    (
        "@after",
        "\
服务器：
  默认为本次命令启动一个微信服务器的模拟器，每次都是空的。
  --api-base URL   使用已在运行的模拟器（`wechat-oa simulator --plain-http`），数据会保留。
                   未设置 WECHAT_APP_ID 和 WECHAT_APP_SECRET 时使用内置账号
  --live           直接调用微信，需要环境变量 WECHAT_APP_ID 和 WECHAT_APP_SECRET

输出：
  表格写入标准输出；使用 --json 时改为一个 JSON 文档。文件只显示说明，不显示内容；-o FILE 保存文件，-o - 写入标准输出，
  此时其余内容写入标准错误。新文件写完之前，旧的 FILE 会一直保留。
  JSON 的键是 WIT 中的名称，写成 snake_case；枚举值的写法与 WIT 相同。
  错误写入标准错误。使用 --json 时，错误是一个 JSON 对象，含 kind、message 和 exit_code，以及已知的 advice、errcode、
  rid、subject 和 retry_after_seconds。参数本身的错误始终是文本。
  标准输出无法写入时，错误中的 `result` 是已完成的内容。有三个命令会提前在标准错误中输出一行带 `status` 的 JSON：
  `publish submit --wait` 和 `draft add --publish` 输出 publish-id，`list --all` 输出调用次数。
  控制字符显示为可见的转义序列。

输入：
  ARTICLE.json 和 `content prepare` 的 HTML 可以用 `-` 从标准输入读取。其他输入必须是普通文件。大小有上限。

退出码：
  0  成功
  1  其他情况，例如等待结束时微信还没有给出结果
  2  用法错误：参数或 ARTICLE.json 有误，缺少文件、环境变量或 --yes，插件未请求微信就拒绝的输入，
     或文章中的图片不是文章旁的文件
  3  被拒绝：被微信拒绝（有 errcode）、审核未通过，或未通过插件对文件的检查
  4  网络：没有响应、无法建立安全连接（kind 为 tls）、响应丢失（kind 为 outcome-unknown，操作可能已经执行），
     或响应无法解析
  128 以上  被信号中止（kind 为 interrupted）：129 SIGHUP、130 SIGINT、143 SIGTERM。会输出到此为止已完成的内容。
     正在进行且不能重复的调用会等待 5 秒，再发一次信号则立即结束",
    ),
    // Options of every command.
    (
        "--live",
        "直接调用微信，需要环境变量 WECHAT_APP_ID 和 WECHAT_APP_SECRET",
    ),
    ("--api-base", "使用本机已在运行的模拟器，例如 http://127.0.0.1:8080"),
    (
        "--trust",
        "信任 `simulator --ca FILE` 写出的证书（PEM），与 --api-base 一起使用",
    ),
    ("--plugin", "要运行的组件 [默认：随本程序构建的组件]"),
    (
        "--no-force-token",
        "不强制刷新 access_token：适合与其他程序共用 access_token 的账号。需要强制刷新的调用会失败",
    ),
    ("--json", "输出 JSON，供程序使用"),
    (
        "--lang",
        "消息的语言 [默认：由 LC_ALL、LC_MESSAGES 或 LANG 决定；使用 --json 时为 en]",
    ),
    ("--lang=en", "英文"),
    ("--lang=zh", "简体中文"),
    // The component.
    ("component", "将组件写入文件（含文档），校验和写入 FILE.sha256"),
    ("--output", "要写入的文件"),
    ("component --tools", "写出供智能体使用的工具组件，内含插件"),
    ("component --tools-publish", "写出供智能体使用的工具组件，包含发布工具"),
    ("component --edge", "写出 HTTP 服务组件，内含插件"),
    ("component --article", "写出把 Markdown 排版成文章的组件"),
    ("component --picture", "写出调整图片的组件"),
    (
        "component --plain",
        "不带元数据和文档：用于组合组件的工具，以及不接受文档的工具",
    ),
    (
        "component --alone",
        "不含插件：用于自行链接两个组件的宿主。不带元数据和文档",
    ),
    ("compose", "将插件与使用它的组件组合成一个文件，校验和写入 FILE.sha256"),
    (
        "compose <consumer>",
        "导入了 wechat:official-account 接口的组件，或其 core module",
    ),
    ("precompile", "预先编译组件，供宿主用 `Host::from_precompiled` 加载"),
    // Servers.
    (
        "simulator",
        "运行模拟器，按 Ctrl-C 结束。输出的第一行是 `listening on URL`",
    ),
    (
        "mcp",
        "为智能体提供服务：通过 MCP 协议提供草稿和图片工具，使用标准输入输出或 HTTP",
    ),
    (
        "mcp @after",
        "\
客户端会自行启动本程序并通过标准输入输出通信，或者连接 --http 的地址。标准输出只用于协议；标准错误中每次调用占一行。
工具能做的，客户端都能做。没有 --allow-publish 就不会发布任何内容，没有 --root 就不会读取任何文件。
HTTP 需要在 WECHAT_MCP_TOKEN 中设置令牌，客户端以 `Authorization: Bearer TOKEN` 发送。
标准输入关闭后，服务器会用最多 5 秒处理完已收到的调用，然后退出。在此期间以及按下 Ctrl-C 之后，不会开始任何新的修改；
正在进行的修改会等待完成，按下 Ctrl-C 后最多等待 5 秒。",
    ),
    ("mcp --root", "允许从该文件夹读取图片和文章；请选择没有其他内容的文件夹"),
    ("mcp --allow-publish", "提供 publish-draft 工具，可以公开发布文章"),
    (
        "mcp --http",
        "通过 HTTP 在该地址的 /mcp 提供服务：IP 地址和端口，例如 127.0.0.1:8642；端口 0 表示任选一个空闲端口",
    ),
    (
        "mcp --allow-remote",
        "允许监听其他机器可以访问的地址；没有 TLS 时，令牌可能被窃听",
    ),
    (
        "mcp --allow-host",
        "也响应发往该主机名的请求，例如前面的 TLS 服务器的主机名 [默认：本机]",
    ),
    (
        "mcp --allow-origin",
        "响应带有该 Origin 的请求（基于浏览器内核的客户端会发送），例如 `https://example.com`",
    ),
    // The account.
    ("account", "账号：access_token、调用额度、微信对某次请求的记录"),
    ("account verify", "检查 AppID、AppSecret 和 IP 白名单"),
    ("account access-token", "显示 access_token"),
    (
        "account access-token --show",
        "使用 --live 时也显示 access_token 本身。否则只显示有效期：终端会保留历史记录，拿到 access_token 的人可以操作该账号",
    ),
    ("account quota", "显示某个接口今天的调用情况"),
    ("account quota <path>", "接口，例如 /cgi-bin/draft/add"),
    ("account explain", "显示微信对某次请求的记录，其中可能含有请求的内容"),
    ("account explain <rid>", "错误中的 rid"),
    // Material and media.
    ("material", "永久素材：封面、图片、语音、视频"),
    ("material upload", "上传文件"),
    ("<file>", "文件"),
    ("--kind", "素材类型"),
    ("material upload --kind=image", "不超过 10 MB 的 bmp、png、jpg 或 gif"),
    ("material upload --kind=voice", "不超过 2 MB 的 mp3、wma、wav 或 amr"),
    ("material upload --kind=video", "不超过 10 MB 的 mp4"),
    ("material upload --kind=thumb", "不超过 64 KB 的 jpg"),
    (
        "material upload --kind=article-image",
        "小于 1 MB 的 jpg 或 png，用于文章正文；有 URL，没有 media-id",
    ),
    ("material upload --title", "视频的标题"),
    ("material upload --introduction", "视频的简介"),
    ("material get", "下载素材"),
    ("<id>", "media-id"),
    ("material get --output", "将文件保存到这里；已有的文件会被替换"),
    ("material delete", "永久删除素材"),
    ("--yes", "确认操作；使用 --live 时必须加上"),
    ("material counts", "统计各类素材的数量"),
    ("material list", "列出某一类素材"),
    ("--offset", "跳过的条数"),
    ("--count", "列出的条数，1 到 20"),
    ("--all", "列出全部，每条一次。需要的调用次数会先写入标准错误"),
    ("--limit", "与 --all 一起使用：最多列出这么多条"),
    (
        "material list --yes",
        "与 --all 一起使用：即使超过微信文档规定的每日调用次数也继续",
    ),
    ("media", "临时素材，保留 3 天"),
    ("media upload", "上传文件，保留 3 天"),
    ("media get", "下载临时素材"),
    ("media get --output", "将文件保存到这里；已有的文件会被替换"),
    ("media get-voice", "下载 JSSDK 录制的高清语音"),
    ("media get-voice --output", "将文件保存到这里；已有的文件会被替换"),
    // Articles.
    ("content", "文章中的图片"),
    ("content prepare", "上传文章中的图片，并写出使用新地址的 HTML"),
    (
        "content prepare @long",
        "\
上传文章中的图片，并写出使用新地址的 HTML

某张图片失败时，其余图片照常上传，HTML 也照常写出，退出码由该错误决定。如果还有图片既不是内嵌数据，也不是文章旁的文件，\
退出码为 2。在同一文件夹中对写出的 HTML 再次运行本命令，只会上传缺少的图片。",
    ),
    ("content prepare @after", pictures_help!()),
    ("content prepare <html>", "HTML 文件，UTF-8 编码"),
    (
        "content prepare --output",
        "将使用新地址的 HTML 写到这里；已有的文件会被替换，但不会替换 FILE 本身",
    ),
    (
        "content prepare --with-cover",
        "同时将第一张图片存为永久素材，用作封面：`draft add --cover-id`",
    ),
    ("draft", "草稿"),
    (
        "draft check",
        "列出文章中的错误，以及会被微信过滤的内容。不发送任何请求；如果 `add` 会拒绝，退出码为 2",
    ),
    ("draft check @after", article_help!()),
    (
        "draft check <articles>",
        "含一篇或多篇文章的 ARTICLE.json，或一篇 Markdown（.md）或 HTML（.html）文章",
    ),
    (
        "draft add",
        "新建草稿。`check` 的警告写入标准错误，使用 --json 时写入文档",
    ),
    ("draft add @after", article_help!()),
    (
        "draft add @after-long",
        concat!(pictures_help!(), "\n\n", article_help!()),
    ),
    (
        "draft add <article>",
        "ARTICLE.json，或一篇 Markdown（.md、.markdown）或 HTML（.html、.htm）图文文章，其中的图片会先调整到符合要求并上传",
    ),
    ("draft add --title", "标题，HTML 必填"),
    ("draft add --author", "作者"),
    (
        "draft add --digest",
        "摘要 [默认：front matter 中的摘要，否则由微信取正文的开头]",
    ),
    ("draft add --source-url", "“阅读原文”的链接"),
    (
        "draft add --comments",
        "谁可以留言 [默认：front matter 中的设置，否则为 closed]",
    ),
    ("draft add --product-key", "文末商品卡片的 product key"),
    (
        "draft add --cover",
        "上传这张图片并用作封面 [默认：front matter 中的封面，否则为文章的第一张图片]",
    ),
    ("draft add --cover-id", "已上传的封面的 media-id"),
    (
        "draft add --allow-missing-pictures",
        "即使还有会被微信丢弃的图片，也新建草稿",
    ),
    (
        "draft add --output",
        "将图片换成新地址的 HTML 写到这里，与 `content prepare` 相同；已有的文件会被替换",
    ),
    (
        "--theme",
        "主题：内置主题的名称，或 TOML 文件（.toml）[默认：front matter 中的主题，否则为第一个]",
    ),
    ("--raw-html", "Markdown 中的 HTML 如何处理 [默认：sanitise]"),
    ("--raw-html=sanitise", "保留微信会保留的部分"),
    ("--raw-html=keep", "全部保留，微信不支持的部分会被丢弃"),
    ("--raw-html=refuse", "遇到第一个标签就报错"),
    (
        "draft add --dry-run",
        "只显示将要发送的内容，不发送任何请求，也不需要 AppSecret",
    ),
    ("draft add --update", "替换这个草稿中的一篇文章，不新建草稿"),
    (
        "draft add --index",
        "与 --update 一起使用：文章的下标，从 0 开始 [默认：0]",
    ),
    (
        "draft add --publish",
        "提交发布，并等待微信给出结果。没有完整保存的草稿不会发布",
    ),
    (
        "draft add --timeout",
        "与 --publish 一起使用：最长等待时间，单位为秒 [默认：600]",
    ),
    ("draft add --yes", "与 --publish 一起使用：确认发布，使用 --live 时必填"),
    (
        "draft add --cache",
        "在这个文件中记录账号已有的图片，避免重复上传。文件中只有散列值和地址。不使用此选项则不保存任何内容",
    ),
    (
        "preview",
        "在本机网页上预览文章在手机、电脑和深色模式下的样子，并显示检查结果。不发送任何请求",
    ),
    (
        "preview @after",
        "\
输出的第一行是 `preview: http://127.0.0.1:PORT/`。文章、图片或主题保存后，页面会自动刷新。只有本机上的程序能访问它，
它也不访问任何服务器。文章中的脚本不会运行。深色模式只是近似效果：微信自己的算法没有公开。",
    ),
    ("preview <article>", "文章：Markdown（.md）或 HTML（.html）"),
    ("preview --port", "127.0.0.1 上的端口 [默认：任意空闲端口]"),
    ("--no-read-back", "不重新读取草稿来报告微信改动或丢弃了什么"),
    ("draft get", "获取草稿及其正文"),
    ("draft update", "替换草稿中的一篇文章，警告与 `add` 相同"),
    ("draft update @after", article_help!()),
    ("draft update <id>", "草稿的 media-id"),
    ("draft update <index>", "文章的下标，从 0 开始"),
    ("draft update <article>", "新的文章"),
    ("draft delete", "永久删除草稿"),
    ("draft count", "统计草稿数量"),
    ("draft list", "列出草稿"),
    (
        "draft list --yes",
        "与 --all 一起使用：即使超过微信文档规定的每日调用次数也继续",
    ),
    ("--with-content", "同时获取正文，仅 --json 会完整显示"),
    ("draft product-card", "为账号小店中的商品制作卡片"),
    ("draft product-card <product>", "商品 ID"),
    ("draft product-card --card-type", "卡片的样式，以及所在的位置"),
    // Publishing.
    ("publish", "发布"),
    ("publish submit", "将草稿提交给微信发布"),
    ("publish submit <id>", "草稿的 media-id"),
    ("publish submit --wait", "等待微信给出结果"),
    ("--timeout", "最长等待时间，以秒为单位"),
    ("publish status", "显示发布任务的状态"),
    ("publish status <id>", "publish-id"),
    ("publish wait", "等待发布任务的结果"),
    ("publish wait <id>", "publish-id"),
    ("publish get", "获取已发布的文章及其正文"),
    ("publish get <id>", "article-id"),
    ("publish list", "列出已发布的文章"),
    (
        "publish list --yes",
        "与 --all 一起使用：即使超过微信文档规定的每日调用次数也继续",
    ),
    ("publish delete", "永久删除一次发布的全部文章，或其中一篇"),
    ("publish delete <id>", "article-id"),
    ("publish delete --all", "其中的全部文章"),
    ("publish delete --index", "只删除该下标的文章，从 0 开始"),
];
