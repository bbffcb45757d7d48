//! The promise: arguments that can't fit are refused and the session goes on, and a pool that is used up says so.

use std::time::{Duration, Instant};

use wechat_official_account_component as component;
use wechat_official_account_host::types::{Article, ErrorKind, File, News};
use wechat_official_account_host::{Egress, EgressConfig, Error, Host, LimitReached, Limits, Session};

use crate::support::{World, config, egress, fixture, news, padded, refused};

const MIB: usize = 1024 * 1024;

fn article_of(bytes: usize) -> Article {
    Article::News(News::new("标题", "<p>字</p>".repeat(bytes / 10), "thumb"))
}

#[tokio::test]
async fn what_can_t_fit_is_refused_and_the_session_goes_on() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let huge = File::new("huge.jpg", padded("cover.jpg", 130 * MIB).bytes);
    let article = article_of(130 * MIB);
    let html = match &article {
        Article::News(news) => news.content.clone(),
        Article::Pictures(_) => unreachable!(),
    };
    let mut refusals = vec![
        refused(session.upload_material_image(&huge).await),
        refused(session.upload_article_image(&huge).await),
        refused(
            session
                .upload_media(wechat_official_account_host::types::MediaKind::Image, &huge)
                .await,
        ),
        refused(session.upload_material_video(&huge, "t", "i").await),
        refused(session.upload_material_video(&fixture("video.mp4"), &html, "i").await),
        refused(session.add_draft(std::slice::from_ref(&article)).await),
        refused(session.update_draft("id", 0, &article).await),
        refused(session.check_articles(std::slice::from_ref(&article)).await),
        refused(session.references(&html).await),
        refused(session.prepare_content(&html, &[], true).await),
        refused(session.prepare_content("<p>x", std::slice::from_ref(&huge), true).await),
        refused(session.get_draft(&html).await),
        refused(session.quota(&html).await),
    ];
    // Many that fit alone, and do not together.
    refusals.push(refused(session.add_draft(&vec![article_of(MIB); 29]).await));
    for error in refusals {
        assert_eq!(error.kind, ErrorKind::InvalidInput, "{error:?}");
        assert!(error.message.contains("bytes") && !error.advice.is_empty(), "{error:?}");
    }
    session.add_draft(&[news("标题", &image)]).await.unwrap();
    let mut instance = world.host.instantiate().await.unwrap();
    let error = instance.check_articles(&[article], None).await.unwrap_err();
    let reached = error.downcast_ref::<LimitReached>();
    assert!(matches!(reached, Some(LimitReached::Arguments { .. })), "{error:?}");
    assert!(instance.check_articles(&[], None).await.is_ok());
}

/// The largest arguments that are let in do not end the instance, also after others.
#[tokio::test]
async fn what_fits_is_worked_on() {
    let world = World::start().await;
    let image = world.permanent_image();
    let mut fresh = world.session().await;
    let error = refused(fresh.upload_material_image(&padded("cover.jpg", 111 * MIB)).await);
    assert_eq!(error.kind, ErrorKind::FileRejected, "{error:?}");
    let mut fresh = world.session().await;
    fresh.check_articles(&[article_of(100 * MIB)]).await.unwrap();
    let error = refused(fresh.upload_material_image(&padded("cover.jpg", 111 * MIB)).await);
    assert_eq!(error.kind, ErrorKind::InvalidInput, "{error:?}");
    for size in [27, 11] {
        let html = format!("{}<img src='cover.jpg'>", "<p>字</p>".repeat(size * MIB / 10));
        let mut session = world.session().await;
        let prepared = session.prepare_content(&html, &[fixture("cover.jpg")], false).await;
        assert!(prepared.unwrap().html.len() > (size - 1) * MIB);
        session.check_articles(&[article_of(47 * MIB)]).await.unwrap();
        let error = refused(session.upload_material_image(&padded("cover.jpg", 47 * MIB)).await);
        assert_eq!(error.kind, ErrorKind::FileRejected, "{error:?}");
        session
            .upload_material_image(&padded("cover.jpg", 10 * MIB))
            .await
            .unwrap();
        session.add_draft(&[news("标题", &image)]).await.unwrap();
    }
}

/// A host with a pool for this many instances.
fn small_host(world: &World, instances: u32) -> Host {
    let config = Host::engine_config_for(instances);
    Host::with_engine_config(component::PATH, egress(&world.simulator), &config).unwrap()
}

#[tokio::test]
async fn a_pool_that_is_used_up_queues_and_then_says_so() {
    let world = World::start().await;
    let host = small_host(&world, 2).with_limits(Limits {
        queue: 1,
        queue_time: Duration::from_millis(300),
        ..Limits::default()
    });
    let first = Session::open(&host, &config()).await.unwrap();
    let mut second = Session::open(&host, &config()).await.unwrap();

    let begin = Instant::now();
    let full = Session::open(&host, &config()).await.err().unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(300));
    let text = full.to_string();
    assert!(
        text.contains("all 2 instances") && text.contains("engine_config_for"),
        "{text}"
    );
    let Error::NoInstance(cause) = full else {
        panic!("{full:?}")
    };
    assert!(matches!(
        cause.downcast_ref::<LimitReached>(),
        Some(LimitReached::Instances { instances: 2, .. })
    ));

    let host = host.with_limits(Limits {
        queue: 1,
        ..Limits::default()
    });
    // One caller waits, and gets the place that comes free; a second one in the queue is refused at once.
    let waiting = async { Session::open(&host, &config()).await };
    let refused_at_once = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let begin = Instant::now();
        let outcome = Session::open(&host, &config()).await;
        assert!(matches!(outcome, Err(Error::NoInstance(_))) && begin.elapsed() < Duration::from_secs(10));
        drop(first);
    };
    let (third, ()) = tokio::join!(waiting, refused_at_once);
    third.unwrap().count_drafts().await.unwrap();
    second.count_drafts().await.unwrap();
}

#[tokio::test]
async fn a_trap_says_what_to_do() {
    let world = World::start().await;
    let host = world.host.with_limits(Limits {
        computing: Duration::from_millis(100),
        ..Limits::default()
    });
    let mut session = Session::open(&host, &config()).await.unwrap();
    let html = "<p style='a:url(b.jpg)'><img srcset='a.jpg 1x, b.jpg 2x'>".repeat(400_000);
    let error = session.references(&html).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("0.1 s") && text.contains("Open another session"),
        "{text}"
    );
    let again = session.count_drafts().await.unwrap_err();
    assert!(again.to_string().contains("Open another session"), "{again}");
    // Others go on.
    Session::open(&host, &config())
        .await
        .unwrap()
        .count_drafts()
        .await
        .unwrap();
}

/// The variable that tells the test below that it runs in the process with the limit.
const LIMITED: &str = "WECHAT_TEST_LIMITED";

/// Runs itself again in a process of 4 GiB of address space.
#[cfg(unix)]
#[tokio::test]
async fn one_instance_fits_into_a_limited_address_space() {
    if std::env::var_os(LIMITED).is_none() {
        let this = "limits::one_instance_fits_into_a_limited_address_space";
        let run = std::process::Command::new("sh")
            .args(["-c", "ulimit -v 4194304 && exec \"$0\" --exact \"$1\" --nocapture"])
            .arg(std::env::current_exe().unwrap())
            .arg(this)
            .env(LIMITED, "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && text.contains("1 passed"), "{text}");
        return;
    }
    let nowhere = || Egress::new(EgressConfig::default()).unwrap();
    let refusal = Host::new(component::PATH, nowhere()).err().unwrap();
    let text = refusal.to_string();
    assert!(
        text.contains("address space") && text.contains("engine_config_for(1)"),
        "{text}"
    );
    let host = Host::with_engine_config(component::PATH, nowhere(), &Host::engine_config_for(1)).unwrap();
    let mut instance = host.instantiate().await.unwrap();
    assert_eq!(instance.check_articles(&[], None).await.unwrap().len(), 1);
    drop(instance);
    // Code that was compiled for one pool serves another.
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("limited.cwasm");
    std::fs::write(&path, Host::precompile(component::PATH).unwrap()).unwrap();
    // SAFETY: this test has written the file for itself.
    #[allow(unsafe_code, reason = "this test has written the file for itself")]
    let host =
        unsafe { Host::from_precompiled_with_engine_config(&path, nowhere(), &Host::engine_config_for(3)) }.unwrap();
    let mut instances = Vec::new();
    for _ in 0..3 {
        instances.push(host.instantiate().await.unwrap());
    }
}
