//! Simplified Chinese.

use wechat_official_account_language::Text;

use super::table::{Errors, Failure, Findings, Texts, Written};

/// The texts in Chinese.
pub const ZH: Texts = Texts {
    errors: Errors {
        markdown_too_long: Failure::new(
            "Markdown 共 {0} 字节，超过上限 {1} 字节",
            "请把图片存成单独的文件，或将文章拆成几篇。",
        ),
        too_deep: Failure::new(
            "引用、列表或标签嵌套超过 {0} 层",
            "请减少嵌套层数，手机屏幕放不下这么多层。",
        ),
        html_refused: Failure::new(
            "Markdown 中含有 HTML：{0}",
            "请改用 Markdown 语法，或通过 raw-html 选项允许 HTML。",
        ),
        article_too_large: Failure::new("正文 HTML 超过 {0} 字节，这是微信的上限", "请将文章拆成几篇。"),
        front_matter_too_long: Failure::new(
            "front matter 共 {0} 字节，超过上限 {1} 字节",
            "与文章无关的内容请放到别处。",
        ),
        front_matter_toml: Failure::new(
            "不支持以 +++ 包围的 TOML front matter",
            "请改用以 --- 包围的 YAML，例如 title: 我的文章。",
        ),
        front_matter_syntax: Failure::new(
            "front matter 不是合法的 YAML：{0}",
            "请每行写一个键和它的文本，例如 title: 我的文章；文本中有冒号，或以 [、* 等符号开头时，请给它加引号。",
        ),
        front_matter_colon: Failure::new(
            "front matter 的文本中有冒号，但没有加引号",
            "请给它加引号，例如 title: \"甲: 乙\"。",
        ),
        front_matter_shape: Failure::new(
            "front matter 不是“键: 文本”的形式",
            "请每行写一个键和它的文本，例如 title: 我的文章。",
        ),
        front_matter_alias: Failure::new(
            "front matter 中有别名（*name），不支持这种写法",
            "请直接写出文本；以 * 开头的文本请加引号。",
        ),
        front_matter_twice: Failure::new("front matter 中 {0} 出现了两次", "请只保留一处。"),
        front_matter_value: Failure::new("{0} 的值不是文本", "请在键后面写一段文本；以括号开头的文本请加引号。"),
        front_matter_comments: Failure::new(
            "comments 的值是“{0}”，只能是 closed、everyone 或 fans-only",
            "请从这三个值中选一个，或删去这一行。",
        ),
        theme_unknown: Failure::new(
            "没有名为“{0}”的主题，可用的主题有：{1}",
            "请选用其中一个，或提供自己的 TOML 主题。",
        ),
        theme_too_long: Failure::new("主题共 {0} 字节，超过上限 {1} 字节", "请在内置主题的基础上扩展。"),
        theme_too_deep: Failure::new("主题中的括号嵌套超过 {0} 层", "请为每个角色写一个 [表]，每行一个属性。"),
        theme_syntax: Failure::new(
            "主题不是合法的 TOML：{0}",
            "请为每个角色写一个 [表]，每行一个属性，例如 color = \"#333333\"。",
        ),
        theme_role: Failure::new("主题中没有“{0}”这个角色", "全部角色见 docs/article.md。"),
        theme_property: Failure::new(
            "{0} 中有主题不允许的属性“{1}”",
            "可用的属性见 docs/article.md；其他属性会被微信过滤，或在不同手机上显示不一致。",
        ),
        theme_value: Failure::new(
            "{0} 的值不能是“{1}”，可用：{2}",
            "长度的上限见 docs/article.md；请写出具体的值，不能用 calc()、var() 或网址。",
        ),
        theme_content: Failure::new("{0} 的 content 超过 {1} 个字符", "请缩短：手机上一行只有约 20 个字。"),
        theme_key: Failure::new("{0} 的值类型不对，应为 {1}", "请参考 docs/article.md 中的示例。"),
        theme_color: Failure::new("没有定义颜色 ${0}", "请在 [colors] 表中定义，或直接写成 #rrggbb。"),
        theme_contrast: Failure::new(
            "{0} 的文字与 {1} 的背景色对比度只有 {2}，至少要 {3} 才看得清",
            "请拉大文字与背景的明暗差：浅色背景用更深的字，深色背景用更浅的字。",
        ),
    },
    findings: Findings {
        unlisted: Text::new("另有 {0} 条提示未列出"),
        unknown_key: Text::new("无法识别 front matter 中的 {0}，已忽略"),
        theme_unknown: Text::new("没有名为“{0}”的主题，已改用默认主题。可用的主题有：{1}"),
        cover_without_address: Text::new("front matter 中的 cover 没有给出图片，不起作用"),
        formula: Text::new("公式按源码显示，建议换成图片"),
        diagram: Text::new("图表（{0}）按源码显示，建议换成图片"),
        link_in_page: Text::new("文内链接“{0}”已变为普通文字，因为微信会去掉它的锚点"),
        link_relative: Text::new("指向 {0} 的链接已变为普通文字，在微信中打不开：请写完整的网址"),
        picture_in_html: Text::new("{0} 写在 HTML 里，那里的 Markdown 不会被解析，按普通文字保留：请在它前后各空一行"),
        picture_unread: Text::new("{0} 不是 Markdown 图片，按普通文字保留：请写成 ![文字](<文件>)"),
        tag_unread: Text::new("{0} 是其他程序的写法，按普通文字保留"),
        contents_dropped: Text::new("{0} 已略去，因为文内链接在微信中不起作用"),
        mark_unread: Text::new("两个 == 之间有其他标记，== 按普通文字保留：请改用 <mark>"),
        comment_dropped: Text::new("%% 与 %% 之间的注释已略去"),
        comment_endless: Text::new("%% 在本段中没有配对，它和本想隐藏的内容都会按文字显示"),
        html_comment_endless: Text::new("注释 <!-- 没有结束标记 -->，按普通文字保留"),
        picture_without_address: Text::new("图片没有地址，已略去"),
        picture_script: Text::new("{0} 不是图片地址，已略去"),
        footnote_unused: Text::new("脚注 {0} 没有被引用，已略去"),
        element_dropped: Text::new("<{0}> 连同其中的内容已略去，因为微信会过滤它"),
        element_endless: Text::new("<{0}> 标签没有结束标签，只略去标签本身，后面的文字保留；要显示它请写成 `<{0}>`"),
        element_unwrapped: Text::new("此处的 <{0}> 标签已略去，文字保留"),
        attribute_dropped: Text::new("<{0}> 的属性 {1} 已略去"),
        declaration_dropped: Text::new("<{0}> 的样式 {1} 已略去"),
        control_characters: Text::new("文章中有控制字符，已略去"),
    },
    written: Written {
        references: Text::new("参考链接"),
        notes: Text::new("注释"),
        notes_and_references: Text::new("注释与参考链接"),
        note: Text::new("说明"),
        tip: Text::new("提示"),
        important: Text::new("重要"),
        warning: Text::new("注意"),
        caution: Text::new("警告"),
        colon: Text::new("："),
    },
};
