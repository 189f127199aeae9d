//! A bad network between the desk and Cubu: a proxy that cuts, delays and loses chosen requests.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
    time::sleep,
};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mishap {
    /// The line breaks before Cubu sees it.
    NeverArrives,
    /// Cubu sees this many bytes of it and then the line breaks.
    ArrivesInPart(usize),
    /// Cubu acts, and the line breaks before its answer.
    NeverAnswered,
    /// Cubu acts, and the line breaks after this many bytes of its answer.
    AnsweredInPart(usize),
    /// The line breaks at once, and Cubu acts this much later.
    ActsLater(Duration),
    /// Cubu acts, and this comes in place of its answer.
    AnsweredBy(&'static str),
    /// Cubu acts, and its answer never comes; the line stays as it is.
    AnswerVanishes,
    /// Nothing happens for this long; then Cubu acts, and its answer never comes either.
    ActsLaterInSilence(Duration),
    /// Cubu acts, the line breaks, and the network is down from then on.
    NetworkDies,
    /// The network is down from then on, and Cubu never saw it.
    NetworkDiesBefore,
}

struct Net {
    cubu: SocketAddr,
    next: Mutex<Option<(&'static str, usize, Mishap)>>,
    is_down: AtomicBool,
    seen: AtomicUsize,
}

/// The network.
pub struct Proxy {
    pub address: String,
    net: Arc<Net>,
    serving: AbortHandle,
}

impl Proxy {
    /// A network that works, in front of a Cubu.
    pub async fn before(base_url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let net = Arc::new(Net {
            cubu: base_url.strip_prefix("http://").unwrap().parse().unwrap(),
            next: Mutex::default(),
            is_down: AtomicBool::new(false),
            seen: AtomicUsize::new(0),
        });
        let served = Arc::clone(&net);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // A line that breaks is what this is for.
                tokio::spawn(pass(Arc::clone(&served), client));
            }
        });
        Self {
            address,
            net,
            serving: serving.abort_handle(),
        }
    }

    /// The next request whose first line begins so has this mishap.
    pub fn next(&self, request: &'static str, mishap: Mishap) {
        self.after(0, request, mishap);
    }

    /// Like `next`, once so many others have come through.
    pub fn after(&self, others: usize, request: &'static str, mishap: Mishap) {
        *self.net.next.lock().unwrap() = Some((request, others, mishap));
        self.net.seen.store(0, Ordering::SeqCst);
    }

    /// How many requests of that kind came since the mishap was ordered, itself included.
    pub fn seen(&self) -> usize {
        self.net.seen.load(Ordering::SeqCst)
    }

    pub fn is_down(&self) -> bool {
        self.net.is_down.load(Ordering::SeqCst)
    }

    pub fn goes(&self) {
        self.net.is_down.store(true, Ordering::SeqCst);
    }

    pub fn comes_back(&self) {
        self.net.is_down.store(false, Ordering::SeqCst);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass(net: Arc<Net>, mut client: TcpStream) -> io::Result<()> {
    if net.is_down.load(Ordering::SeqCst) {
        return Ok(());
    }
    let Some(request) = read_request(&mut client).await? else {
        return Ok(());
    };
    if net.is_down.load(Ordering::SeqCst) {
        return Ok(());
    }
    let mishap = {
        let next = net.next.lock().unwrap();
        let line = String::from_utf8_lossy(&request);
        let line = line.lines().next().unwrap_or_default();
        match *next {
            Some((wanted, others, mishap)) if matches(line, wanted) => {
                if net.seen.fetch_add(1, Ordering::SeqCst) == others {
                    Some(mishap)
                } else {
                    None
                }
            }
            _ => None,
        }
    };
    match mishap {
        None => client.write_all(&ask(net.cubu, &request).await?).await,
        Some(Mishap::NeverArrives) => Ok(()),
        Some(Mishap::ArrivesInPart(bytes)) => {
            let mut cubu = TcpStream::connect(net.cubu).await?;
            cubu.write_all(&request[..bytes.min(request.len() - 1)])
                .await
        }
        Some(Mishap::NeverAnswered) => ask(net.cubu, &request).await.map(drop),
        Some(Mishap::AnsweredInPart(bytes)) => {
            let answer = ask(net.cubu, &request).await?;
            client
                .write_all(&answer[..bytes.min(answer.len() - 1)])
                .await
        }
        Some(Mishap::AnsweredBy(body)) => {
            ask(net.cubu, &request).await?;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
            let length = body.len();
            let answer = format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}");
            client.write_all(answer.as_bytes()).await
        }
        Some(Mishap::ActsLater(later)) => {
            drop(client);
            sleep(later).await;
            ask(net.cubu, &request).await.map(drop)
        }
        Some(Mishap::AnswerVanishes) => {
            ask(net.cubu, &request).await?;
            std::future::pending().await
        }
        Some(Mishap::ActsLaterInSilence(later)) => {
            sleep(later).await;
            ask(net.cubu, &request).await?;
            std::future::pending().await
        }
        Some(Mishap::NetworkDiesBefore) => {
            net.is_down.store(true, Ordering::SeqCst);
            Ok(())
        }
        Some(Mishap::NetworkDies) => {
            ask(net.cubu, &request).await?;
            net.is_down.store(true, Ordering::SeqCst);
            Ok(())
        }
    }
}

/// `"POST /appointments"` means that method and a path with this in it, query aside. Looking for a customer is no write.
fn matches(line: &str, wanted: &str) -> bool {
    let mut words = line.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap();
    let (wanted_method, wanted_path) = wanted.split_once(' ').unwrap();
    method == wanted_method && path.contains(wanted_path) && !path.ends_with("/query")
}

/// One request with its body, told to be the last of its line.
async fn read_request(client: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let head = loop {
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let lines = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = lines
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |length| length.trim().parse().unwrap());
    while bytes.len() < head + length {
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    bytes.splice(head - 2..head - 2, b"connection: close\r\n".iter().copied());
    Ok(Some(bytes))
}

async fn ask(cubu: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut cubu = TcpStream::connect(cubu).await?;
    cubu.write_all(request).await?;
    let mut answer = Vec::new();
    cubu.read_to_end(&mut answer).await?;
    Ok(answer)
}
