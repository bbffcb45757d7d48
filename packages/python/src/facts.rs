//! What is known of an operation before it is called.

/// The properties of an operation that do not depend on its arguments.
#[derive(Clone, Copy)]
pub(crate) struct Facts {
    /// Interface and function, such as `draft.add`.
    pub(crate) name: &'static str,
    /// Whether a second call does nothing twice.
    pub(crate) repeatable: bool,
    /// Whether it makes requests, and so needs a token.
    pub(crate) needs_account: bool,
    pub(crate) session: Choice,
}

/// The session that an operation is made with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The primary, or a spare if that is busy.
    Any,
    /// A spare: it may last for minutes by its nature.
    Spare,
    /// The primary, for which it waits. A token that was refused is a part of its answer, and no error: a spare, which
    /// must not force a new one, could not tell that the primary has to do it.
    Primary,
}
