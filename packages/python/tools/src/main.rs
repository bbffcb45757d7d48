//! Writes the two things that the Python package is made of: the component, and the contract as JSON.
//!
//! ```text
//! wechat-official-account-python-tools component FILE
//! wechat-official-account-python-tools contract WIT-FOLDER > contract.json
//! ```

use std::env;
use std::error::Error;
use std::io::{Write as _, stdout};

use wit_parser::Resolve;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        #[cfg(feature = "component")]
        ["component", file] => {
            std::fs::copy(wechat_official_account_component::PATH, file)?;
        }
        ["contract", folder] => {
            let mut resolve = Resolve::default();
            resolve.push_dir(folder)?;
            stdout().write_all(&serde_json::to_vec_pretty(&resolve)?)?;
        }
        _ => return Err("usage: component FILE | contract WIT-FOLDER".into()),
    }
    Ok(())
}
