//! The one way out of the sandbox.

use std::future::Future;

use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// Lets requests to one origin pass, and denies all others before anything is looked up or connected.
pub struct AllowList {
    scheme: Scheme,
    authority: Authority,
}

impl AllowList {
    /// Allows the origin of this URL; `None` if it has no scheme or no host.
    pub fn of(base: &Uri) -> Option<Self> {
        Some(Self {
            scheme: base.scheme()?.clone(),
            authority: base.authority()?.clone(),
        })
    }

    fn allows(&self, uri: &Uri) -> bool {
        uri.scheme() == Some(&self.scheme) && uri.authority() == Some(&self.authority)
    }
}

type Io = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Sent = Box<dyn Future<Output = Result<(Response<WasiBody>, Io), Error>> + Send>;

impl WasiHttpHooks for AllowList {
    fn send_request(&mut self, request: Request<WasiBody>, options: Option<RequestOptions>, io: Io) -> Sent {
        match self.allows(request.uri()) {
            true => wasmtime_wasi_http::default_hooks().send_request(request, options, io),
            false => Box::new(async { Err(Error::HttpRequestDenied) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_origin_is_allowed() {
        let list = AllowList::of(&Uri::from_static("https://api.weixin.qq.com")).unwrap();
        for (uri, is_allowed) in [
            ("https://api.weixin.qq.com/cgi-bin/stable_token", true),
            ("https://API.weixin.qq.com/", true),
            ("http://api.weixin.qq.com/", false),
            ("https://api.weixin.qq.com:8443/", false),
            ("https://api.weixin.qq.com.example.com/", false),
            ("https://user@api.weixin.qq.com/", false),
            ("https://127.0.0.1/", false),
        ] {
            assert_eq!(list.allows(&uri.parse().unwrap()), is_allowed, "{uri}");
        }
    }
}
