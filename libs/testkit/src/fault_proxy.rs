use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Bytes that are passed on at once.
const CHUNK_BYTES: usize = 16 << 10;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the client to the server.
    Requests,
    /// From the server to the client.
    Answers,
}

/// A line to a server that breaks when it is told to: everywhere between two bytes, or by swallowing what goes one way. All its
/// connections share its fate. Dropping it breaks the line for good.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    line: Arc<Line>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Line {
    target: String,
    state: watch::Sender<State>,
    budgets: Mutex<Budgets>,
}

/// How the line is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    is_cut: bool,
    requests_held: bool,
    answers_held: bool,
}

const WHOLE: State = State { is_cut: false, requests_held: false, answers_held: false };

/// Bytes that passed, and how many may.
#[derive(Debug, Default)]
struct Budgets {
    requests: Budget,
    answers: Budget,
}

#[derive(Debug, Default)]
struct Budget {
    passed: u64,
    /// How many more; `None` for any number.
    left: Option<u64>,
}

impl FaultProxy {
    /// A line to a server: `HOST:PORT`, or a URL.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn to(server: &str) -> Self {
        let target = server.rsplit('/').next().unwrap_or(server).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let line = Line { target, state: watch::Sender::new(WHOLE), budgets: Mutex::default() };
        let line = Arc::new(line);
        let accepting = tokio::spawn(accept(listener, Arc::clone(&line)));
        Self { address, line, accepting }
    }

    /// Where clients connect to, as `http://HOST:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything passes: what was held goes on, and clients may connect again.
    pub fn mend(&self) {
        let mut budgets = self.line.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        (budgets.requests.left, budgets.answers.left) = (None, None);
        self.line.state.send_replace(WHOLE);
    }

    /// Breaks every connection now, and each new one at once.
    pub fn cut(&self) {
        self.line.cut();
    }

    /// Breaks every connection when this many more bytes went that way, over all connections; 0 lets nothing more through.
    pub fn cut_after(&self, way: Way, bytes: u64) {
        let mut budgets = self.line.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        budgets.of(way).left = Some(bytes);
    }

    /// Keeps everything that goes that way from now on, until the line is mended; the other way passes.
    pub fn hold(&self, way: Way) {
        self.line.state.send_modify(|state| match way {
            Way::Requests => state.requests_held = true,
            Way::Answers => state.answers_held = true,
        });
    }

    /// Bytes that went that way so far.
    #[must_use]
    pub fn passed(&self, way: Way) -> u64 {
        self.line.budgets.lock().unwrap_or_else(PoisonError::into_inner).of(way).passed
    }

    /// Whether it is cut.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.line.state.borrow().is_cut
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.line.cut();
        self.accepting.abort();
    }
}

impl Budgets {
    const fn of(&mut self, way: Way) -> &mut Budget {
        match way {
            Way::Requests => &mut self.requests,
            Way::Answers => &mut self.answers,
        }
    }
}

impl State {
    const fn holds(self, way: Way) -> bool {
        match way {
            Way::Requests => self.requests_held,
            Way::Answers => self.answers_held,
        }
    }
}

impl Line {
    fn cut(&self) {
        self.state.send_modify(|state| state.is_cut = true);
    }

    /// How many of so many bytes may pass.
    fn take(&self, way: Way, bytes: usize) -> usize {
        let mut budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        let budget = budgets.of(way);
        let wanted = u64::try_from(bytes).unwrap_or(u64::MAX);
        let allowed = budget.left.map_or(wanted, |left| left.min(wanted));
        budget.left = budget.left.map(|left| left - allowed);
        budget.passed += allowed;
        usize::try_from(allowed).unwrap_or(bytes)
    }
}

async fn accept(listener: TcpListener, line: Arc<Line>) {
    let mut connections = JoinSet::new();
    while let Ok((near, _)) = listener.accept().await {
        connections.spawn(connect(near, Arc::clone(&line)));
        while connections.try_join_next().is_some() {}
    }
}

/// Until the line is cut, or either end hangs up; both ends are closed then.
async fn connect(near: TcpStream, line: Arc<Line>) {
    let mut state = line.state.subscribe();
    let passing = async {
        // A server that is not there hangs up at once, as it were.
        let Ok(far) = TcpStream::connect(&line.target).await else { return };
        let ((from_client, to_client), (from_server, to_server)) = (near.into_split(), far.into_split());
        tokio::select! {
            () = pass(&line, Way::Requests, from_client, to_server) => {}
            () = pass(&line, Way::Answers, from_server, to_client) => {}
        }
    };
    tokio::select! {
        () = passing => {}
        // An error means that the proxy is gone.
        _ = state.wait_for(|state| state.is_cut) => {}
    }
}

async fn pass(line: &Line, way: Way, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    let mut state = line.state.subscribe();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let Ok(bytes @ 1..) = from.read(&mut chunk).await else { return };
        if state.wait_for(|state| !state.holds(way)).await.is_err() {
            return;
        }
        let allowed = line.take(way, bytes);
        if to.write_all(&chunk[..allowed]).await.is_err() {
            return;
        }
        if allowed < bytes {
            line.cut();
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends back what it gets.
    async fn echo() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.into_split();
                    // The other end may go whenever it likes.
                    let _gone = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn client(proxy: &FaultProxy) -> TcpStream {
        TcpStream::connect(proxy.address).await.unwrap()
    }

    /// Everything that comes until the other end hangs up.
    async fn rest(mut stream: TcpStream) -> Vec<u8> {
        let mut heard = Vec::new();
        // A reset is as good an end as any.
        let _reset = stream.read_to_end(&mut heard).await;
        heard
    }

    async fn hear(stream: &mut TcpStream, bytes: usize) -> Vec<u8> {
        let mut heard = vec![0; bytes];
        stream.read_exact(&mut heard).await.unwrap();
        heard
    }

    #[tokio::test]
    async fn it_passes_until_it_is_cut_and_again_when_it_is_mended() {
        let proxy = FaultProxy::to(&echo().await).await;
        let mut stream = client(&proxy).await;
        stream.write_all(b"hello").await.unwrap();
        assert_eq!(hear(&mut stream, 5).await, b"hello");
        assert_eq!((proxy.passed(Way::Requests), proxy.passed(Way::Answers)), (5, 5));
        proxy.cut();
        assert!(rest(stream).await.is_empty() && rest(client(&proxy).await).await.is_empty());
        proxy.mend();
        let mut stream = client(&proxy).await;
        stream.write_all(b"again").await.unwrap();
        assert_eq!(hear(&mut stream, 5).await, b"again");
    }

    #[tokio::test]
    async fn it_breaks_after_so_many_bytes_either_way() {
        let echo = echo().await;
        for (way, bytes, heard) in [
            (Way::Requests, 3, 0..=3),
            (Way::Requests, 0, 0..=0),
            (Way::Answers, 2, 2..=2),
            (Way::Answers, 0, 0..=0),
        ] {
            let proxy = FaultProxy::to(&format!("http://{echo}")).await;
            proxy.cut_after(way, bytes);
            let mut stream = client(&proxy).await;
            stream.write_all(b"hello").await.unwrap();
            let rest = rest(stream).await;
            assert!(b"hello".starts_with(&rest) && heard.contains(&rest.len()), "{way:?} {bytes}: {rest:?}");
            assert!(proxy.is_cut());
            assert_eq!(proxy.passed(way), bytes);
        }
    }

    #[tokio::test]
    async fn it_keeps_answers_back_while_requests_pass() {
        let proxy = FaultProxy::to(&echo().await).await;
        let mut stream = client(&proxy).await;
        stream.write_all(b"1").await.unwrap();
        assert_eq!(hear(&mut stream, 1).await, b"1");
        proxy.hold(Way::Answers);
        stream.write_all(b"2").await.unwrap();
        while proxy.passed(Way::Requests) < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(proxy.passed(Way::Answers), 1);
        proxy.mend();
        assert_eq!(hear(&mut stream, 1).await, b"2");
        proxy.hold(Way::Requests);
        stream.write_all(b"3").await.unwrap();
        proxy.cut();
        assert!(rest(stream).await.is_empty());
        assert_eq!(proxy.passed(Way::Requests), 2);
    }
}
