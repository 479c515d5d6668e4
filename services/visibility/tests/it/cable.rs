use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A line to a server that can be cut and mended.
pub(crate) struct Cable {
    address: SocketAddr,
    target: String,
    line: JoinHandle<()>,
}

impl Cable {
    /// Lays a line to the host and port of `url`.
    pub(crate) async fn lay(url: &str) -> Self {
        let target = url.rsplit(['/', '@']).next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let line = tokio::spawn(forward(listener, target.clone()));
        Self { address, target, line }
    }

    /// The near end, as a URL of Redis.
    pub(crate) fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Breaks every connection and refuses new ones.
    pub(crate) async fn cut(&mut self) {
        self.line.abort();
        (&mut self.line).await.unwrap_err();
    }

    /// Takes connections again, at the same end.
    pub(crate) async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.line = tokio::spawn(forward(listener, self.target.clone()));
    }
}

async fn forward(listener: TcpListener, target: String) {
    let mut connections = JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        let target = target.clone();
        connections.spawn(async move {
            let mut far = TcpStream::connect(target).await.unwrap();
            // A connection that is broken from either side is what this is for.
            let _ = copy_bidirectional(&mut near, &mut far).await;
        });
    }
}
