//! The promise: a component that was compiled ahead of time works like one that is compiled at the start, and nothing
//! else is loaded in its place.

use std::path::PathBuf;

use wechat_official_account_component as component;
use wechat_official_account_host::{Egress, EgressConfig, Error, Host, Limits, Session};

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

#[allow(unsafe_code, reason = "these tests have compiled the code themselves")]
fn load_bytes(code: &[u8], egress: Egress, config: &wasmtime::Config) -> wasmtime::Result<Host> {
    // SAFETY: these tests have compiled the code themselves.
    unsafe { Host::from_precompiled_bytes(code, egress, config) }
}

fn nowhere() -> Egress {
    Egress::new(EgressConfig::default()).unwrap()
}

#[tokio::test]
async fn code_is_loaded_from_memory_at_any_address() {
    let world = World::start().await;
    let code = Host::precompile(component::PATH).unwrap();
    // `include_bytes!` aligns nothing.
    for shift in 0..3 {
        let shifted = [&[0; 3][..shift], &code].concat();
        let engine = Host::engine_config_for(1);
        let host = load_bytes(&shifted[shift..], egress(&world.simulator), &engine).unwrap();
        let mut session = Session::open(&host, &config()).await.unwrap();
        assert_eq!(session.count_drafts().await.unwrap(), 0);
    }
    let error = load_bytes(&code[..code.len() / 2], nowhere(), &Host::engine_config_for(1));
    let text = format!("{:#}", error.err().unwrap());
    assert!(text.starts_with("cannot load the precompiled component"), "{text}");
}

/// Returns a configuration of a machine whose processor has nothing but what all of its kind have.
#[allow(unsafe_code, reason = "it says that less is there than there is")]
fn oldest_processor() -> wasmtime::Config {
    let mut config = Host::engine_config_for(1);
    // SAFETY: code for less runs here, too.
    unsafe { config.detect_host_feature(|_| Some(false)) };
    // Its own compiler, which is not used here, must not ask for more.
    Host::use_baseline(&mut config).unwrap();
    config
}

#[tokio::test]
async fn precompiled_code_runs_on_other_processors_than_this_one() {
    let code = Host::precompile(component::PATH).unwrap();
    load_bytes(&code, nowhere(), &oldest_processor()).map(drop).unwrap();
    // That is no matter of course.
    if cfg!(target_arch = "x86_64") {
        let config = Host::engine_config_for(1);
        let code = Host::precompile_with_engine_config(component::PATH, &config).unwrap();
        let error = load_bytes(&code, nowhere(), &oldest_processor()).err().unwrap();
        assert!(format!("{error:#}").contains("not available on the host"), "{error:#}");
    }
}

#[tokio::test]
async fn a_program_that_needs_the_signals_itself_has_them() {
    let mut engine = Host::engine_config_for(1);
    engine.signals_based_traps(false);
    let code = Host::precompile_with_engine_config(component::PATH, Host::use_baseline(&mut engine.clone()).unwrap());
    let code = code.unwrap();
    let error = load_bytes(&code, nowhere(), &Host::engine_config_for(1)).err().unwrap();
    assert!(format!("{error:#}").contains("Signals-based traps"), "{error:#}");

    let world = World::start().await;
    let host = load_bytes(&code, egress(&world.simulator), &engine).unwrap();
    let mut session = Session::open(&host, &config()).await.unwrap();
    assert_eq!(session.count_drafts().await.unwrap(), 0);
    // An instance that ends is an error and nothing else, with these traps, too.
    let limits = Limits {
        resources: 1,
        ..Limits::default()
    };
    session.close().await.unwrap();
    let mut session = Session::open(&host.with_limits(limits), &config()).await.unwrap();
    assert!(matches!(session.count_drafts().await, Err(Error::Trap(_))));
    assert!(matches!(session.count_drafts().await, Err(Error::Trap(_))));
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
