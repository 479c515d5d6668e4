//! `entrepot journal verify`: on what somebody changed behind the service's back, and on a warehouse at work.

use std::path::Path;

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{Document, DocumentLine, Issue, PostDocumentRequest, Receive, Reserve};
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};
use tokio::task::{JoinSet, block_in_place};
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use uuid::Uuid;

use crate::support::{Ran, Server, text};

#[tokio::test]
async fn a_changed_entry_is_found_and_named() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    for quantity in [5, 6, 7] {
        server.json(&format!("stock receive -w BER -s A-1 -l MAIN -q {quantity}"));
    }
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
    assert!(server.stop_with("TERM").success());

    let forged = "UPDATE journal SET entry = CAST(replace(CAST(entry AS TEXT), 'A-1', 'A-2') AS BLOB) WHERE sequence = 2";
    change(&data.path().join("stock/BER.db"), forged).await;

    let server = Server::start(data.path());
    let (verdict, error) = unsound(&server.run("journal verify --warehouse BER --output json"));
    assert_eq!(verdict["sequence"], 2);
    assert_eq!(
        (&error["reason"], &error["metadata"]["law"]),
        (&"JOURNAL_DAMAGED".into(), &"L5 one history".into())
    );
}

#[tokio::test]
async fn a_changed_checkpoint_is_found_and_named() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    server.json("stock reserve -w BER -s A-1 -l MAIN -q 4");
    server.json("stock move -w BER -s A-1 --from MAIN --to PICK -q 1");
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
    assert!(server.stop_with("TERM").success());
    let changed = "UPDATE position SET on_hand = '12' WHERE location = 'MAIN'";
    change(&data.path().join("stock/BER.checkpoint.db"), changed).await;

    let server = Server::start(data.path());
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "12", "the checkpoint was loaded");
    let (verdict, error) = unsound(&server.run("journal verify --warehouse BER --output json"));
    assert_eq!((&verdict["sequence"], &verdict["sku"]), (&3.into(), &"A-1".into()), "{verdict}");
    let metadata = &error["metadata"];
    assert_eq!((&error["reason"], &metadata["law"]), (&"STATE_DIVERGED".into(), &"L5 one history".into()));
    assert_eq!((&metadata["warehouse"], &metadata["location"]), (&"BER".into(), &"MAIN".into()));
    assert_eq!(metadata["expected"], "9 on hand, 4 reserved");
    assert_eq!(metadata["got"], "12 on hand, 4 reserved");
    server.kill();

    // As docs/errors.md says.
    for entry in std::fs::read_dir(data.path().join("stock")).unwrap() {
        let path = entry.unwrap().path();
        if text(&path).contains("BER.checkpoint.db") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let server = Server::start(data.path());
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "9");
}

#[tokio::test]
async fn a_changed_weight_is_found_and_named() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let item = server.json("catalog item create C-1 --catch-weight kg:3@4.5..5.5");
    let after = format!("--catalog-revision {}", item["catalog_revision"]);
    server.json(&format!("stock receive -w BER -s C-1 -l MAIN -q 2 --weight 10.1 {after}"));
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
    assert!(server.stop_with("TERM").success());
    let changed = "UPDATE position SET weight = '9.1' WHERE location = 'MAIN'";
    change(&data.path().join("stock/BER.checkpoint.db"), changed).await;
    let server = Server::start(data.path());
    let (_, error) = unsound(&server.run("journal verify --warehouse BER --output json"));
    let metadata = &error["metadata"];
    assert_eq!((&error["reason"], &metadata["sku"]), (&"STATE_DIVERGED".into(), &"C-1".into()));
    let told = [&metadata["expected"], &metadata["got"]];
    assert_eq!(told, ["2 on hand, 0 reserved of 10.1 kg", "2 on hand, 0 reserved of 9.1 kg"]);
}

/// More than a page of positions, and clients that change them and add to them all the time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warehouse_at_work_is_sound() {
    const ITEMS: usize = 1_300;
    let data = testkit::temp_dir();
    let server = block_in_place(|| Server::with_stock(data.path()));
    let mut csv = "sku,name,base_unit\n".to_owned();
    (0..ITEMS).for_each(|n| csv.push_str(&format!("N-{n:04},nail,EA\n")));
    let file = data.path().join("items.csv");
    std::fs::write(&file, csv).unwrap();
    let imported = block_in_place(|| server.json(&format!("catalog item import {}", text(&file))));
    let catalog_revision = imported["catalog_revision"].as_u64().unwrap();

    let channel = rpc::client::connect(server.grpc()).await.unwrap();
    let stop = CancellationToken::new();
    let mut clients = JoinSet::new();
    for client in 0..4 {
        let mine = (0..ITEMS).skip(client).step_by(4).map(|n| format!("N-{n:04}")).collect();
        let stock = StockServiceClient::new(channel.clone());
        clients.spawn(work(stock, mine, catalog_revision, stop.clone()));
    }
    let mut sequence = 0;
    while sequence < 2 * ITEMS as u64 {
        let verdict = block_in_place(|| server.json("journal verify -w BER"));
        assert_eq!(verdict["sound"], true, "{verdict}");
        let seen = verdict["sequence"].as_u64().unwrap();
        assert!(seen > sequence || sequence == 0, "the clients went on: {seen}");
        assert!(clients.try_join_next().is_none(), "no client ended");
        sequence = seen;
    }
    stop.cancel();
    clients.join_all().await;
    let verdict = block_in_place(|| server.json("journal verify -w BER"));
    assert_eq!((&verdict["sound"], &verdict["positions"]), (&true.into(), &ITEMS.into()), "{verdict}");
}

/// Takes some of each item, again and again; stops when each had its turn.
async fn work(
    mut stock: StockServiceClient<Channel>,
    items: Vec<String>,
    catalog_revision: u64,
    stop: CancellationToken,
) {
    let count = items.len();
    for (turn, sku) in items.into_iter().cycle().enumerate() {
        if stop.is_cancelled() && turn >= count {
            return;
        }
        let (location, unit) = ("MAIN".to_owned(), String::new());
        let units = |value: &str| Some(Decimal { value: value.to_owned() });
        let actions = [
            Action::Receive(Receive {
                sku: sku.clone(),
                location: location.clone(),
                quantity: units("3"),
                unit: unit.clone(),
                ..Receive::default()
            }),
            Action::Issue(Issue {
                sku: sku.clone(),
                location: location.clone(),
                quantity: units("1"),
                unit: unit.clone(),
                ..Issue::default()
            }),
            Action::Reserve(Reserve { sku, location, quantity: units("1"), unit, ..Reserve::default() }),
        ];
        let document = Document {
            request_id: Uuid::new_v4().to_string(),
            lines: actions.into_iter().map(|action| DocumentLine { action: Some(action) }).collect(),
            ..Document::default()
        };
        let (warehouse, document) = ("BER".to_owned(), Some(document));
        let request = PostDocumentRequest { warehouse, document, catalog_revision, validate_only: false };
        stock.post_document(request).await.unwrap();
    }
}

async fn change(file: &Path, statement: &'static str) {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", text(file))).await.unwrap();
    assert_eq!(sqlx::query(statement).execute(&mut database).await.unwrap().rows_affected(), 1);
    database.close().await.unwrap();
}

/// The verdict and the error of a journal that is not sound.
fn unsound(ran: &Ran) -> (Value, Value) {
    assert_eq!(ran.code, 6, "{ran:?}");
    let verdict: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(verdict["sound"], false);
    (verdict, serde_json::from_str(&ran.stderr).unwrap())
}
