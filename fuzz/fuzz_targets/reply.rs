//! Reading of replies. The input is written so that seeds are plain files: status, then `file` or `token` if such an
//! answer is expected, then a content encoding; content type; content disposition; each on a line. Then the body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_official_account::article::GroupReply;
use wechat_official_account::texts::EN;
use wechat_official_account::transport::Response;
use wechat_official_account::wechat::endpoint::Answers;
use wechat_official_account::wechat::errcode::{Role, refusal};
use wechat_official_account::wechat::reply::{Reply, ResponseError, read};

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(4, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let text = |line: &[u8]| String::from_utf8_lossy(line).into_owned();
    let first = text(line());
    let mut words = first.split(' ');
    let mut word = || words.next().unwrap_or_default();
    let status = word();
    let answers = match word() {
        "file" => Answers::File,
        "token" => Answers::Token,
        _ => Answers::Object,
    };
    let mut response = Response {
        status: status.parse().unwrap_or(200),
        content_type: text(line()),
        content_disposition: text(line()),
        content_encoding: word().to_owned(),
        body: line().to_vec(),
    };
    let (status, body) = (response.status, response.body.clone());

    match read(&mut response, answers, &EN) {
        Ok(Reply::File(file)) => {
            assert_eq!((answers, status), (Answers::File, 200), "a file out of place");
            assert_eq!(file.bytes, body, "the file was altered");
            assert!(file.file_name.is_none_or(|name| !name.is_empty()), "an empty name");
            return;
        }
        Ok(Reply::Object(object)) => {
            assert_ne!(answers, Answers::Token, "an object in place of a token");
            assert_eq!((status, object.errcode()), (200, Some(0)), "not a success");
            // However it is shaped, it is articles or an error.
            let _ = GroupReply::of_line(object.read(), Some(1));
        }
        Ok(Reply::Token(reply)) => {
            assert_eq!(
                (answers, status, reply.errcode),
                (Answers::Token, 200, Some(0)),
                "not a success"
            );
        }
        Err(ResponseError::Refused { errcode, errmsg }) => {
            assert!(status == 200 && errcode != 0, "not a refusal");
            for role in [Role::Token, Role::Target, Role::Plain] {
                let error = refusal(&EN, errcode, &errmsg, role);
                assert!(!error.advice.is_empty(), "no advice");
                let parts = [error.rid, error.subject];
                assert!(parts.iter().flatten().all(|part| errmsg.contains(part)), "made up");
            }
        }
        Err(ResponseError::Unreadable { description, .. }) => assert!(!description.is_empty(), "no words"),
    }
    if status != 200 {
        assert_eq!(response.body, body, "a body that is not read was changed");
    }
});
