use std::future::Future;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{postgres_url, unique};

/// A schema of one test: give both to the database under test.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The server; it has the password in it.
    pub url: String,
    /// A name nobody else has. The schema does not exist yet: creating it belongs to what is tested.
    pub name: String,
}

/// Runs `test` against a fresh schema and drops the schema with all its content afterwards. When the test panics the
/// schema stays, to be looked at.
///
/// # Panics
/// When `ENTREPOT_TEST_POSTGRES` is not set or the server does not answer.
pub async fn on_postgres<T, Run, Answer>(prefix: &str, test: Run) -> T
where
    Run: FnOnce(Schema) -> Answer,
    Answer: Future<Output = T>,
{
    let schema = Schema { url: postgres_url(), name: unique(prefix) };
    let result = test(schema.clone()).await;
    drop_schema(&schema).await;
    result
}

async fn drop_schema(schema: &Schema) {
    let mut connection =
        PgConnection::connect(&schema.url).await.expect("PostgreSQL answers: run `make test`");
    let statement = format!("DROP SCHEMA IF EXISTS \"{}\" CASCADE", schema.name);
    // The name is our own, from `unique`: nothing of it comes from outside.
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("the test's schema can be dropped");
    connection.close().await.expect("PostgreSQL closes the connection");
}
