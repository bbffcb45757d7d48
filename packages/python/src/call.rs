//! One call: made on the runtime's thread, waited for by a thread of Python's or by an asyncio loop.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use pyo3::PyErr;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::facts::Facts;
use crate::failure::{Failure, exception, gone};
use crate::operation::{BoxFuture, Reply};
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
    start: Arc<Start>,
}

/// Whether the operation itself has begun. Its session and who ends it race for that, and one of them wins.
pub(crate) struct Start(AtomicU8);

impl Start {
    const IDLE: u8 = 0;
    const BEGUN: u8 = 1;
    const CANCELLED: u8 = 2;

    fn new() -> Self {
        Self(AtomicU8::new(Self::IDLE))
    }

    /// Returns false if the call was ended first: then the operation must not begin.
    pub(crate) fn begin(&self) -> bool {
        self.leave_idle(Self::BEGUN)
    }

    /// Returns false if the operation may have begun first.
    fn cancel(&self) -> bool {
        self.leave_idle(Self::CANCELLED)
    }

    /// Returns whether it is in this state from now on.
    fn leave_idle(&self, to: u8) -> bool {
        let left = self
            .0
            .compare_exchange(Self::IDLE, to, Ordering::AcqRel, Ordering::Acquire);
        left.map_or_else(|other| other == to, |_| true)
    }
}

impl Call {
    pub(crate) fn new(process: &'static Process, facts: Facts, work: impl FnOnce(Arc<Start>) -> Work) -> Self {
        let start = Arc::new(Start::new());
        Self {
            facts,
            process,
            work: Mutex::new(Some(work(Arc::clone(&start)))),
            task: Mutex::new(None),
            shared: Arc::new(Shared {
                answer: Mutex::new(None),
                done: Condvar::new(),
                start,
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
            // The classes of answers are Python's code, in which the handler of a signal may raise.
            Some(Ok(reply)) => reply
                .to_py(py)
                .map(Bound::unbind)
                .map_err(|error| self.interrupted(py, error)),
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
        let had_begun = !self.shared.start.cancel();
        if let Some(task) = lock(&self.task).take() {
            task.abort();
        }
        (had_begun && !self.facts.repeatable).then(|| exception(py, &gone(self.facts, "it was interrupted")))
    }

    /// Ends the call. Returns the error that interrupts it, whose cause tells if it may have been executed.
    fn interrupted(&self, py: Python<'_>, error: PyErr) -> PyErr {
        if let Some(unknown) = self.abort(py) {
            error.set_cause(py, Some(unknown));
        }
        error
    }
}

#[pymethods]
impl Call {
    /// Makes the call and waits for its answer, without the GIL. A signal whose handler raises ends it.
    fn wait(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.spawn(None)?;
        let mut limit = SIGNALS;
        loop {
            let answer = py.detach(|| self.wait_for_answer(limit)).then(|| self.take(py));
            // Also if there is an answer: a signal that came shortly before would take it away without a word.
            py.check_signals().map_err(|signal| self.interrupted(py, signal))?;
            if let Some(answer) = answer {
                return answer;
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
