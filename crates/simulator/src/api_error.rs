//! WeChat's errors: a code, and the text that the server sends with it (wechat-api §19).

/// An error on its way to the client. The reply adds a rid to the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: i64,
    pub(crate) message: String,
    /// True if an opaque hint follows the text (wechat-api §3.4).
    pub(crate) hinted: bool,
}

impl ApiError {
    /// Makes the error of a code, with the code's own text.
    pub(crate) fn new(code: i64) -> ApiError {
        ApiError {
            hinted: HINTED.contains(&code),
            ..ApiError::with_message(code, message(code).to_owned())
        }
    }

    /// Makes an error with a text of its own.
    pub(crate) fn with_message(code: i64, message: String) -> ApiError {
        ApiError {
            code,
            message,
            hinted: false,
        }
    }
}

/// Codes with a hint in their texts. It was seen for 40007 and 44003 (wechat-api §3.4); the other two have one here, so
/// that no client relies on its absence.
const HINTED: [i64; 4] = [40007, 44003, 45166, 47001];

/// Returns the text of a code: those of the simulator's own rules, and those that the fault `errcode` brings. A code
/// without a text in the document, or of APIs that are not simulated, has that of −1.
fn message(code: i64) -> &'static str {
    match code {
        40001 => "invalid credential, access_token is invalid or not latest",
        40002 => "invalid grant_type",
        40004 => "invalid media type",
        40005 => "invalid file type",
        40006 => "invalid media size",
        40007 => "invalid media_id",
        40009 => "invalid image size",
        40010 => "invalid voice size",
        40011 => "invalid video size",
        40012 => "invalid thumb size",
        40013 => "invalid appid",
        40014 => "invalid access_token",
        40035 => "invalid parameter",
        40060 => "invalid article_idx",
        40066 => "invalid url",
        40097 => "invalid args",
        40113 => "unsupported file type",
        40114 => "invalid index value",
        40118 => "media_id size invalid",
        40121 => "invalid media_id type",
        40125 => "invalid appsecret",
        40137 => "invalid image format",
        40155 => "do not add other accounts' homepage links",
        // The address that calls seem to come from by default (`Account::caller_ip`).
        40164 => "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
        40215 => "invalid image count",
        40221 => "invalid Content-Encoding",
        40227 => "title empty",
        40229 => "media cover empty",
        40243 => "AppSecret frozen",
        41001 => "access_token missing",
        41002 => "appid missing",
        41004 => "appsecret missing",
        41005 => "media data missing",
        41006 => "media_id missing",
        41039 => "invalid content_source_url",
        42001 => "access_token expired",
        43001 => "require GET method",
        43002 => "require POST method",
        43003 => "require https",
        44001 => "empty media data",
        44002 => "empty post data",
        44003 => "empty news data",
        44004 => "empty content",
        45001 => "media size out of limit",
        45002 => "content size out of limit",
        45003 => "title size out of limit",
        45004 => "description size out of limit",
        45007 => "playtime out of limit",
        45008 => "article size out of limit",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit, must slower, retry next minute",
        45035 => "access clientip is not registered, not in ip-white-list",
        45101 => "hit upload limit",
        45102 => "this api have been blocked temporarily",
        45110 => "author size out of limit",
        45166 => "invalid content",
        46001 => "media data no exist",
        47001 => "data format error",
        48001 => "api unauthorized",
        48004 => "api forbidden for irregularities, view detail on mp.weixin.qq.com",
        48005 => "forbid to delete material used by auto-reply or menu",
        48006 => "forbid to clear quota because of reaching the limit",
        48010 => "forbid to modify the material, more on mp.weixin.qq.com",
        48021 => "auto-saved draft cannot be previewed or sent",
        50001 => "user unauthorized",
        50002 => "user limited",
        50003 => "user unexpected, maybe not in white list",
        50004 => "token API forbidden",
        50007 => "account frozen",
        53402 => "封面裁剪失败，请检查裁剪参数后重试",
        53404 => "账号已被限制带货能力",
        53405 => "插入商品信息有误",
        53406 => "请先开通带货能力",
        53500 => "publishing banned",
        53501 => "请勿频繁请求",
        53502 => "publish id invalid",
        53503 => "该草稿未通过发布检查",
        53504 => "需前往公众平台官网使用草稿",
        53505 => "请手动保存成功后再发表",
        53600 => "Article ID 无效",
        61004 => "access clientip is not registered",
        61024 => "must use api(api_component_token) to get token for component acct",
        76001 => "rid not found",
        76002 => "invalid rid",
        76003 => "could not query this rid, no permission",
        76004 => "rid expired",
        76021 => "cgi_path not found, please check",
        76022 => "could not use this cgi_path, no permission",
        88000 => "without comment privilege",
        89501 => "the account has an unhandled confirmation request, retry later",
        89502 => "please wait for the admin's confirmation",
        89503 => "this call needs the admin's confirmation, please wait",
        89504 | 89505 => "waiting for the admin's confirmation",
        89506 => "admin refused this IP; blocked 24 h",
        89507 => "admin refused this IP; blocked 1 h",
        200_011 => "account banned",
        10_170_001 => "invalid product id",
        10_170_002 => "article type not supported",
        10_170_003 => "card type not supported",
        268_487_001 => "system busy",
        _ => "system error",
    }
}
