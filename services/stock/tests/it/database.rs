//! What somebody does to the stored journal behind the service's back.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use stock::StockStore;

use crate::test_app::TestApp;

/// Runs a statement where the journal of BER is; says how many rows it changed.
pub(crate) async fn change(app: &TestApp, statement: &str) -> u64 {
    let statement = AssertSqlSafe(statement.to_owned());
    let done = async {
        match &app.store {
            StockStore::Embedded { directory } => {
                let file = format!("sqlite://{}", directory.join("BER.db").display());
                let mut database = SqliteConnection::connect(&file).await.unwrap();
                let done = sqlx::query(statement).execute(&mut database).await.unwrap();
                database.close().await.unwrap();
                done.rows_affected()
            }
            StockStore::Postgres(config) => {
                let mut database = PgConnection::connect(&testkit::postgres_url()).await.unwrap();
                let place = format!("SET search_path TO \"{}\"", config.schema.as_deref().unwrap());
                sqlx::query(AssertSqlSafe(place)).execute(&mut database).await.unwrap();
                let done = sqlx::query(statement).execute(&mut database).await.unwrap();
                database.close().await.unwrap();
                done.rows_affected()
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), done).await.unwrap()
}
