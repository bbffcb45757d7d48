//! What a process has once: the runtime's threads and the compiled code.
//!
//! Threads do not survive a fork, and a lock that another thread held stays locked for ever. So a child makes its own,
//! and never touches those of its parent. The locks of this file are taken only by threads that hold the GIL: nobody
//! else can hold one during `os.fork`.

use std::process;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};
use wechat_official_account_host::{Egress, EgressConfig, Host, Roots};

use crate::engine_config::engine_config;

/// The component's machine code, made by the build script.
static CODE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/component.cwasm"));

/// Threads that make the calls. Most of a call is waiting. Two took 12 MB more at their peak, and uploads no less time.
const THREADS: usize = 1;

/// The threads and the code of this process. They live as long as it does.
pub(crate) struct Process {
    pid: u32,
    pub(crate) runtime: Runtime,
    /// With no way out: each account has its own.
    pub(crate) host: Host,
    /// Functions of Python that are to be called soon, on a thread that may wait for the GIL.
    pub(crate) callbacks: Mutex<Sender<Py<PyAny>>>,
}

static CURRENT: Mutex<Option<&'static Process>> = Mutex::new(None);

impl Process {
    /// Returns the process's own, and makes it before its first use and after a fork.
    pub(crate) fn current(_: Python<'_>) -> PyResult<&'static Self> {
        let mut current = lock(&CURRENT);
        match *current {
            Some(process) if process.is_here() => Ok(process),
            _ => {
                let process = Self::new().map_err(|error| PyRuntimeError::new_err(format!("{error:#}")))?;
                let process: &'static Self = Box::leak(Box::new(process));
                *current = Some(process);
                Ok(process)
            }
        }
    }

    /// Returns false in a child of the process that made it.
    pub(crate) fn is_here(&self) -> bool {
        self.pid == process::id()
    }

    fn new() -> wasmtime::Result<Self> {
        let egress = Egress::new(EgressConfig {
            allowed: Vec::new(),
            roots: Roots::None,
            ..EgressConfig::default()
        })?;
        #[allow(
            unsafe_code,
            reason = "the build script has compiled this code, and nobody can change it"
        )]
        // SAFETY: as the reason says.
        let host = unsafe { Host::from_precompiled_bytes(CODE, egress, &engine_config()) }?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("wechat")
            .enable_all()
            .build()?;
        Ok(Self {
            pid: process::id(),
            runtime,
            host,
            callbacks: Mutex::new(start_callbacks()?),
        })
    }
}

/// Starts the thread that calls functions of Python.
fn start_callbacks() -> std::io::Result<Sender<Py<PyAny>>> {
    let (sender, receiver) = channel::<Py<PyAny>>();
    let run = move || {
        while let Ok(callback) = receiver.recv() {
            Python::try_attach(|py| {
                // The loop may be closed, and then nobody waits any more.
                let _ = callback.call0(py);
                drop(callback);
            });
        }
    };
    thread::Builder::new().name("wechat-callbacks".to_owned()).spawn(run)?;
    Ok(sender)
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
