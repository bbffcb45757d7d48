//! The descriptions of faults in Chinese.

use crate::fault::connection::ConnectionFault;
use crate::fault::kind::{Fault, FaultBody};

/// Describes a fault of requests.
pub(in super::super) fn request_fault(fault: &Fault) -> String {
    let executed = if fault.effect().executes {
        "请求照常执行。"
    } else {
        "请求不会执行。"
    };
    format!("{}{executed}", effect(fault))
}

/// Describes a fault of connections.
pub(in super::super) fn connection_fault(fault: ConnectionFault) -> &'static str {
    match fault {
        ConnectionFault::ClosedAtOnce => "接受连接后立即关闭。",
        ConnectionFault::HandshakeCut => "收到客户端最先的字节后关闭连接，一个字节也不返回。",
    }
}

/// Tells what the client gets.
fn effect(fault: &Fault) -> String {
    let text = match fault {
        Fault::Delay { .. } => "先沉默一段时间，再返回正常响应。",
        Fault::Stall => "发出响应头和前一半响应体，然后连接保持打开但不再有数据。",
        Fault::Trickle { .. } => "发出响应头，然后逐字节发送响应体。",
        Fault::CloseBeforeBody => "收到请求头后断开连接。",
        Fault::CloseInBody { .. } => "请求体还没收完就断开连接。",
        Fault::CloseAfterBody | Fault::LostReply => "收完整个请求后断开连接，没有任何响应。",
        Fault::TruncatedBody => "Content-Length 正确，但响应体只发一半就断开。",
        Fault::ContentLengthTooSmall => "Content-Length 只有响应体的一半，随后发出整个响应体并断开。",
        Fault::ContentLengthTooLarge => "Content-Length 是响应体长度的两倍加一，随后发出整个响应体并断开。",
        Fault::TwoContentLengths => "有两个 Content-Length，一个正确，一个大一，随后发出响应体并断开。",
        Fault::ContentLengthTwice => "同样的 Content-Length 出现两次，随后发出响应体并断开。",
        Fault::Status { code, body, .. } => {
            return format!(
                "不返回正常响应，而是返回 HTTP {}，{}。",
                code.as_u16(),
                body_words(body)
            );
        }
        Fault::Redirect { code, location } => {
            return format!("返回 HTTP {}，重定向到 {location}，响应体为空。", code.as_u16());
        }
        Fault::GarbledJson => "第一个 JSON 字符串值的开头混入控制字符和非法 UTF-8。",
        Fault::HugeBody { content_length: true } => "50 MiB 的合法 JSON，带 Content-Length。",
        Fault::HugeBody { content_length: false } => "50 MiB 的合法 JSON，分块传输，不带 Content-Length。",
        Fault::HugeHeader => "正常响应外加一个 1 MiB 的响应头。",
        Fault::Errcode { .. } => "返回指定的微信错误码，形式与真实服务器相同。",
        Fault::Mislabelled => "内容正常但 Content-Type 错误：JSON 标成 image/jpeg，文件标成 text/plain。",
        Fault::StyleEmptied => "文章里所有内联样式无故变空：存入时或读取时。",
        Fault::TitleCut => "文章标题只剩前一半。",
        Fault::PictureDropped => "文章丢失正文的第一张图片，图片消息丢失最后一张。",
        Fault::TextLost => "文章只剩前一半文字，标签不变。",
    };
    text.to_owned()
}

fn body_words(body: &FaultBody) -> &'static str {
    match body {
        FaultBody::Empty => "响应体为空",
        FaultBody::Html => "响应体是 HTML 页面",
        FaultBody::Garbage => "响应体是乱码，却标成 JSON",
        FaultBody::Text(_) => "响应体是指定的文本",
    }
}
