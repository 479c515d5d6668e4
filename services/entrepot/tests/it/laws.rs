//! A stored journal that is changed under its running owner is seen, by the gauges and in the log.

use std::path::Path;
use std::time::Duration;

use rpc::Backoff;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use testkit::{Schema, on_postgres, unique};
use tokio::task::block_in_place;
use uuid::Uuid;

use crate::production::configure;
use crate::support::{Server, text};
use crate::watched::Watched;

const LIMITS: &str = "[stock.limits]\nlaw_look_ms = 5\ncheckpoint_entries = 3\n";
/// `up` is quieter by itself.
const LOGS: &str = "[telemetry]\nlog_filter = \"warn,entrepot=info\"\n";

/// Where the journal is.
enum Store<'s> {
    Sqlite(&'s Path),
    Postgres(&'s Schema),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_behind_the_owner_is_seen_on_sqlite() {
    let data = testkit::temp_dir();
    let config = data.path().join("entrepot.toml");
    std::fs::write(&config, format!("{LOGS}{LIMITS}")).unwrap();
    let journal = data.path().join("stock/BER.db");
    check(&["up", "--data", text(data.path()), "--config", text(&config)], Store::Sqlite(&journal)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_behind_the_owner_is_seen_on_postgres() {
    on_postgres("laws_catalog", async |catalog| {
        on_postgres("laws_stock", async |stock| {
            let directory = testkit::temp_dir();
            let config = configure(directory.path(), &unique("laws"), &catalog, &stock);
            let all = std::fs::read_to_string(&config).unwrap() + LIMITS;
            std::fs::write(&config, all).unwrap();
            let roles = ["serve", "catalog", "stock", "visibility", "--config", &config];
            check(&roles, Store::Postgres(&stock)).await;
        })
        .await;
    })
    .await;
}

async fn check(command: &[&str], store: Store<'_>) {
    let free = ["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"];
    let mut watched = block_in_place(|| Watched::spawn(&[command, &free].concat()));
    let server = block_in_place(|| watched.ready());
    let ids = block_in_place(|| work(&server));
    reads(&server, |metrics| value(metrics, "entrepot_stock_law_looks_total", "BER") >= 3.0).await;
    for law in ["L1", "L2", "L3", "L4", "L5"] {
        assert!(value(&server.scrape(), "entrepot_law_broken", law).abs() < f64::EPSILON, "{law}");
    }

    store.change("UPDATE journal SET sequence = 1003 WHERE sequence = 3").await;
    reads(&server, |metrics| value(metrics, "entrepot_law_broken", "L5") > 0.0).await;
    let line = block_in_place(|| watched.logs("a law is broken"));
    assert!(line.contains("BER") && line.contains("sequence=3") && line.contains("L5 one history"), "{line}");
    store.change("UPDATE journal SET sequence = 3 WHERE sequence = 1003").await;

    let other = Uuid::new_v4().to_string();
    store.change(&format!("UPDATE journal SET request_id = {} WHERE sequence = 2", store.uuid(&other))).await;
    reads(&server, |metrics| value(metrics, "entrepot_law_broken", "L3") > 0.0).await;
    let line = block_in_place(|| watched.logs("a law is broken"));
    assert!(line.contains("sequence=2") && line.contains("L3 exactly once"), "{line}");
    store
        .change(&format!("UPDATE journal SET request_id = {} WHERE sequence = 2", store.uuid(&ids[1])))
        .await;

    assert_eq!(block_in_place(|| server.json("journal verify -w BER"))["sound"], true, "all is as it was");
    assert!(block_in_place(|| server.stop_with("TERM")).success());
}

/// Master data, and a few documents; answers their request ids.
fn work(server: &Server) -> Vec<String> {
    server.json("catalog warehouse create BER");
    server.json("catalog location create -w BER MAIN");
    let revision = server.json("catalog item create A-1")["catalog_revision"].clone();
    let receive = |id: &String| {
        server.json(&format!(
            "stock receive -w BER -s A-1 -l MAIN -q 1 --request-id {id} --catalog-revision {revision}"
        ))
    };
    let ids: Vec<_> = (0..5).map(|_| Uuid::new_v4().to_string()).collect();
    ids.iter().for_each(|id| drop(receive(id)));
    ids
}

/// Waits until the metrics say so.
async fn reads(server: &Server, says: impl Fn(&str) -> bool) {
    let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(100));
    let seen = async {
        while !says(&block_in_place(|| server.scrape())) {
            backoff.wait().await;
        }
    };
    let seen = tokio::time::timeout(Duration::from_secs(30), seen).await;
    assert!(seen.is_ok(), "{}", server.scrape());
}

/// The metric of this name with these words in its labels.
fn value(metrics: &str, name: &str, label: &str) -> f64 {
    let lines = metrics.lines().filter(|line| line.starts_with(name) && line.contains(label));
    let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse().ok());
    values.fold(0.0, f64::max)
}

impl Store<'_> {
    /// Changes one row.
    async fn change(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        let changed = match self {
            Self::Sqlite(file) => {
                let url = format!("sqlite://{}", text(file));
                let mut database = SqliteConnection::connect(&url).await.unwrap();
                sqlx::query(statement).execute(&mut database).await.unwrap().rows_affected()
            }
            Self::Postgres(schema) => {
                let mut database = PgConnection::connect(&schema.url).await.unwrap();
                let place = AssertSqlSafe(format!("SET search_path TO \"{}\"", schema.name));
                sqlx::query(place).execute(&mut database).await.unwrap();
                sqlx::query(statement).execute(&mut database).await.unwrap().rows_affected()
            }
        };
        assert_eq!(changed, 1);
    }

    /// A UUID as the store writes it.
    fn uuid(&self, id: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("X'{}'", id.replace('-', "")),
            Self::Postgres(_) => format!("'{id}'"),
        }
    }
}
