//! Every role in a process of its own, on PostgreSQL, Apache Kafka and Redis.

use std::path::Path;

use testkit::{Schema, kafka, on_postgres, redis_url, unique};
use tokio::task::block_in_place;
use tonic_health::pb::health_check_response::ServingStatus;

use crate::support::{Server, entrepot, run, text};
use crate::watched::{Watched, health};

/// The configuration that all processes share. The passwords come from files; keys and topics begin with `prefix`.
pub(crate) fn configure(directory: &Path, prefix: &str, catalog: &Schema, stock: &Schema) -> String {
    std::fs::write(directory.join("postgres-url"), format!("{}\n", catalog.url)).unwrap();
    std::fs::write(directory.join("redis-url"), redis_url()).unwrap();
    let kafka = kafka();
    let (catalog, stock) = (&catalog.name, &stock.name);
    let config = format!(
        "[catalog.database]\nurl_file = \"postgres-url\"\nschema = \"{catalog}\"\n\
         [stock.store]\nkind = \"postgres\"\nurl_file = \"postgres-url\"\nschema = \"{stock}\"\n\
         [visibility.cache]\nkind = \"redis\"\nurl_file = \"redis-url\"\nprefix = \"{prefix}\"\n\
         [eventlog]\nkind = \"kafka\"\nbootstrap_servers = \"{kafka}\"\ntopic_prefix = \"{prefix}.\"\n"
    );
    let path = directory.join("entrepot.toml");
    std::fs::write(&path, config).unwrap();
    text(&path).to_owned()
}

#[tokio::test]
async fn roles_in_processes_of_their_own() {
    on_postgres("roles_catalog", async |catalog| {
        on_postgres("roles_stock", async |stock| play(&catalog, &stock)).await;
    })
    .await;
}

fn play(catalog: &Schema, stock: &Schema) {
    let directory = testkit::temp_dir();
    let config = configure(directory.path(), &unique("entrepot"), catalog, stock);
    let migrated = run(&mut entrepot(&["migrate", "--config", &config, "--output", "json"]));
    assert_eq!(migrated.code, 0, "{}", migrated.stderr);
    let serve = |role: &str, more: &[&str]| {
        let arguments = ["serve", role, "--config", &config, "--listen", "127.0.0.1:0"];
        Server::spawn(&[&arguments, more].concat())
    };
    let catalog = serve("catalog", &[]);
    let stock = serve("stock", &["--warehouse", "BER"]);
    let visibility = serve("visibility", &[]);

    catalog.json("catalog warehouse create BER");
    catalog.json("catalog warehouse create HAM");
    catalog.json("catalog location create -w BER MAIN");
    let revision = catalog.json("catalog item create A-1")["catalog_revision"].clone();
    let received =
        stock.json(&format!("stock receive -w BER -s A-1 -l MAIN -q 5 --catalog-revision {revision}"));
    let elsewhere =
        stock.refused(&format!("stock receive -w HAM -s A-1 -l MAIN -q 5 --catalog-revision {revision}"));
    assert_eq!((elsewhere.0, elsewhere.1.as_str()), (3, "WAREHOUSE_NOT_SERVED"));

    let at_least = format!("availability get -s A-1 -w BER --at-least {}", received["sequence"]);
    assert_eq!(visibility.json(&at_least)["available"], "5");
    assert_eq!(stock.json("journal verify --all")[0]["sound"], true);
    assert_eq!(catalog.refused("stock balances -w BER").1, "UNKNOWN_METHOD");

    let head = stock.json("journal head -w BER");
    stock.kill();
    let stock = serve("stock", &["--warehouse", "all"]);
    assert_eq!(stock.json("journal head -w BER"), head);
    for server in [stock, visibility, catalog] {
        assert!(server.stop_with("TERM").success());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_is_ready_when_it_takes_over() {
    on_postgres("standby_catalog", async |catalog| {
        on_postgres("standby_stock", async |stock| take_over(&catalog, &stock).await).await;
    })
    .await;
}

async fn take_over(catalog: &Schema, stock: &Schema) {
    let directory = testkit::temp_dir();
    let config = configure(directory.path(), &unique("entrepot"), catalog, stock);
    let serve = |role| ["serve", role, "--config", &config, "--listen", "127.0.0.1:0"];
    let catalog = block_in_place(|| Server::spawn(&serve("catalog")));
    block_in_place(|| catalog.json("catalog warehouse create BER"));
    let first = block_in_place(|| Server::spawn(&serve("stock")));
    let mut standby = block_in_place(|| Watched::spawn(&serve("stock")));
    let line = block_in_place(|| standby.logs("waits_for"));
    assert!(line.contains("stock: warehouse BER: it is owned by another process"), "{line}");

    let services = ["", "entrepot.stock.v1.StockService", "entrepot.stock.v1.JournalService"];
    assert_eq!(health(standby.grpc(), services).await, [ServingStatus::NotServing; 3]);
    assert_eq!(health(first.grpc(), services).await, [ServingStatus::Serving; 3]);
    assert!(standby.has_said_nothing(), "it is not ready");

    first.kill();
    let second = block_in_place(|| standby.ready());
    assert_eq!(health(second.grpc(), services).await, [ServingStatus::Serving; 3]);
    assert_eq!(block_in_place(|| second.json("journal verify -w BER"))["sound"], true);
    for server in [second, catalog] {
        assert!(block_in_place(|| server.stop_with("TERM")).success());
    }
}
