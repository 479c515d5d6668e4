use std::collections::BTreeMap;

use database::DatabaseConfig;
use papers::{Entity, Papers, PapersConfig, Parts, Running};
use proto::papers::v1::paper_service_client::PaperServiceClient;
use proto::papers::v1::{ListPapersRequest, Paper};
use rpc::client::RemoteError;
use rpc::server::{Health, ServerConfig};
use testkit::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use tonic::{Response, Status};

use crate::sources;

pub(crate) type Client = PaperServiceClient<Channel>;

/// A papers service on a port of its own, with a database of its own, and the services that it asks.
pub(crate) struct TestApp {
    database: DatabaseConfig,
    client: Client,
    running: Option<Running>,
    server: JoinHandle<()>,
    cancel: CancellationToken,
    sources: CancellationToken,
    _directory: TempDir,
}

/// Runs `test` on a fresh SQLite file, then checks the numbers.
pub(crate) async fn on_sqlite(test: impl AsyncFnOnce(&mut TestApp)) {
    let directory = testkit::temp_dir();
    let database = DatabaseConfig::new(testkit::sqlite_url(directory.path(), "papers.db"));
    run(database, directory, test).await;
}

/// Runs `test` in a fresh schema, then checks the numbers.
pub(crate) async fn on_postgres(test: impl AsyncFnOnce(&mut TestApp)) {
    let on_schema = async |schema: testkit::Schema| {
        let database = DatabaseConfig::new(schema.url).with_schema(schema.name);
        run(database, testkit::temp_dir(), test).await;
    };
    testkit::on_postgres("papers", on_schema).await;
}

async fn run(database: DatabaseConfig, directory: TempDir, test: impl AsyncFnOnce(&mut TestApp)) {
    let mut app = TestApp::start(database, directory).await;
    test(&mut app).await;
    app.check_numbers().await;
    app.stop().await;
}

impl TestApp {
    pub(crate) async fn start(database: DatabaseConfig, directory: TempDir) -> Self {
        let sources = CancellationToken::new();
        let address = sources::serve(sources.clone()).await;
        let (running, server, client, cancel) = serve(&database, &address).await;
        Self { database, client, running: Some(running), server, cancel, sources, _directory: directory }
    }

    /// Starts again with nobody to ask.
    pub(crate) async fn ask_nobody(&mut self) {
        self.halt().await;
        let (running, server, client, cancel) = serve(&self.database, "127.0.0.1:1").await;
        (self.running, self.server, self.client, self.cancel) = (Some(running), server, client, cancel);
    }

    pub(crate) async fn stop(mut self) {
        self.halt().await;
        self.sources.cancel();
    }

    async fn halt(&mut self) {
        self.cancel.cancel();
        (&mut self.server).await.unwrap();
        self.running.take().unwrap().stopped().await.unwrap();
    }

    pub(crate) fn client(&self) -> Client {
        self.client.clone()
    }

    pub(crate) const fn database(&self) -> &DatabaseConfig {
        &self.database
    }

    /// All papers of a legal entity.
    pub(crate) async fn papers(&self, legal_entity: &str) -> Vec<Paper> {
        let mut papers = Vec::new();
        let mut request = ListPapersRequest { legal_entity: legal_entity.into(), ..Default::default() };
        loop {
            let page = self.client().list_papers(request.clone()).await.unwrap().into_inner();
            papers.extend(page.papers);
            if page.next_page_token.is_empty() {
                return papers;
            }
            request.page_token = page.next_page_token;
        }
    }

    /// Every series has the numbers from 1 on, each once.
    pub(crate) async fn check_numbers(&self) {
        for legal_entity in ["ACME-DE", "ACME-US"] {
            let mut series: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            for paper in self.papers(legal_entity).await {
                let (kind_and_year, place) = paper.number.rsplit_once('-').unwrap();
                series.entry(kind_and_year.to_owned()).or_default().push(place.parse().unwrap());
            }
            for (kind_and_year, places) in series {
                let expected: Vec<u64> = (1..=places.len() as u64).collect();
                assert_eq!(places, expected, "{legal_entity} {kind_and_year}");
            }
        }
    }
}

type Served = (Running, JoinHandle<()>, Client, CancellationToken);

pub(crate) async fn serve(database: &DatabaseConfig, sources: &str) -> Served {
    let cancel = CancellationToken::new();
    let acme = Entity {
        name: "Acme Möbel GmbH".into(),
        address: vec!["Köpenicker Straße 12".into()],
        language: Some(paper_core::Language::De),
        closed_through: None,
    };
    let closed = Entity { closed_through: Some(9998), ..Entity::default() };
    let config = PapersConfig {
        database: database.clone(),
        catalog: Some(sources.to_owned()),
        stock: Some(sources.to_owned()),
        visibility: Some(sources.to_owned()),
        entities: BTreeMap::from([("ACME-DE".to_owned(), acme), ("CLOSED".to_owned(), closed)]),
        ..PapersConfig::default()
    };
    let running = Papers::start(Parts { config, cancel: cancel.clone() }).await.unwrap();
    let listen = ([127, 0, 0, 1], 0).into();
    let bound = rpc::server::bind(&ServerConfig { listen, ..ServerConfig::default() }).await.unwrap();
    let address = format!("http://{}", bound.address());
    let serving = bound.serve(running.routes(), Health::new(), cancel.clone());
    let server = tokio::spawn(async move { serving.await.unwrap() });
    let channel = rpc::client::connect(&address).await.unwrap();
    let client = PaperServiceClient::new(channel).max_decoding_message_size(rpc::client::MESSAGE_BYTES_MAX);
    (running, server, client, cancel)
}

/// What a refused call says, in one line: `REASON field`.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<Response<T>, Status>) -> String {
    let error = RemoteError::from(&result.expect_err("refused"));
    assert!(error.message.chars().next().is_some_and(|c| !c.is_uppercase()), "{}", error.message);
    format!("{} {}", error.reason, error.field).trim_end().to_owned()
}
