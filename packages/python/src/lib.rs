//! The compiled part of the Python package `wechat-official-account`: the component in its Rust host.
//!
//! Python's classes stand in `python/wechat_official_account`; this module has the calls. A call goes through the
//! modules from the top to the ground:
//!
//! | module | task |
//! |---|---|
//! | `generated` | a function for each operation, and the conversions of the contract's types |
//! | `client` | an account: its options, and its sessions in this process |
//! | `call` | one call: waited for by a thread, or by an asyncio loop |
//! | `sessions` | as many sessions as there are calls at once, with one token |
//! | `operation`, `arguments`, `options` | an operation with its arguments; files; the options of an account |
//! | `failure`, `facts`, `convert` | exceptions; what is known of an operation; conversions |
//! | `field_names` | names of the contract that are others in Python |
//! | `process` | threads and compiled code, once for each process |

mod arguments;
mod call;
mod client;
mod convert;
mod engine_config;
mod facts;
mod failure;
mod field_names;
mod generated;
mod operation;
mod options;
mod position;
mod process;
mod sessions;

use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<call::Call>()?;
    module.add_class::<client::Client>()?;
    module.add_class::<position::Position>()?;
    module.add_function(wrap_pyfunction!(client::account_verify, module)?)?;
    module.add_function(wrap_pyfunction!(client::account_access_token, module)?)?;
    module.add_function(wrap_pyfunction!(client::account_forget_token, module)?)?;
    generated::register(module)
}
