use database::{Backend, Database, DatabaseConfig};
use sqlx::Row;
use testkit::{on_postgres, postgres_url, temp_dir};

use crate::schema::{on, open, sqlite};

#[tokio::test]
async fn sqlite_is_durable_and_checks_keys() {
    let folder = temp_dir();
    let file = folder.path().join("not/there yet/a%20?b.db");
    let database = open(&DatabaseConfig::sqlite(&file)).await;
    assert_eq!(database.backend(), Backend::Sqlite);
    assert_eq!(database.sqlite_file(), Some(file.as_path()));
    assert!(file.exists());
    let pool = database.sqlite_pool().unwrap();
    for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let query = sqlx::AssertSqlSafe(format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"));
        let row = sqlx::query(query).fetch_one(pool).await.unwrap();
        assert_eq!(row.get::<String, _>(0), expected, "{pragma}");
    }
    assert!(database.postgres_pool().is_none());
    database.ping().await.unwrap();
    database.close().await;
}

#[tokio::test]
async fn sqlite_urls() {
    let folder = temp_dir();
    let with_mode = format!("sqlite://{}/a.db?mode=rwc", folder.path().display());
    open(&DatabaseConfig::new(with_mode)).await;
    for refused in ["sqlite::memory:", "sqlite://x?mode=memory", "mysql://h/d"] {
        let fault = Database::connect(&DatabaseConfig::new(refused)).await.unwrap_err();
        assert!(!fault.is_retryable(), "{refused}: {fault}");
    }
    let with_schema = DatabaseConfig::sqlite(&folder.path().join("b.db")).with_schema("stock");
    assert!(Database::connect(&with_schema).await.is_err());
}

/// Many writers of one file: each waits for its turn, nobody fails as busy.
#[tokio::test]
async fn sqlite_writers_take_turns() {
    let (_folder, database) = sqlite().await;
    let pool = database.sqlite_pool().unwrap().clone();
    sqlx::query("CREATE TABLE t (n INTEGER)").execute(&pool).await.unwrap();
    let writers = (0..16).map(|writer| {
        let pool = pool.clone();
        tokio::spawn(async move {
            for _ in 0..10 {
                let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
                sqlx::query("INSERT INTO t VALUES (?)")
                    .bind(writer)
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
                transaction.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM t").fetch_one(&pool).await.unwrap();
    assert_eq!(rows, 160);
}

#[tokio::test]
async fn postgres_works_in_its_schema() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        assert_eq!(database.backend(), Backend::Postgres);
        let pool = database.postgres_pool().unwrap();
        // On every connection, not only on the first.
        let (mut one, mut other) = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
        for connection in [&mut one, &mut other] {
            let current: String = sqlx::query_scalar("SELECT current_schema()::text")
                .fetch_one(&mut **connection)
                .await
                .unwrap();
            assert_eq!(current, schema.name);
        }
        database.ping().await.unwrap();
        // The second time the schema is there.
        open(&on(&schema)).await;
    })
    .await;
}

#[tokio::test]
async fn credentials_stay_secret() {
    let good = postgres_url();
    let (_, place) = good.rsplit_once('@').or_else(|| good.split_once("://")).unwrap();
    let nobody = format!("postgres://nobody:hush-hush@{place}");
    let unreachable = "postgres://nobody:hush-hush@127.0.0.1:1/x".to_owned();
    for url in [nobody, unreachable, "postgres://nobody:hush-hush@h:port/x".to_owned()] {
        let config = DatabaseConfig::new(url);
        assert!(!format!("{config:?}").contains("hush"));
        let (shown, debug) = match Database::connect(&config).await {
            Ok(database) => (String::new(), format!("{database:?}")),
            Err(fault) => (fault.to_string(), format!("{fault:?}")),
        };
        assert!(!shown.contains("hush") && !debug.contains("hush"), "{shown} {debug}");
    }
    on_postgres("database", async |schema| {
        let debug = format!("{:?}", open(&on(&schema)).await);
        assert!(debug.contains(&schema.name) && !debug.contains("assword"), "{debug}");
    })
    .await;
}
