use std::time::Duration;

use database::{Database, DatabaseConfig, DatabaseFault};
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use testkit::on_postgres;
use tokio::join;
use tokio::time::timeout;

use crate::schema::{First, Second, Third, on, open, sqlite};

#[tokio::test]
async fn upgrade_and_roll_back_on_sqlite() {
    let (_folder, database) = sqlite().await;
    upgrade_and_roll_back(&database).await;
}

#[tokio::test]
async fn upgrade_and_roll_back_on_postgres() {
    on_postgres("database", async |schema| upgrade_and_roll_back(&open(&on(&schema)).await).await).await;
}

async fn upgrade_and_roll_back(database: &Database) {
    assert_eq!(database.pending::<Second>().await.unwrap(), ["m0001_create", "m0002_add_weight"]);
    database.migrate::<First>().await.unwrap();
    database.migrate::<First>().await.unwrap();
    assert_eq!(database.pending::<Second>().await.unwrap(), ["m0002_add_weight"]);
    database.migrate::<Second>().await.unwrap();
    // The older program comes back: the newer schema is fine.
    database.migrate::<First>().await.unwrap();
    assert!(database.pending::<First>().await.unwrap().is_empty());
    database.orm().execute_unprepared("INSERT INTO crate (id, weight) VALUES (1, 2)").await.unwrap();
}

#[tokio::test]
async fn many_at_once_on_sqlite() {
    let (folder, database) = sqlite().await;
    let other = open(&DatabaseConfig::sqlite(&folder.path().join("test.db"))).await;
    many_at_once(&database, &other).await;
}

#[tokio::test]
async fn many_at_once_on_postgres() {
    on_postgres("database", async |schema| {
        let config = on(&schema);
        // Opening creates the schema: at once, too.
        let (one, other) = join!(Database::connect(&config), Database::connect(&config));
        many_at_once(&one.unwrap(), &other.unwrap()).await;
    })
    .await;
}

async fn many_at_once(one: &Database, other: &Database) {
    let done = join!(
        one.migrate::<Second>(),
        other.migrate::<Second>(),
        one.migrate::<First>(),
        other.migrate::<First>(),
        other.migrate::<Second>(),
    );
    for outcome in [done.0, done.1, done.2, done.3, done.4] {
        outcome.unwrap();
    }
    assert!(one.pending::<Second>().await.unwrap().is_empty());
}

/// A migration that has to wait for a reader does not keep writers waiting behind it.
#[tokio::test]
async fn a_long_read_holds_up_the_migration_only() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        database.migrate::<First>().await.unwrap();
        let orm = database.orm();
        let reader = orm.begin().await.unwrap();
        reader.execute_unprepared("SELECT * FROM crate").await.unwrap();
        let write = async {
            while !is_waiting(orm).await {}
            let insert = orm.execute_unprepared("INSERT INTO crate (id) VALUES (1)");
            timeout(Duration::from_secs(10), insert).await.expect("the writer gets its turn").unwrap();
            reader.rollback().await.unwrap();
        };
        let (migrated, ()) = join!(database.migrate::<Second>(), write);
        migrated.unwrap();
        assert!(database.pending::<Second>().await.unwrap().is_empty());
    })
    .await;
}

/// Whether somebody waits for the table.
async fn is_waiting(orm: &impl ConnectionTrait) -> bool {
    let waiting = "SELECT 1 FROM pg_locks WHERE relation = 'crate'::regclass AND NOT granted";
    let statement = Statement::from_string(orm.get_database_backend(), waiting);
    orm.query_one_raw(statement).await.unwrap().is_some()
}

#[tokio::test]
async fn a_failing_migration_leaves_nothing_on_sqlite() {
    let (_folder, database) = sqlite().await;
    a_failing_migration_leaves_nothing(&database).await;
}

#[tokio::test]
async fn a_failing_migration_leaves_nothing_on_postgres() {
    on_postgres("database", async |schema| {
        a_failing_migration_leaves_nothing(&open(&on(&schema)).await).await;
    })
    .await;
}

async fn a_failing_migration_leaves_nothing(database: &Database) {
    database.migrate::<Second>().await.unwrap();
    for _ in 0..2 {
        // The same failure again, not `table half exists`.
        let fault = database.migrate::<Third>().await.unwrap_err();
        assert!(matches!(fault, DatabaseFault::Rejected { .. }), "{fault}");
        assert!(fault.to_string().contains("syntax error"), "{fault}");
    }
    database.migrate::<Second>().await.unwrap();
    assert!(database.orm().execute_unprepared("SELECT * FROM half").await.is_err());
}
