//! `entrepot journal verify` on a journal that somebody changed behind the service's back.

use sqlx::{Connection, SqliteConnection};

use crate::support::{Server, text};

#[tokio::test]
async fn a_changed_entry_is_found_and_named() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    for quantity in [5, 6, 7] {
        server.json(&format!("stock receive -w BER -s A-1 -l MAIN -q {quantity}"));
    }
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
    assert!(server.stop_with("TERM").success());

    let file = format!("sqlite://{}", text(&data.path().join("stock/BER.db")));
    let mut journal = SqliteConnection::connect(&file).await.unwrap();
    let forged = "UPDATE journal SET entry = CAST(replace(CAST(entry AS TEXT), 'A-1', 'A-2') AS BLOB) WHERE sequence = 2";
    assert_eq!(sqlx::query(forged).execute(&mut journal).await.unwrap().rows_affected(), 1);
    journal.close().await.unwrap();

    let server = Server::start(data.path());
    let ran = server.run("journal verify --warehouse BER --output json");
    assert_eq!(ran.code, 6, "{ran:?}");
    let verdict: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&verdict["sound"], &verdict["sequence"]), (&false.into(), &2.into()));
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(
        (&error["reason"], &error["metadata"]["law"]),
        (&"JOURNAL_DAMAGED".into(), &"L5 one history".into())
    );
}
