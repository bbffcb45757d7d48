//! The signals that end programs, as the system delivers them.

pub use system::Signals;

/// A signal that ends programs.
#[derive(Clone, Copy)]
pub struct Signal {
    pub name: &'static str,
    number: u8,
}

impl Signal {
    /// Returns 128 and the number, as shells do for a program that a signal ended.
    pub fn exit_code(self) -> u8 {
        128 + self.number
    }
}

#[cfg(unix)]
mod system {
    use std::{fs, future, task};

    use tokio::signal::unix::{self, SignalKind};

    use super::Signal;

    const CAUGHT: [(Signal, fn() -> SignalKind); 3] = [
        (
            Signal {
                name: "SIGHUP",
                number: 1,
            },
            SignalKind::hangup,
        ),
        (
            Signal {
                name: "SIGINT",
                number: 2,
            },
            SignalKind::interrupt,
        ),
        (
            Signal {
                name: "SIGTERM",
                number: 15,
            },
            SignalKind::terminate,
        ),
    ];

    /// One listener for each signal that is not ignored already, as by `nohup`.
    pub struct Signals(Vec<(Signal, unix::Signal)>);

    impl Signals {
        pub fn new() -> Self {
            let ignored = ignored();
            let caught = CAUGHT
                .into_iter()
                .filter(|(signal, _)| ignored >> (signal.number - 1) & 1 == 0)
                .filter_map(|(signal, kind)| Some((signal, unix::signal(kind()).ok()?)));
            Self(caught.collect())
        }

        pub async fn recv(&mut self) -> Signal {
            future::poll_fn(|context| {
                for (signal, listener) in &mut self.0 {
                    if listener.poll_recv(context).is_ready() {
                        return task::Poll::Ready(*signal);
                    }
                }
                task::Poll::Pending
            })
            .await
        }
    }

    /// Returns the set of ignored signals, as Linux tells it (proc(5), `SigIgn`).
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or_default()
    }
}

#[cfg(not(unix))]
mod system {
    use std::future;

    use super::Signal;

    pub struct Signals;

    impl Signals {
        pub fn new() -> Self {
            Self
        }

        pub async fn recv(&mut self) -> Signal {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Signal {
                    name: "Ctrl-C",
                    number: 2,
                },
                Err(_) => future::pending().await,
            }
        }
    }
}

#[cfg(test)]
impl Signal {
    /// Ctrl-C, for tests that send nothing.
    pub const INTERRUPT: Signal = Signal {
        name: "SIGINT",
        number: 2,
    };
}
