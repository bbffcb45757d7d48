//! An operation of the contract with its arguments, ready to be made with any session.

use std::future::Future;
use std::pin::Pin;

use wechat_official_account_host::types::File;
use wechat_official_account_host::{Result, Session};

use crate::arguments::{self, Attachments, Loaded};
use crate::convert::ToPy;
use crate::failure::Failure;

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An answer, which becomes a Python object on the thread that waits for it.
pub(crate) type Reply = Box<dyn ToPy + Send>;

/// An operation and its arguments. It can be called again, if a call was turned away.
pub(crate) trait Operation: Send + Sync {
    fn call<'a>(&'a self, session: &'a mut Session) -> BoxFuture<'a, Result<Reply>>;

    /// Returns the bytes of all its attachments.
    fn file_bytes(&self) -> usize {
        0
    }
}

/// An operation whose files may have to be read first.
pub(crate) type Prepared = BoxFuture<'static, std::result::Result<Box<dyn Operation>, Failure>>;

struct Function<A, F> {
    arguments: A,
    call: F,
}

impl<A, T, F> Operation for Function<A, F>
where
    A: Send + Sync,
    T: ToPy + Send + 'static,
    F: for<'a> Fn(&'a A, &'a mut Session) -> BoxFuture<'a, Result<T>> + Send + Sync,
{
    fn call<'a>(&'a self, session: &'a mut Session) -> BoxFuture<'a, Result<Reply>> {
        let answer = (self.call)(&self.arguments, session);
        Box::pin(async move { Ok(Box::new(answer.await?) as Reply) })
    }
}

/// Makes an operation of its arguments and the session's method.
pub(crate) fn operation<A, T, F>(arguments: A, call: F) -> Box<dyn Operation>
where
    A: Send + Sync + 'static,
    T: ToPy + Send + 'static,
    F: for<'a> Fn(&'a A, &'a mut Session) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
{
    Box::new(Function { arguments, call })
}

/// Returns an operation that has no files.
pub(crate) fn answered(operation: Box<dyn Operation>) -> Prepared {
    Box::pin(async { Ok(operation) })
}

/// Reads the file, and makes the operation with it.
pub(crate) fn with_file(
    file: arguments::File,
    operation: impl FnOnce(Loaded) -> Box<dyn Operation> + Send + 'static,
) -> Prepared {
    Box::pin(async move { Ok(operation(file.load().await?)) })
}

/// An operation with attachments.
struct WithFiles {
    operation: Box<dyn Operation>,
    bytes: usize,
}

impl Operation for WithFiles {
    fn call<'a>(&'a self, session: &'a mut Session) -> BoxFuture<'a, Result<Reply>> {
        self.operation.call(session)
    }

    fn file_bytes(&self) -> usize {
        self.bytes
    }
}

/// Reads the files, and makes the operation with them.
pub(crate) fn with_files(
    files: Attachments,
    operation: impl FnOnce(Vec<File>) -> Box<dyn Operation> + Send + 'static,
) -> Prepared {
    Box::pin(async move {
        let files = files.load().await?;
        Ok(Box::new(WithFiles {
            bytes: files.iter().map(|file| file.bytes.len()).sum(),
            operation: operation(files),
        }) as Box<dyn Operation>)
    })
}
