//! Simplified Chinese.

use wechat_official_account_language::Text;

use super::Texts;

/// The table of Chinese.
pub const TEXTS: Texts = Texts {
    tag: "zh-CN",

    html_needs_title: Text::new("HTML 文章本身没有标题，请用 --title 指定"),
    no_title: Text::new("{0} 没有标题：请以一级标题开头，或在 front matter 中写 `title`，或用 --title 指定"),
    only_markdown: Text::new("{0} 只适用于 Markdown 文件（.md 或 .markdown）"),
    only_article: Text::new(
        "{0} 只适用于 Markdown 和 HTML 文件（.md、.markdown、.html、.htm）；ARTICLE.json 自带全部字段",
    ),
    no_room: Text::new("{0} 生成的 HTML 有 {1} 字节，实例内存放不下：请把图片存成文件，放在文章所在的文件夹"),
    unfit: Text::new("无法使用：{0}。{1}"),
    changed_picture: Text::new("{0} 已自动调整：{1}"),
    between: Text::new(""),
    located: Text::new("{0}: {1}：{2}"),

    cover_is_address: Text::new(
        "封面 {0} 是网址，本程序不会下载任何内容：请填文章所在文件夹中的图片文件或永久图片素材的 media-id，或用 --cover、--cover-id 指定",
    ),
    cover_not_found: Text::new(
        "封面 {0} {1}：请填文章所在文件夹中的图片文件或永久图片素材的 media-id，或用 --cover、--cover-id 指定",
    ),
    cover_unfit: Text::new("封面 {0} {1}"),
    no_cover: Text::new(
        "没有封面：文章中没有可以用作封面的图片。请在 front matter 中写 `cover`，或用 --cover、--cover-id 指定",
    ),
    missing_pictures: Text::new(
        "有 {0} 张图片会被微信丢弃，第一张：{1} {2}。尚未发送任何内容；加 --allow-missing-pictures 可以不带这些图片新建草稿",
    ),
    missing_picture: Text::new("{0} {1}"),
    advice: Text::new("有 {0} 处不符合微信图文结构规范，用 `{1}` 查看"),
    nothing_found: Text::new("没有发现问题"),
    would_be_refused: Text::new("有 {0} 个错误，`draft add` 会拒绝这篇文章"),
    nothing_sent: Text::new("未发送任何内容（--dry-run）"),
    picture_columns: ["图片", "字节", "像素", ""],
    picture_cached: Text::new("以前已上传"),
    bytes: Text::new("{0}"),
    bytes_changed: Text::new("{0} → {1}"),
    label_title: "标题",
    label_author: "作者",
    label_digest: "摘要",
    label_original: "阅读原文",
    label_comments: "留言",
    label_html: "正文 HTML",
    html_bytes: Text::new("{0} 字节"),
    label_cover: "封面",
    cover_file: Text::new("{0}（{1} 字节）"),
    cover_cached: Text::new("{0}（{1}，以前已上传）"),
    cover_first_picture: Text::new("第一张图片"),

    would_publish: Text::new("发布 {0}"),
    no_draft_made: Text::new("没有新建草稿（{0}；加 --allow-missing-pictures 则照样新建）"),
    no_draft_updated: Text::new("草稿没有改动（{0}；加 --allow-missing-pictures 则照样更新）"),
    html_stored: Text::new("换好图片地址的 HTML 已保存到 {0}"),
    html_not_stored: Text::new("用 `content prepare` 或 -o OUT 可以保存换好图片地址的 HTML"),
    cached_cover_gone: Text::new(
        "封面的 media-id 来自缓存 {0}，对应的永久素材可能已在微信后台删除。缓存中的这一条已清除：再运行一次，封面会重新上传",
    ),
    not_published_changed: Text::new(
        "草稿 {0} 已保存，但微信改动或丢弃了部分内容，因此没有发布。请先检查；用 `publish submit {0} --wait` 可照原样发布",
    ),
    not_published_unread: Text::new(
        "草稿 {0} 已保存，但重新读取失败，无法核对，因此没有发布。请先检查；用 `publish submit {0} --wait` 可照原样发布",
    ),
    reading: Text::new("正在读取 {0}"),

    cache_needs_server: Text::new(
        "这里用不上 --cache：本命令自带的模拟器随命令结束，其中的图片也一并消失。请加 --api-base 或 --live",
    ),
    cache_without_account: Text::new("不知道是哪个公众号，因此没有查询缓存"),
    cache_damaged: Text::new(
        "{0} 不是本程序的缓存文件，或者已损坏：{1}。没有执行任何操作，文件也没有改动；请换一个文件名，或删除该文件",
    ),
    cache_version: Text::new("版本为 {0}"),
    cache_value: Text::new("有一个值不是微信的格式"),
    cache_unwritable: Text::new("无法写入缓存 {0}：{1}"),

    cannot_listen: Text::new("无法监听 127.0.0.1:{0}：{1}"),
    preview_hint: Text::new("按 Ctrl-C 结束预览"),
    preview_not_article: Text::new("{0}：只能预览 Markdown（.md、.markdown）或 HTML（.html、.htm）文件"),
    preview: "预览",
    preview_of: Text::new("预览：{0}"),
    count_of: Text::new("{0}（{1}）"),
    view_phone: "手机，375 px",
    view_desktop: "电脑，677 px",
    view_dark: "手机深色模式",
    dark_note: "仅为近似效果：颜色按明度反转，图片不变。微信用自己的算法转换深色模式，其细节没有公开。",
    preview_note: "除图片地址外，这里的 HTML 与 draft add 发送的完全相同。微信最终如何呈现，以草稿为准。",
    findings: "检查结果",
    themes: "主题",
    own_theme: "文章自己的主题",
    line: Text::new("第 {0} 行："),
    no_cover_yet: "没有封面",
    no_title_yet: "没有标题",
    digest_from_text: "（微信会截取正文开头作为摘要）",
    cannot_render: "文章无法显示",
    other_language: "English",
    other_tag: "en",
    error: "错误",
    warning: "警告",
    advice_label: "建议",
    note: "提示",
    card: "在文章列表中的样子",
};
