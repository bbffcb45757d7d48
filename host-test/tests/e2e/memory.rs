//! The promise: an instance does not grow with the number of its calls, and one that computes does not keep others
//! waiting.

use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use host_test::bench::{Comparison, Side, Work};
use wechat_official_account_component as component;
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;
use wechat_official_account_host::limits::MEMORY;
use wechat_official_account_host::types::{ErrorKind, MaterialKind, MediaKind};
use wechat_official_account_host::{Egress, EgressConfig};

use crate::support::operations::every_operation;
use crate::support::{World, assert_refused, config, fixture, news, padded, refused};

const KIB: usize = 1024;

/// Rounds of ten calls each.
const ROUNDS: usize = 500;
/// Rounds after which every kind of call has been made with its largest argument.
const WARM_UP: usize = 30;

/// Sizes of uploads, from round to round. They are small, so that a leak can't hide for long in the room that one left.
const SIZES: [usize; 7] = [200 * KIB, 2 * KIB, 60 * KIB, 30 * KIB, 5 * KIB, 120 * KIB, 20 * KIB];

/// Makes ten calls of all kinds, different in each round.
async fn round(world: &World, session: &mut Session, round: usize) {
    let size = SIZES.iter().cycle().nth(round).unwrap();
    let image = padded("cover.jpg", *size);
    let stored = session.upload_material_image(&image).await.unwrap();
    session.get_material(&stored.media_id).await.unwrap();
    let media = session.upload_media(MediaKind::Image, &image).await.unwrap();
    session.get_media(&media.media_id).await.unwrap();
    let article = news(&"题".repeat(1 + round % 30), &stored.media_id);
    let draft = session.add_draft(&vec![article; 1 + round % 8]).await.unwrap();
    session.list_drafts(0, 20, true).await.unwrap();
    session.list_material(MaterialKind::Image, 0, 20).await.unwrap();
    assert_refused(session.get_draft("none").await, ErrorKind::NotFound, Some(40007));
    refused(session.upload_material_image(&fixture("picture.webp")).await);
    match round % 3 {
        0 => world.account(|account| account.revoke_tokens()),
        1 => session.forget_token().await.unwrap(),
        _ => {}
    }
    session.delete_draft(&draft).await.unwrap();
    world.account(|account| {
        account.media.clear();
        // A full page of the list remains, and no more.
        while account.materials.len() > 20 {
            account.materials.pop_first();
        }
    });
}

#[tokio::test]
async fn five_thousand_calls_take_no_more_memory_than_three_hundred() {
    let world = World::start().await;
    world.account(|account| account.lift_limits());
    let mut session = world.session().await;
    let at_first = session.memory_bytes();
    for number in 0..WARM_UP {
        round(&world, &mut session, number).await;
    }
    let warm = session.memory_bytes();
    for number in WARM_UP..ROUNDS {
        round(&world, &mut session, number).await;
    }
    let at_last = session.memory_bytes();
    println!("linear memory: {at_first} bytes at first, {warm} after 300 calls, {at_last} after 5,000");
    assert_eq!(at_last, warm);
    assert!(
        session.close().await.unwrap().is_idle(),
        "a request or a stream is still open"
    );
    assert!(at_first < warm && warm < MEMORY, "{at_first} {warm}");
}

const MIB: usize = 1024 * KIB;

/// Makes the call once in a fresh instance. Returns the sides and the instance's linear memory afterwards.
fn after(work: Work) -> (Comparison, usize) {
    let host = Host::new(component::PATH, Egress::new(EgressConfig::default()).unwrap()).unwrap();
    let mut rivals = Comparison::prepare(&host, work, false).unwrap();
    rivals.time(Side::Plugin, 1).unwrap();
    let memory = rivals.plugin_memory();
    (rivals, memory)
}

#[test]
fn an_upload_takes_the_file_and_at_most_a_mebibyte_more() {
    let (_, memory) = after(Work::Upload(10 * MIB));
    println!("10 MiB upload: {memory} bytes of linear memory");
    assert!(memory <= 11 * MIB, "{memory}");
}

#[test]
fn a_list_takes_at_most_two_and_a_half_times_its_reply() {
    for work in [Work::ListWithContent(MIB), Work::ListWithRawLines(MIB)] {
        let (rivals, memory) = after(work);
        let reply = rivals.reply_length().unwrap();
        println!("{work}: {memory} bytes of linear memory for a reply of {reply}");
        assert!(reply > 20 * MIB && memory * 2 <= reply * 5, "{reply} {memory}");
    }
}

fn is_pending(call: Pin<&mut impl Future>) -> bool {
    call.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

/// The epoch ends before the guest has begun, so it yields at once, and a call that yields can be cancelled.
#[tokio::test]
async fn a_guest_that_computes_lets_other_tasks_run() {
    let world = World::start().await;
    let mut instance = world.host.instantiate().await.unwrap();
    let config = config();
    {
        let mut opening = pin!(instance.open(&config));
        world.host.engine().increment_epoch();
        assert!(is_pending(opening.as_mut()));
        assert!(opening.await.unwrap().is_ok());
    }
    let mut opening = Box::pin(instance.open(&config));
    world.host.engine().increment_epoch();
    assert!(is_pending(opening.as_mut()));
    drop(opening);
    assert!(instance.open(&config).await.is_err());
}

#[tokio::test]
async fn every_operation_gives_up_its_arguments_and_replies() {
    let world = World::start().await;
    let mut session = world.session().await;
    for _ in 0..3 {
        every_operation(&mut session).await;
    }
    let before = session.memory_bytes();
    for _ in 0..5 {
        every_operation(&mut session).await;
    }
    assert_eq!(session.memory_bytes(), before);
    assert!(session.close().await.unwrap().is_idle());
}
