use database::{Database, DatabaseConfig, DatabaseFault};
use sqlx::Connection;
use testkit::on_postgres;

use crate::schema::{on, open, sqlite};

#[tokio::test]
async fn unique_violations_on_sqlite() {
    let (_folder, database) = sqlite().await;
    let pool = database.sqlite_pool().unwrap();
    sqlx::query("CREATE TABLE t (n INTEGER PRIMARY KEY)").execute(pool).await.unwrap();
    sqlx::query("INSERT INTO t VALUES (1)").execute(pool).await.unwrap();
    let fault: DatabaseFault =
        sqlx::query("INSERT INTO t VALUES (1)").execute(pool).await.unwrap_err().into();
    assert!(fault.is_unique_violation() && !fault.is_retryable(), "{fault}");
}

#[tokio::test]
async fn a_busy_sqlite_file_is_unavailable() {
    let (_folder, database) = sqlite().await;
    let pool = database.sqlite_pool().unwrap();
    sqlx::query("CREATE TABLE t (n INTEGER)").execute(pool).await.unwrap();
    let mut reader = pool.begin().await.unwrap();
    sqlx::query("SELECT * FROM t").fetch_all(&mut *reader).await.unwrap();
    sqlx::query("INSERT INTO t VALUES (1)").execute(pool).await.unwrap();
    // What it read is no longer the newest: SQLite refuses the write without waiting.
    let refused = sqlx::query("INSERT INTO t VALUES (2)").execute(&mut *reader).await.unwrap_err();
    let fault = DatabaseFault::from(refused);
    assert!(fault.is_retryable(), "{fault}");
}

#[tokio::test]
async fn a_full_sqlite_disk_is_unavailable_until_there_is_room() {
    let (_folder, database) = sqlite().await;
    let mut connection = database.sqlite_pool().unwrap().acquire().await.unwrap();
    sqlx::query("CREATE TABLE t (b BLOB)").execute(&mut *connection).await.unwrap();
    sqlx::query("PRAGMA max_page_count = 10").execute(&mut *connection).await.unwrap();
    let insert = "INSERT INTO t VALUES (zeroblob(100000))";
    let fault = DatabaseFault::from(sqlx::query(insert).execute(&mut *connection).await.unwrap_err());
    assert!(fault.is_retryable(), "{fault}");
    assert_eq!(fault.cause().code.as_deref(), Some("13"));
    sqlx::query("PRAGMA max_page_count = 1000000").execute(&mut *connection).await.unwrap();
    sqlx::query(insert).execute(&mut *connection).await.unwrap();
}

#[tokio::test]
async fn a_lost_postgres_connection_is_unavailable() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        let pool = database.postgres_pool().unwrap();
        let mut victim = pool.acquire().await.unwrap();
        let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *victim).await.unwrap();
        sqlx::query("SELECT pg_terminate_backend($1, 5000)").bind(pid).execute(pool).await.unwrap();
        let fault = DatabaseFault::from(victim.ping().await.unwrap_err());
        assert!(fault.is_retryable(), "{fault}");
        drop(victim);
        // The next one gets a connection that works.
        database.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn constraints_and_nonsense_are_rejected_on_postgres() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        let pool = database.postgres_pool().unwrap();
        sqlx::query("CREATE TABLE t (n int PRIMARY KEY, CHECK (n > 0))").execute(pool).await.unwrap();
        let nonsense = DatabaseFault::from(sqlx::query("SELECT nothing").execute(pool).await.unwrap_err());
        assert!(!nonsense.is_retryable() && !nonsense.is_constraint_violation(), "{nonsense}");
        let check = sqlx::query("INSERT INTO t VALUES (0)").execute(pool).await.unwrap_err();
        let check = DatabaseFault::from(check);
        assert!(check.is_constraint_violation() && !check.is_unique_violation(), "{check}");
        assert_eq!(check.cause().constraint.as_deref(), Some("t_n_check"));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let fault = Database::connect(&DatabaseConfig::new("postgres://u:p@127.0.0.1:1/d")).await.unwrap_err();
    assert!(fault.is_retryable(), "{fault}");
}
