//! The promise: `docs/reliability.md` shows every fault in every kind of call: the caller's result, the number of
//! requests, and the number that WeChat executed. The tables are generated; a stale one fails the test. This command
//! writes them:
//!
//! ```sh
//! WRITE_TABLE=1 cargo test -p host-test --test e2e reliability
//! ```

use std::fmt::Write as _;
use std::path::Path;

use futures_util::future::join_all;
use strum::IntoEnumIterator;
use wechat_official_account_host::types::{Config, MaterialContent, MediaKind, Timeouts};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::{
    self as simulator, ConnectionFault, ConnectionRule, Entry, Fault, FaultRule, Faults, MaterialKind,
};

use crate::support::operations::rendered;
use crate::support::{World, canary, config, faults, fixture, news};

/// The operations, one of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Read,
    Download,
    SafeWrite,
    Deletion,
    UnsafeWrite,
    SafeUpload,
    UnsafeUpload,
}

impl Call {
    const ALL: [Self; 7] = [
        Self::Read,
        Self::Download,
        Self::SafeWrite,
        Self::Deletion,
        Self::UnsafeWrite,
        Self::SafeUpload,
        Self::UnsafeUpload,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Read => "read<br>`draft.get`",
            Self::Download => "download<br>`material.get`",
            Self::SafeWrite => "safe write<br>`draft.update`",
            Self::Deletion => "deletion<br>`draft.delete`",
            Self::UnsafeWrite => "unsafe write<br>`draft.add`",
            Self::SafeUpload => "safe upload<br>`media.upload`",
            Self::UnsafeUpload => "unsafe upload<br>`material.upload-image`",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Read => "/cgi-bin/draft/get",
            Self::Download => "/cgi-bin/material/get_material",
            Self::SafeWrite => "/cgi-bin/draft/update",
            Self::Deletion => "/cgi-bin/draft/delete",
            Self::UnsafeWrite => "/cgi-bin/draft/add",
            Self::SafeUpload => "/cgi-bin/media/upload",
            Self::UnsafeUpload => "/cgi-bin/material/add_material",
        }
    }

    fn is_unsafe(self) -> bool {
        matches!(self, Self::UnsafeWrite | Self::UnsafeUpload)
    }

    fn is_read(self) -> bool {
        matches!(self, Self::Read | Self::Download)
    }

    /// Makes the call, and returns whether the answer is right.
    async fn run(self, world: &World, session: &mut Session, draft: &str, image: &str) -> host::Result<bool> {
        Ok(match self {
            Self::Read => {
                let draft = session.get_draft(draft).await?;
                // The fault put control characters and bad UTF-8 in front, which are replaced. The rest is unchanged.
                draft.articles[0].title.ends_with("旧标题")
            }
            Self::Download => {
                let content = session.get_material(image).await?;
                let expected = fixture("cover.jpg").bytes;
                matches!(content, MaterialContent::File(file) if file.bytes == expected)
            }
            Self::SafeWrite => {
                session.update_draft(draft, 0, &news("新标题", image)).await?;
                world.account(|account| account.drafts[draft].articles[0].title == "新标题")
            }
            Self::Deletion => {
                session.delete_draft(draft).await?;
                world.account(|account| !account.drafts.contains_key(draft))
            }
            Self::UnsafeWrite => {
                let id = session.add_draft(&[news("标题", image)]).await?;
                world.account(|account| account.drafts.contains_key(&id))
            }
            Self::SafeUpload => {
                let media = session.upload_media(MediaKind::Image, &fixture("cover.jpg")).await?;
                world.account(|account| account.media.contains_key(&media.media_id))
            }
            Self::UnsafeUpload => {
                let image = session.upload_material_image(&fixture("cover.jpg")).await?;
                world.account(|account| account.materials.contains_key(&image.media_id))
            }
        })
    }
}

/// The fault of one row.
#[derive(Clone)]
enum Row {
    Request(Fault),
    Connection(ConnectionFault),
}

impl Row {
    fn name(&self) -> String {
        match self {
            Self::Request(fault) => fault.to_string(),
            Self::Connection(fault) => fault.to_string(),
        }
    }

    fn faults(&self, path: &str, how_often: HowOften) -> Faults {
        match (self, how_often) {
            (Self::Request(fault), HowOften::Once) => FaultRule::new(path, fault.clone()).times(1).into(),
            (Self::Request(fault), HowOften::Always) => FaultRule::new(path, fault.clone()).into(),
            (Self::Connection(fault), HowOften::Once) => ConnectionRule::new(*fault, 1).into(),
            // One call makes fewer connections.
            (Self::Connection(fault), HowOften::Always) => ConnectionRule::new(*fault, 100).into(),
        }
    }

    /// Returns the limit on the whole call. It is short for a trickle, which nothing else ends, and never reached
    /// otherwise.
    fn call_milliseconds(&self) -> u32 {
        match self {
            Self::Request(Fault::Trickle { .. }) => 3000,
            _ => 300_000,
        }
    }
}

fn rows() -> Vec<Row> {
    let requests = faults::waiting().into_iter().chain(faults::immediate());
    let connections = ConnectionFault::iter().map(Row::Connection);
    requests.map(Row::Request).chain(connections).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HowOften {
    Once,
    Always,
}

/// Opens an account with four attempts and a token, so that the first connection is for the call itself.
async fn session(world: &World, row: &Row) -> Session {
    let token = world.session().await.access_token().await.unwrap();
    let config = Config {
        timeouts: Some(Timeouts {
            connect_milliseconds: 1000,
            first_byte_milliseconds: 3000,
            between_bytes_milliseconds: 1500,
            call_milliseconds: row.call_milliseconds(),
        }),
        retry_pauses_milliseconds: Some(vec![1, 2, 3]),
        token: Some(token),
        ..config()
    };
    Session::open(&world.reconnected(), &config).await.unwrap()
}

/// Runs one cell of the table.
async fn cell(row: &Row, call: Call, how_often: HowOften) -> String {
    let world = World::start().await;
    let image =
        world.account(|account| account.put_material(MaterialKind::Image, "image.jpg", fixture("cover.jpg").bytes));
    let draft =
        world.account(|account| account.put_draft(vec![simulator::Article::news("旧标题", "<p>正文</p>", &image)]));
    let mut session = session(&world, row).await;
    world.simulator.inject(row.faults(call.path(), how_often));
    let outcome = call.run(&world, &mut session, &draft, &image).await;
    canary::assert_absent(&rendered(&outcome));
    let outcome = match outcome {
        Ok(true) => "success".to_owned(),
        Ok(false) => "wrong content".to_owned(),
        Err(host::Error::Plugin(error)) => format!("{:?}", error.kind).trim_start_matches("ErrorKind::").to_owned(),
        Err(trap) => panic!("{} in {call:?}: {trap}", row.name()),
    };
    let requests = world.requests(call.path());
    let done = requests.iter().filter(|request| request.executed).count();
    promises(row, call, &outcome, &requests);
    // The instance goes on working.
    world.simulator.clear_faults();
    session.count_material().await.unwrap();
    match call.is_read() {
        true => format!("{outcome} · {} sent", requests.len()),
        false => format!("{outcome} · {} sent, {done} done", requests.len()),
    }
}

/// Fails if a cell breaks a promise that holds for all of them.
fn promises(row: &Row, call: Call, outcome: &str, requests: &[Entry]) {
    let done = requests.iter().filter(|request| request.executed).count();
    let case = format!("{} in {call:?}: {outcome}, {requests:?}", row.name());
    assert!(requests.len() <= 4, "{case}");
    if call.is_unsafe() {
        assert!(done <= 1, "done twice: {case}");
        let expected = match outcome {
            "success" => done == 1,
            "OutcomeUnknown" => true,
            _ => done == 0,
        };
        assert!(expected, "{case}");
    } else if outcome == "success" {
        assert!(call == Call::Deletion || requests.last().unwrap().executed, "{case}");
        assert!(done > 0, "{case}");
    } else {
        assert_ne!(outcome, "OutcomeUnknown", "{case}");
    }
}

async fn table(how_often: HowOften) -> String {
    let mut text = String::from("| fault |");
    let mut line = String::from("|---|");
    for call in Call::ALL {
        write!(text, " {} |", call.title()).unwrap();
        line += "---|";
    }
    writeln!(text, "\n{line}").unwrap();
    // The cells mostly wait for time limits, so rows run side by side. Running all at once would make healthy calls
    // reach the limits on a slow machine.
    for rows in rows().chunks(4) {
        let cells = join_all(
            rows.iter()
                .map(|row| join_all(Call::ALL.map(|call| cell(row, call, how_often)))),
        )
        .await;
        for (row, cells) in rows.iter().zip(cells) {
            writeln!(text, "| {} | {} |", row.name(), cells.join(" | ")).unwrap();
        }
    }
    text
}

/// Replaces the text between the two marks of this name.
fn with_section(document: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
    let (head, rest) = document.split_once(&begin).unwrap();
    let (_, tail) = rest.split_once(&end).unwrap();
    format!("{head}{begin}\n{text}\n{end}{tail}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committed_table_is_what_happens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reliability.md");
    let committed = std::fs::read_to_string(&path).unwrap();
    let found = with_section(&committed, "once", &table(HowOften::Once).await);
    let found = with_section(&found, "always", &table(HowOften::Always).await);
    if std::env::var_os("WRITE_TABLE").is_some() {
        std::fs::write(path, &found).unwrap();
        return;
    }
    for (committed, found) in committed.lines().zip(found.lines()) {
        assert_eq!(
            committed, found,
            "docs/reliability.md differs; see the top of this file"
        );
    }
    assert_eq!(committed, found);
}
