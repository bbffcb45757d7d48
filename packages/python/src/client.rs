//! An account of Python's: its options, and its sessions in this process.

use std::sync::{Arc, Mutex};

use pyo3::prelude::*;
use wechat_official_account_host::{Egress, Host};

use crate::call::{Call, Work};
use crate::convert::ToPy;
use crate::facts::{Choice, Facts};
use crate::failure::Failure;
use crate::operation::{BoxFuture, Prepared, Reply};
use crate::options::{Options, OwnConfig};
use crate::process::{Process, lock};
use crate::sessions::Sessions;

/// The account. The lock is taken only by threads that hold the GIL, so no child inherits it locked.
#[pyclass(frozen, module = "wechat_official_account._native")]
pub(crate) struct Client {
    options: Options,
    state: Mutex<State>,
}

enum State {
    Open {
        config: OwnConfig,
        /// None if it was not opened in this process yet: it is fresh, or a copy that a child has of its parent's.
        opened: Option<Opened>,
    },
    Closed,
}

struct Opened {
    process: &'static Process,
    sessions: Arc<Sessions>,
}

impl Client {
    fn opened(&self, py: Python<'_>) -> PyResult<(&'static Process, Arc<Sessions>)> {
        let process = Process::current(py)?;
        let mut state = lock(&self.state);
        let State::Open { config, opened } = &mut *state else {
            return Err(Failure::Closed.into_exception(py));
        };
        if let Some(opened) = opened
            && opened.process.is_here()
        {
            return Ok((process, Arc::clone(&opened.sessions)));
        }
        let sessions = Arc::new(Sessions::new(self.host(process)?, config.clone()));
        leave(opened.replace(Opened {
            process,
            sessions: Arc::clone(&sessions),
        }));
        Ok((process, sessions))
    }

    fn host(&self, process: &Process) -> PyResult<Host> {
        let _inside = process.runtime.enter();
        let egress = Egress::new(self.options.egress()?);
        let egress = egress.map_err(|error| self.options.no_egress(error))?;
        Ok(process.host.with_egress(egress))
    }

    /// Prepares a call of an operation.
    pub(crate) fn call(&self, py: Python<'_>, facts: Facts, prepared: Prepared) -> PyResult<Call> {
        let (process, sessions) = self.opened(py)?;
        Ok(Call::new(process, facts, |start| {
            Box::pin(sessions.run(facts, prepared, start))
        }))
    }

    /// Prepares a call of something that the sessions themselves do.
    fn own<T: ToPy + Send + 'static>(
        &self,
        py: Python<'_>,
        name: &'static str,
        work: impl FnOnce(Arc<Sessions>, Facts) -> BoxFuture<'static, Result<T, Failure>>,
    ) -> PyResult<Call> {
        let (process, sessions) = self.opened(py)?;
        let facts = Facts {
            name,
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        };
        let answer = work(sessions, facts);
        let work: Work = Box::pin(async move { Ok(Box::new(answer.await?) as Reply) });
        Ok(Call::new(process, facts, |_| work))
    }
}

/// Drops the sessions, unless they are the parent's: their threads and locks are not in this process.
fn leave(opened: Option<Opened>) {
    if let Some(opened) = opened
        && !opened.process.is_here()
    {
        std::mem::forget(opened.sessions);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let State::Open { opened, .. } = &mut *lock(&self.state) {
            leave(opened.take());
        }
    }
}

#[pymethods]
impl Client {
    #[new]
    fn new(options: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (options, config) = Options::of(options)?;
        let state = State::Open { config, opened: None };
        Ok(Self {
            options,
            state: Mutex::new(state),
        })
    }

    /// Prepares the check of the configuration, which contacts nobody.
    fn check(&self, py: Python<'_>) -> PyResult<Call> {
        self.own(py, "account", |sessions, _| Box::pin(sessions.check()))
    }

    /// Closes the account.
    fn close(&self) {
        let state = std::mem::replace(&mut *lock(&self.state), State::Closed);
        if let State::Open {
            opened: Some(opened), ..
        } = state
        {
            if opened.process.is_here() {
                opened.sessions.close();
            }
            leave(Some(opened));
        }
    }

    #[getter]
    fn closed(&self) -> bool {
        matches!(&*lock(&self.state), State::Closed)
    }
}

/// See `verify` of the interface `account`.
#[pyfunction]
pub(crate) fn account_verify(py: Python<'_>, client: &Client) -> PyResult<Call> {
    client.own(py, "account.verify", |sessions, facts| Box::pin(sessions.verify(facts)))
}

/// See `access-token` of the interface `account`.
#[pyfunction]
pub(crate) fn account_access_token(py: Python<'_>, client: &Client) -> PyResult<Call> {
    client.own(py, "account.access-token", |sessions, facts| {
        Box::pin(sessions.access_token(facts))
    })
}

/// See `forget-token` of the interface `account`.
#[pyfunction]
pub(crate) fn account_forget_token(py: Python<'_>, client: &Client) -> PyResult<Call> {
    client.own(py, "account.forget-token", |sessions, _| {
        Box::pin(async move {
            sessions.forget_token();
            Ok(())
        })
    })
}
