//! The port, which can refuse connections for a while and open again under the same number. Leaves out what is served there.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use super::line::{Cord, Knot, Line};

/// As many connections may wait to be taken up as `TcpListener::bind` lets wait.
const BACKLOG: u32 = 1024;
/// Between two tries to get the port back.
const NEXT_TRY: Duration = Duration::from_millis(5);

/// The handle by which the port is shut.
pub(crate) struct Door {
    shut_until: watch::Sender<Option<Instant>>,
    is_shut: watch::Sender<bool>,
    lines: Mutex<Vec<Weak<Knot>>>,
}

impl Door {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            shut_until: watch::Sender::new(None),
            is_shut: watch::Sender::new(false),
            lines: Mutex::new(Vec::new()),
        })
    }

    /// Refuses connections for this long, or longer if that was asked before, and cuts the lines at rest. Returns once it is so.
    pub(crate) async fn shut(&self, lasting: Duration) {
        let until = Instant::now() + lasting;
        self.shut_until
            .send_modify(|shut| *shut = (*shut).max(Some(until)));
        let mut is_shut = self.is_shut.subscribe();
        // It may have come and gone before it was seen here; then the time is over as well.
        let _ = timeout_at(until, is_shut.wait_for(|shut| *shut)).await;
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| {
            line.upgrade().is_some_and(|line| {
                line.cut_at_rest();
                true
            })
        });
    }

    /// Lets everybody in again.
    pub(crate) fn open(&self) {
        self.shut_until.send_replace(None);
    }

    pub(crate) fn is_shut(&self) -> bool {
        *self.is_shut.borrow()
    }

    fn admit(&self) -> Cord {
        let cord = Cord::default();
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| line.strong_count() > 0);
        lines.push(Arc::downgrade(cord.knot()));
        cord
    }
}

/// Listens, except while the door is shut.
pub(crate) struct Doorway {
    listener: Option<TcpListener>,
    address: SocketAddr,
    door: Arc<Door>,
    shut_until: watch::Receiver<Option<Instant>>,
}

impl Doorway {
    pub(crate) fn new(listener: TcpListener, door: Arc<Door>) -> io::Result<Self> {
        Ok(Self {
            address: listener.local_addr()?,
            listener: Some(listener),
            shut_until: door.shut_until.subscribe(),
            door,
        })
    }

    fn shut_until(&mut self) -> Option<Instant> {
        let until = *self.shut_until.borrow_and_update();
        until.filter(|until| *until > Instant::now())
    }

    /// Gives up listening, keeps the port's number, and listens again when the time is over.
    async fn stay_shut(&mut self) {
        self.listener = None;
        let kept = bind(self.address);
        self.door.is_shut.send_replace(true);
        while let Some(until) = self.shut_until() {
            tokio::select! {
                () = sleep_until(until) => {}
                // The door outlives its doorway, so this is always news.
                _ = self.shut_until.changed() => {}
            }
        }
        let listener = match kept.and_then(|socket| socket.listen(BACKLOG)) {
            Ok(listener) => listener,
            Err(error) => {
                tracing::debug!(%error, "the port was not kept");
                listen(self.address).await
            }
        };
        self.listener = Some(listener);
        self.door.is_shut.send_replace(false);
    }
}

impl Listener for Doorway {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            if self.shut_until().is_some() {
                self.stay_shut().await;
            }
            let Some(listener) = &mut self.listener else {
                self.listener = Some(listen(self.address).await);
                continue;
            };
            tokio::select! {
                biased;
                _ = self.shut_until.changed() => {}
                (stream, address) = Listener::accept(listener) => {
                    return (Line::new(stream, self.door.admit()), address);
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// A socket that holds the port without listening: who connects is refused.
fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // On Windows this would let others take the port too, and is not needed to take it again.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

async fn listen(address: SocketAddr) -> TcpListener {
    loop {
        match bind(address).and_then(|socket| socket.listen(BACKLOG)) {
            Ok(listener) => return listener,
            Err(_) => sleep(NEXT_TRY).await,
        }
    }
}
