//! A client's TCP connection that can be cut from outside, with a reset on the wire. Leaves out when to cut.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::Doorway;

/// The end of a line that is held outside it.
#[derive(Clone, Default)]
pub(crate) struct Cord(Arc<Knot>);

#[derive(Default)]
pub(super) struct Knot {
    cut: AtomicBool,
    busy: AtomicUsize,
    reader: AtomicWaker,
}

impl Knot {
    fn cut(&self) {
        self.cut.store(true, Ordering::Release);
        self.reader.wake();
    }

    /// Cuts a line over which no request is being answered.
    pub(super) fn cut_at_rest(&self) {
        if self.busy.load(Ordering::Acquire) == 0 {
            self.cut();
        }
    }
}

impl Cord {
    /// Cuts the line. The answer stands for one that nobody will see.
    pub(crate) fn cut(&self) -> Response {
        self.0.cut();
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }

    /// Keeps the line from counting as being at rest.
    pub(crate) fn hold(&self) -> Held {
        self.0.busy.fetch_add(1, Ordering::AcqRel);
        Held(Arc::clone(&self.0))
    }

    pub(super) fn knot(&self) -> &Arc<Knot> {
        &self.0
    }
}

/// Lets go of a line when dropped.
pub(crate) struct Held(Arc<Knot>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Connected<IncomingStream<'_, Doorway>> for Cord {
    fn connect_info(stream: IncomingStream<'_, Doorway>) -> Self {
        stream.io().cord.clone()
    }
}

/// A connection with its cord.
pub(crate) struct Line {
    stream: TcpStream,
    cord: Cord,
}

impl Line {
    pub(super) fn new(stream: TcpStream, cord: Cord) -> Self {
        Self { stream, cord }
    }

    /// Fails once the line is cut; closing it then sends a reset in place of an orderly end.
    fn check(&self) -> io::Result<()> {
        if !self.cord.0.cut.load(Ordering::Acquire) {
            return Ok(());
        }
        self.stream.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.cord.0.reader.register(context.waker());
        self.check()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
