//! One instance of the component.

use tokio::sync::OwnedSemaphorePermit;
use wasmtime::Store;
use wasmtime::component::ResourceAny;

use crate::arguments::{self, Argument};
use crate::computing::Clock;
use crate::ctx::Ctx;
use crate::egress::Failure;
use crate::exports::Exports;
use crate::types;

/// One instance, and the state that the host keeps for it.
pub struct Instance {
    /// The store, which every call takes.
    pub store: Store<Ctx>,
    /// The exported interfaces.
    pub exports: Exports,
    /// The time that its calls compute.
    pub(crate) clock: Clock,
    /// Its place in the pool, which is free when the store above is dropped.
    pub(crate) _place: Option<OwnedSemaphorePermit>,
}

impl Instance {
    /// Opens an account. The outer error is a trap, the inner one the component's.
    ///
    /// # Errors
    /// If the instance traps, or has trapped before.
    pub async fn open(&mut self, config: &types::Config) -> wasmtime::Result<Result<ResourceAny, types::Error>> {
        let account = self.exports.account(&mut self.store)?.account();
        let config = config.into();
        let call = account.call_constructor(&mut self.store, &config);
        self.clock.measure(call).await
    }

    /// Returns whether nothing is open on the host's side: no request, no stream, no timer.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.store.data().table.is_empty()
    }

    /// Adds the reason to an error that TLS or a proxy has caused. WASI has no words for it, so the component can't
    /// know it.
    #[must_use]
    pub fn explained(&self, mut error: types::Error) -> types::Error {
        use types::ErrorKind::{Network, OutcomeUnknown, Tls};
        match (error.kind, self.store.data().gate.egress.failure()) {
            (Tls | OutcomeUnknown, Some(Failure::Tls(failure))) => error.message += &format!(" ({failure})"),
            (Network | OutcomeUnknown, Some(Failure::Proxy(failure))) => error.message += &format!(" ({failure})"),
            _ => {}
        }
        error
    }

    /// Returns the size of the linear memory in bytes. It grows with the largest call, and never shrinks.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.store.data().memory.bytes()
    }

    /// See `check` of the interface `draft`, which needs no account. The messages are in this language, or in English.
    ///
    /// # Errors
    /// If the instance traps, or has trapped before. If the articles do not fit into it, the cause is a
    /// [`LimitReached`](crate::limits::LimitReached), and the instance goes on working.
    pub async fn check_articles(
        &mut self,
        articles: &[types::Article],
        language: Option<types::Language>,
    ) -> wasmtime::Result<Vec<types::Finding>> {
        arguments::fit(self.memory_bytes(), [articles.size(1)])?;
        let draft = self.exports.draft(&mut self.store)?;
        let call = draft.call_check(&mut self.store, articles, language);
        self.clock.measure(call).await
    }
}
