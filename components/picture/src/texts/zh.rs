//! The texts in Chinese.

use wechat_official_account_language::Text;

use super::table::Texts;

pub static ZH: Texts = Texts {
    empty: Text::new("{0}：文件为空"),
    unknown: Text::new("{0}：从文件内容看，不是可识别的图片"),
    not_convertible: Text::new("{0}：微信不支持 {1} 格式，本程序也无法转换"),
    other: Text::new("{0}：这是 {1} 文件，不是图片"),
    unsupported: Text::new("{0}：这种 {1} 编码无法解码"),
    damaged: Text::new("{0}：{1} 图片已损坏或不完整"),
    too_many_pixels: Text::new("{0}：{1} × {2} 像素，解码所需内存超过单张图片的上限（112 MB）"),
    too_much_memory: Text::new("{0}：解码所需内存超过单张图片的上限（112 MB）"),
    animation: Text::new("{0}：{1} 动图，不能用在这里；只取其中一帧会丢掉其余画面"),
    too_large: Text::new("{0}：压缩到最小仍超出大小限制"),

    read_again: Text::new("文件大小为 0，请重新下载或导出这张图片。"),
    give_a_picture: Text::new("请使用 jpg、png、webp、bmp、tiff 或 gif 图片。"),
    convert: Text::new("请先用图片工具转换或导出为 jpg 或 png。"),
    save_again: Text::new("请重新获取该文件，或用图片工具打开后另存为 jpg 或 png。"),
    scale_down: Text::new("请先用图片工具缩小尺寸，正文图片 2000 像素宽就够用了。"),
    save_one_frame: Text::new(
        "正文图片和永久图片素材可以用不超过 10 MB 的 gif 动图；缩略图和封面请另存其中一帧为 jpg 或 png。",
    ),
    give_another: Text::new("请换一张细节较少的图片。"),

    metadata_left_out: Text::new("已去除元数据（含拍摄地点的 EXIF、XMP、注释等）。"),
    turned: Text::new("已按 EXIF 方向转正。"),
    became_rgb: Text::new("已由 CMYK 转为 RGB。"),
    cut: Text::new("已居中裁剪为 {0} × {1} 像素的比例。"),
    scaled: Text::new("尺寸由 {0} × {1} 改为 {2} × {3} 像素。"),
    became_white: Text::new("透明部分已填充为白色。"),
    type_changed: Text::new("格式由 {0} 转为 {1}。"),
    encoded: Text::new("已重新压缩为 jpg，质量 {0}。"),
    pages_left_out: Text::new("只取了第一页。"),
};
