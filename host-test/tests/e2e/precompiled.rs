//! The promise: a component that was compiled ahead of time works like one that is compiled at the start, and nothing
//! else is loaded in its place.

use std::path::PathBuf;

use wechat_official_account_component as component;
use wechat_official_account_host::Egress;
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;

use crate::support::{World, config, egress, news};

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn load(path: &PathBuf, egress: Egress) -> wasmtime::Result<Host> {
    // SAFETY: this test has written the files for itself.
    #[allow(unsafe_code, reason = "this test has written the files for itself")]
    unsafe {
        Host::from_precompiled(path, egress)
    }
}

#[tokio::test]
async fn a_precompiled_component_works_like_the_component() {
    let world = World::start().await;
    let path = written("plugin.cwasm", &Host::precompile(component::PATH).unwrap());
    let host = load(&path, egress(&world.simulator)).unwrap();
    let mut session = Session::open(&host, &config()).await.unwrap();
    session
        .add_draft(&[news("标题", &world.permanent_image())])
        .await
        .unwrap();
    assert_eq!(session.count_drafts().await.unwrap(), 1);
}

#[tokio::test]
async fn other_files_are_refused() {
    let world = World::start().await;
    for (name, bytes) in [
        ("component.cwasm", std::fs::read(component::PATH).unwrap()),
        ("empty.cwasm", Vec::new()),
    ] {
        let path = written(name, &bytes);
        let error = load(&path, egress(&world.simulator)).err().unwrap();
        assert!(error.to_string().contains(name), "{error:#}");
    }
}
