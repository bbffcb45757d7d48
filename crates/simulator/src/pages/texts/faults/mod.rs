//! The descriptions of faults: what the client gets, with the values that distinguish two faults of one kind, and
//! whether the request is executed.

pub(super) mod en;
pub(super) mod zh;

#[cfg(test)]
mod tests {
    use wechat_official_account_language::Language;

    use crate::fault::kind::{Fault, FaultBody};
    use crate::pages::texts;

    fn all() -> Vec<Fault> {
        let text = Fault::Status {
            code: http::StatusCode::OK,
            body: FaultBody::Text(String::new()),
            executed: true,
        };
        [Fault::samples(), Fault::alterations(), vec![text]].concat()
    }

    #[test]
    fn every_description_tells_whether_the_request_is_executed() {
        for (language, executed, not) in [
            (Language::English, " is executed.", " is not executed."),
            (Language::Chinese, "请求照常执行。", "请求不会执行。"),
        ] {
            for fault in all() {
                let text = (texts::of(language).request_fault)(&fault);
                let expected = if fault.effect().executes { executed } else { not };
                assert!(text.contains(expected), "{fault}: {text}");
            }
        }
    }

    #[test]
    fn a_description_has_the_status_and_the_kind_of_body() {
        for (code, body, english, chinese) in [
            (
                500,
                FaultBody::Empty,
                "HTTP 500 with an empty body",
                "HTTP 500，响应体为空",
            ),
            (
                502,
                FaultBody::Html,
                "HTTP 502 with a page of HTML",
                "HTTP 502，响应体是 HTML 页面",
            ),
            (
                200,
                FaultBody::Garbage,
                "HTTP 200 with garbage",
                "HTTP 200，响应体是乱码",
            ),
        ] {
            let fault = Fault::Status {
                code: http::StatusCode::from_u16(code).unwrap(),
                body,
                executed: false,
            };
            for (language, expected) in [(Language::English, english), (Language::Chinese, chinese)] {
                let text = (texts::of(language).request_fault)(&fault);
                assert!(text.contains(expected), "{text}");
            }
        }
    }
}
