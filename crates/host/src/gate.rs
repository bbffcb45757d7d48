//! The limits on an instance's requests, in front of the egress that all instances share.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{Request, Response};
use http_body_util::BodyExt;
use tokio::sync::Semaphore;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::egress::Egress;
use crate::limits::Limits;
use crate::pool::permits;

/// The egress of one instance.
pub(crate) struct Gate {
    pub(crate) egress: Egress,
    /// One permit for each request that may be under way, from its sending to the end of its reply's body.
    under_way: Arc<Semaphore>,
    header_bytes: usize,
}

impl Gate {
    pub(crate) fn new(egress: Egress, limits: &Limits) -> Self {
        Self {
            egress,
            under_way: permits(limits.requests),
            header_bytes: limits.header_bytes,
        }
    }
}

type IoFuture = Box<dyn Future<Output = Result<(), Error>> + Send>;
type SendFuture = Box<dyn Future<Output = Result<(Response<WasiBody>, IoFuture), Error>> + Send>;

/// The egress has no other hook of its own.
impl WasiHttpHooks for Gate {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        io: IoFuture,
    ) -> SendFuture {
        let Ok(permit) = Arc::clone(&self.under_way).try_acquire_owned() else {
            return Box::new(async { Err(Error::ConnectionLimitReached) });
        };
        let exchange = self.egress.send_request(request, options, io);
        let limit = self.header_bytes;
        Box::new(async move {
            let (response, io) = Pin::from(exchange).await?;
            let lines = response.headers().iter();
            let bytes: usize = lines.map(|(name, value)| name.as_str().len() + value.len()).sum();
            if bytes > limit {
                return Err(Error::HttpResponseHeaderSectionSize(u32::try_from(bytes).ok()));
            }
            let response = response.map(|body| {
                let counted = body.map_frame(move |frame| {
                    let _until_the_end = &permit;
                    frame
                });
                counted.boxed_unsync()
            });
            Ok((response, io))
        })
    }
}
