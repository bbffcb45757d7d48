//! The sessions of an account: as many as there are calls at once, with one token.
//!
//! One of them is the *primary*. It gets the token, and it alone may force a new one: WeChat allows 20 of these a day,
//! and a session knows nothing of the others. A program that makes one call at a time never needs another session. The
//! others, the *spares*, get the primary's token, and what they must not do is done by the primary.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex as AsyncMutex, Notify, Semaphore};
use tokio::time::timeout;
use wechat_official_account_host::types::{ErrorKind, Token};
use wechat_official_account_host::{Error, Host, Session, limits};
use zeroize::Zeroize as _;

use crate::call::Start;
use crate::facts::{Choice, Facts};
use crate::failure::Failure;
use crate::operation::{Prepared, Reply};
use crate::options::OwnConfig;
use crate::process::lock;

/// Calls of an account that are made at once; the next ones wait. WeChat answers no faster if there are more, and each
/// reserves 131 MiB of address space.
const AT_ONCE: usize = 64;
/// Long calls of an account that are made at once. They have places of their own, so that the others need not wait for
/// them.
const LONG_AT_ONCE: usize = 64;
/// A session whose memory has grown beyond this is not kept: memory never shrinks. A file of 10 MB takes less.
const KEPT_MEMORY: usize = 32 * 1024 * 1024;
/// A session of more memory than this takes less than the largest arguments.
const FRESH_MEMORY: usize = 1024 * 1024;
/// Spares that are kept for later calls. Another one takes less than a millisecond.
const KEPT_SPARES: usize = 4;
/// The component asks for a new token this long before the end of the old one.
const RENEWAL: Duration = Duration::from_secs(300);
/// A session forces a token at most once in this time. One that was lost takes its memory of that with it, so the next
/// may not force for as long.
const FORCE_PAUSE: Duration = Duration::from_secs(72 * 60);
/// The longest time that the answer of a call waits until its session has told its token.
const HAND_OVER: Duration = Duration::from_secs(1);

pub(crate) struct Sessions {
    host: Host,
    config: OwnConfig,
    state: Mutex<State>,
    /// Held by the call that gets the token, while the others wait for it.
    token: AsyncMutex<()>,
    primary_is_free: Notify,
    places: Semaphore,
    long_places: Semaphore,
}

struct State {
    closed: bool,
    primary: Primary,
    /// Sessions that have the token of this generation.
    spares: Vec<Session>,
    /// Counts the shared tokens. A spare with an older one is not used again.
    generation: u64,
    shared: Option<Shared>,
    /// Whether the primary has to forget its token.
    forget: bool,
    /// The time from which a new primary may force a token.
    may_force_from: Instant,
}

#[derive(Clone)]
struct Shared {
    token: Token,
    end: Instant,
}

#[allow(clippy::large_enum_variant, reason = "an account has one of these")]
enum Primary {
    Absent,
    Idle { session: Session, forces: bool },
    Busy,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Primary { forces: bool },
    Spare { generation: u64 },
}

impl Sessions {
    pub(crate) fn new(host: Host, config: OwnConfig) -> Self {
        let shared = config.token.clone().map(Shared::new);
        Self {
            host,
            config,
            state: Mutex::new(State {
                closed: false,
                primary: Primary::Absent,
                spares: Vec::new(),
                generation: 0,
                shared,
                forget: false,
                may_force_from: Instant::now(),
            }),
            token: AsyncMutex::new(()),
            primary_is_free: Notify::new(),
            places: Semaphore::new(AT_ONCE),
            long_places: Semaphore::new(LONG_AT_ONCE),
        }
    }

    /// Makes the call, unless it was ended before its operation has begun.
    pub(crate) async fn run(
        self: Arc<Self>,
        facts: Facts,
        prepared: Prepared,
        start: Arc<Start>,
    ) -> Result<Reply, Failure> {
        let operation = prepared.await?;
        let choice = match facts.session {
            // It makes no difference then.
            Choice::Primary if self.config.may_force_token == Some(false) => Choice::Any,
            choice => choice,
        };
        let places = match choice {
            Choice::Any => Some(&self.places),
            Choice::Spare => Some(&self.long_places),
            // There is one primary, so those that wait for it take no place from the others.
            Choice::Primary => None,
        };
        let _place = match places {
            Some(places) => Some(places.acquire().await.map_err(|_| Failure::Closed)?),
            None => None,
        };
        if facts.needs_account {
            self.share_token().await?;
        }
        let mut lease = self.take(choice).await?;
        if operation.file_bytes() > limits::ARGUMENTS_LATER && lease.session()?.memory_bytes() > FRESH_MEMORY {
            // A fresh one takes more, and what earlier calls have left behind is no reason to refuse a call.
            lease.renew().await?;
        }
        if !start.begin() {
            lease.give_back(&Ok(()));
            return Err(Failure::Lost("it was cancelled".to_owned()));
        }
        let mut answer = operation.call(lease.session()?).await;
        if lease.is_spare() && self.is_up_to_the_primary(&answer) {
            // The token was refused, and nothing was executed.
            lease.give_back(&answer);
            lease = self.take_primary().await?;
            answer = operation.call(lease.session()?).await;
            // The call is done, so a failure to share its token must not replace the answer.
            if answer.is_ok()
                && let Ok(token) = lease.session()?.access_token().await
            {
                self.publish(token, lease.forces());
            }
        }
        if lease.is_grown_primary() {
            lease.retire(answer.is_ok()).await;
        } else {
            lease.give_back(&answer);
        }
        answer.map_err(|error| Failure::of(error, facts))
    }

    /// Opens the primary, which checks the configuration.
    pub(crate) async fn check(self: Arc<Self>) -> Result<(), Failure> {
        self.take_primary().await?.give_back(&Ok(()));
        Ok(())
    }

    /// See `verify` of the interface `account`.
    pub(crate) async fn verify(self: Arc<Self>, facts: Facts) -> Result<u32, Failure> {
        Ok(self.access_token(facts).await?.seconds_left)
    }

    /// See `access-token` of the interface `account`.
    pub(crate) async fn access_token(self: Arc<Self>, facts: Facts) -> Result<Token, Failure> {
        let current = lock(&self.state).shared.clone().filter(Shared::is_fresh);
        let lease = match current {
            // The primary is in the middle of a call, and this token serves as well.
            Some(shared) => match self.take_idle_primary().await? {
                None => return Ok(shared.now()),
                Some(lease) => lease,
            },
            None => self.take_primary().await?,
        };
        self.ask_primary(lease, facts).await
    }

    /// See `forget-token` of the interface `account`. The primary forgets its own before its next call.
    pub(crate) fn forget_token(&self) {
        let mut state = lock(&self.state);
        state.shared = None;
        state.generation += 1;
        state.spares.clear();
        state.forget = true;
    }

    /// Closes the sessions, which forget secret and token. Calls that are under way end as they would have.
    pub(crate) fn close(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        state.shared = None;
        state.spares.clear();
        if matches!(state.primary, Primary::Idle { .. }) {
            state.primary = Primary::Absent;
        }
        drop(state);
        // Those that wait for it learn that it is over.
        self.primary_is_free.notify_waiters();
    }

    /// Makes sure that there is a token to share, by one request of the primary's.
    async fn share_token(self: &Arc<Self>) -> Result<(), Failure> {
        let known = || lock(&self.state).shared.clone();
        if known().is_some_and(|shared| shared.is_fresh()) {
            return Ok(());
        }
        let _turn = self.token.lock().await;
        let lease = match known() {
            Some(shared) if shared.is_fresh() => return Ok(()),
            // A session with an old token gets a new one by itself.
            Some(_) => match self.take_idle_primary().await? {
                None => return Ok(()),
                Some(lease) => lease,
            },
            None => self.take_primary().await?,
        };
        let facts = Facts {
            name: "account.access-token",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        };
        self.ask_primary(lease, facts).await.map(|_| ())
    }

    async fn ask_primary(&self, mut lease: Lease, facts: Facts) -> Result<Token, Failure> {
        let forces = lease.forces();
        let token = lease.session()?.access_token().await;
        lease.give_back(&token);
        let token = token.map_err(|error| Failure::of(error, facts))?;
        self.publish(token.clone(), forces);
        Ok(token)
    }

    /// Shares the token of a primary, which may have forced it.
    fn publish(&self, token: Token, may_be_forced: bool) {
        let mut state = lock(&self.state);
        if state.closed {
            return;
        }
        let is_first = state.generation == 0 && state.shared.is_none();
        if state
            .shared
            .as_ref()
            .is_none_or(|shared| shared.token.value != token.value)
        {
            state.generation += 1;
            state.spares.clear();
            if may_be_forced && !is_first {
                state.may_force_from = Instant::now() + FORCE_PAUSE;
            }
        }
        state.shared = Some(Shared::new(token));
    }

    /// Returns whether the primary could have done what a spare could not.
    fn is_up_to_the_primary<T>(&self, answer: &Result<T, Error>) -> bool {
        let refused = matches!(answer, Err(Error::Plugin(error)) if error.kind == ErrorKind::Credentials);
        refused && self.config.may_force_token != Some(false)
    }

    async fn take(self: &Arc<Self>, choice: Choice) -> Result<Lease, Failure> {
        match choice {
            Choice::Any => {
                if let Some(lease) = self.take_idle_primary().await? {
                    return Ok(lease);
                }
            }
            Choice::Primary => return self.take_primary().await,
            Choice::Spare => {}
        }
        let (spare, generation, shared) = {
            let mut state = lock(&self.state);
            if state.closed {
                return Err(Failure::Closed);
            }
            (state.spares.pop(), state.generation, state.shared.clone())
        };
        let session = match spare {
            Some(session) => session,
            None => self.open(shared, false).await?,
        };
        Ok(Lease {
            sessions: Arc::clone(self),
            session: Some(session),
            role: Role::Spare { generation },
            ended: false,
        })
    }

    /// Takes the primary, and waits for it.
    async fn take_primary(self: &Arc<Self>) -> Result<Lease, Failure> {
        loop {
            let free = self.primary_is_free.notified();
            if let Some(lease) = self.take_idle_primary().await? {
                return Ok(lease);
            }
            free.await;
        }
    }

    /// Takes the primary if it is not busy. Opens it if there is none, or if it must not force and now may.
    async fn take_idle_primary(self: &Arc<Self>) -> Result<Option<Lease>, Failure> {
        let (mut lease, forget, shared) = {
            let mut state = lock(&self.state);
            if state.closed {
                return Err(Failure::Closed);
            }
            let may_force = self.config.may_force_token != Some(false) && Instant::now() >= state.may_force_from;
            let (session, forces) = match std::mem::replace(&mut state.primary, Primary::Busy) {
                Primary::Busy => return Ok(None),
                Primary::Idle { session, forces } if forces || !may_force => (Some(session), forces),
                Primary::Idle { .. } | Primary::Absent => (None, may_force),
            };
            let forget = std::mem::take(&mut state.forget) && session.is_some();
            let lease = Lease {
                sessions: Arc::clone(self),
                session,
                role: Role::Primary { forces },
                ended: false,
            };
            (lease, forget, state.shared.clone())
        };
        if lease.session.is_none() {
            let Role::Primary { forces } = lease.role else {
                return Err(Failure::Closed);
            };
            lease.session = Some(self.open(shared, forces).await?);
        } else if forget {
            let facts = Facts {
                name: "account.forget-token",
                repeatable: true,
                needs_account: true,
                session: Choice::Any,
            };
            let forgotten = lease.session()?.forget_token().await;
            forgotten.map_err(|error| Failure::of(error, facts))?;
        }
        Ok(Some(lease))
    }

    async fn open(&self, shared: Option<Shared>, forces: bool) -> Result<Session, Failure> {
        let mut config = self.config.clone();
        config.set_token(shared.map(|shared| shared.now()));
        config.may_force_token = Some(forces);
        let facts = Facts {
            name: "account",
            repeatable: true,
            needs_account: false,
            session: Choice::Any,
        };
        let opened = Session::open(&self.host, &config).await;
        opened.map_err(|error| Failure::of(error, facts))
    }
}

impl Shared {
    fn new(token: Token) -> Self {
        let end = Instant::now() + Duration::from_secs(u64::from(token.seconds_left));
        Self { token, end }
    }

    fn is_fresh(&self) -> bool {
        self.end.saturating_duration_since(Instant::now()) > RENEWAL
    }

    /// Returns the token with the life that it has left.
    fn now(&self) -> Token {
        let left = self.end.saturating_duration_since(Instant::now()).as_secs();
        Token {
            value: self.token.value.clone(),
            seconds_left: u32::try_from(left).unwrap_or(u32::MAX),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.token.value.zeroize();
    }
}

/// A session that a call has for itself. If the call is dropped half-way, the session goes with it.
struct Lease {
    sessions: Arc<Sessions>,
    session: Option<Session>,
    role: Role,
    ended: bool,
}

impl Lease {
    fn session(&mut self) -> Result<&mut Session, Failure> {
        self.session.as_mut().ok_or(Failure::Closed)
    }

    fn is_spare(&self) -> bool {
        matches!(self.role, Role::Spare { .. })
    }

    fn forces(&self) -> bool {
        matches!(self.role, Role::Primary { forces: true })
    }

    /// Returns whether it is the primary, and is not to be kept.
    fn is_grown_primary(&self) -> bool {
        let grown = |session: &Session| session.memory_bytes() > KEPT_MEMORY;
        !self.is_spare() && self.session.as_ref().is_some_and(grown)
    }

    /// Exchanges the session for a fresh one, before a call.
    async fn renew(&mut self) -> Result<(), Failure> {
        self.hand_over(true).await;
        self.session = None;
        let (shared, may_force) = {
            let state = lock(&self.sessions.state);
            (state.shared.clone(), Instant::now() >= state.may_force_from)
        };
        let forces = self.forces() && may_force;
        self.session = Some(self.sessions.open(shared, forces).await?);
        if let Role::Primary { .. } = self.role {
            self.role = Role::Primary { forces };
        }
        Ok(())
    }

    /// Ends a primary after a call. The next one that is needed is a fresh one.
    async fn retire(mut self, forced_nothing: bool) {
        self.hand_over(forced_nothing).await;
        self.ended = true;
        self.session = None;
        lock(&self.sessions.state).primary = Primary::Absent;
        self.sessions.primary_is_free.notify_waiters();
    }

    /// Leaves what a primary knows to the next one: its token, and whether it may have forced one lately. A forced
    /// token is another one; a call that failed may have forced one in vain.
    async fn hand_over(&mut self, forced_nothing: bool) {
        let forces = self.forces();
        let is_primary = !self.is_spare();
        let is_shared = || {
            let state = lock(&self.sessions.state);
            !state.forget && state.shared.as_ref().is_some_and(Shared::is_fresh)
        };
        let token = match &mut self.session {
            // The session has it, unless a call has lost it: then this may end in the middle of a request.
            Some(session) if is_primary && is_shared() => timeout(HAND_OVER, session.access_token()).await,
            _ => return self.assume_forced(),
        };
        let token = token.ok().and_then(Result::ok).filter(|_| is_shared());
        let is_known = forced_nothing && token.is_some();
        if let Some(token) = token {
            self.sessions.publish(token, forces);
        }
        if !is_known {
            self.assume_forced();
        }
    }

    /// Takes it that the primary has forced a token just now, if it may.
    fn assume_forced(&self) {
        if self.forces() {
            lock(&self.sessions.state).may_force_from = Instant::now() + FORCE_PAUSE;
        }
    }

    /// Gives the session back after a call that came to its end, unless its instance is gone.
    fn give_back<T>(mut self, answer: &Result<T, Error>) {
        self.end(!matches!(answer, Err(Error::Trap(_) | Error::NoInstance(_))));
    }

    fn end(&mut self, usable: bool) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let mut state = lock(&self.sessions.state);
        let usable = usable && !state.closed;
        match (self.session.take(), self.role) {
            (Some(session), Role::Primary { forces }) if usable => state.primary = Primary::Idle { session, forces },
            (lost, Role::Primary { forces }) => {
                if forces && lost.is_some() {
                    state.may_force_from = Instant::now() + FORCE_PAUSE;
                }
                state.primary = Primary::Absent;
            }
            (Some(session), Role::Spare { generation })
                if usable
                    && generation == state.generation
                    && session.memory_bytes() <= KEPT_MEMORY
                    && state.spares.len() < KEPT_SPARES =>
            {
                state.spares.push(session);
            }
            (_, Role::Spare { .. }) => {}
        }
        drop(state);
        if let Role::Primary { .. } = self.role {
            self.sessions.primary_is_free.notify_waiters();
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.end(false);
    }
}
