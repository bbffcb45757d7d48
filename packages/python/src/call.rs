//! One call: made on the runtime's thread, waited for by a thread of Python's or by an asyncio loop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use pyo3::PyErr;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::failure::{Failure, exception, gone};
use crate::operation::{BoxFuture, Facts, Reply};
use crate::process::{Process, lock};

/// The pause between two looks at Python's signals while a thread waits: Ctrl-C works at once for people.
const SIGNALS: Duration = Duration::from_millis(50);

/// The same on other threads, which get no signals. Any long time will do.
const NO_SIGNALS: Duration = Duration::from_secs(3600);

type Answer = Result<Reply, Failure>;

/// The work of a call, which begins when it is waited for or started.
pub(crate) type Work = BoxFuture<'static, Answer>;

/// A call that was prepared and not waited for yet.
#[pyclass(frozen, module = "wechat_official_account._native")]
pub(crate) struct Call {
    facts: Facts,
    process: &'static Process,
    work: Mutex<Option<Work>>,
    task: Mutex<Option<AbortHandle>>,
    shared: Arc<Shared>,
}

struct Shared {
    answer: Mutex<Option<Answer>>,
    done: Condvar,
    /// Whether the operation itself may have begun.
    sent: Arc<AtomicBool>,
}

impl Call {
    pub(crate) fn new(process: &'static Process, facts: Facts, work: impl FnOnce(Arc<AtomicBool>) -> Work) -> Self {
        let sent = Arc::new(AtomicBool::new(false));
        Self {
            facts,
            process,
            work: Mutex::new(Some(work(Arc::clone(&sent)))),
            task: Mutex::new(None),
            shared: Arc::new(Shared {
                answer: Mutex::new(None),
                done: Condvar::new(),
                sent,
            }),
        }
    }

    fn spawn(&self, callback: Option<Py<PyAny>>) -> PyResult<()> {
        let work = lock(&self.work).take();
        let work = work.ok_or_else(|| PyRuntimeError::new_err("the call was made already"))?;
        let shared = Arc::clone(&self.shared);
        let callbacks = callback.map(|callback| (lock(&self.process.callbacks).clone(), callback));
        let task = self.process.runtime.spawn(async move {
            let answer = work.await;
            *lock(&shared.answer) = Some(answer);
            shared.done.notify_all();
            if let Some((callbacks, callback)) = callbacks {
                // Nobody receives it in a process that is ending.
                let _ = callbacks.send(callback);
            }
        });
        *lock(&self.task) = Some(task.abort_handle());
        Ok(())
    }

    fn take(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match lock(&self.shared.answer).take() {
            Some(Ok(reply)) => reply.to_py(py).map(Bound::unbind),
            Some(Err(failure)) => Err(failure.into_exception(py)),
            None => Err(PyRuntimeError::new_err("the call has no answer")),
        }
    }

    /// Waits for an answer, at most for this time.
    fn wait_for_answer(&self, limit: Duration) -> bool {
        let answer = lock(&self.shared.answer);
        let done = &self.shared.done;
        let waited = done.wait_timeout_while(answer, limit, |answer| answer.is_none());
        let (answer, _) = waited.unwrap_or_else(PoisonError::into_inner);
        answer.is_some()
    }

    /// Ends the call, and returns the error for it if it may have been executed.
    fn abort(&self, py: Python<'_>) -> Option<PyErr> {
        if let Some(task) = lock(&self.task).take() {
            task.abort();
        }
        let sent = self.shared.sent.load(Ordering::Acquire);
        (sent && !self.facts.repeatable).then(|| exception(py, &gone(self.facts, "it was interrupted")))
    }
}

#[pymethods]
impl Call {
    /// Makes the call and waits for its answer, without the GIL. A signal whose handler raises ends it.
    fn wait(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.spawn(None)?;
        let mut limit = SIGNALS;
        loop {
            if py.detach(|| self.wait_for_answer(limit)) {
                return self.take(py);
            }
            if let Err(signal) = py.check_signals() {
                if let Some(unknown) = self.abort(py) {
                    signal.set_cause(py, Some(unknown));
                }
                return Err(signal);
            }
            if !is_main_thread(py)? {
                limit = NO_SIGNALS;
            }
        }
    }

    /// Makes the call, and calls `callback` on another thread after it is done.
    fn start(&self, callback: Py<PyAny>) -> PyResult<()> {
        self.spawn(Some(callback))
    }

    /// Returns the answer of a call that is done.
    fn result(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.take(py)
    }

    /// Ends the call. Returns an exception if it may have been executed and must not be repeated blindly.
    fn cancel(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.abort(py).map(|error| error.into_value(py).into_any())
    }
}

/// Returns whether this is the thread on which Python runs the handlers of signals.
fn is_main_thread(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import("threading")?;
    let main = threading.call_method0("main_thread")?.getattr("ident")?;
    threading.call_method0("get_ident")?.eq(main)
}
