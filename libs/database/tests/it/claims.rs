use std::time::Duration;

use database::Database;
use database::claim::{Claim, ClaimFault, PostgresClaim};
use testkit::on_postgres;
use tokio::time::timeout;

use crate::schema::{on, open, sqlite};

/// Far longer than anything here takes: only a failing test waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn one_owner_on_sqlite() {
    let (_folder, database) = sqlite().await;
    one_owner(&database, &format!("process {}", std::process::id())).await;
}

#[tokio::test]
async fn one_owner_on_postgres() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        one_owner(&database, &format!("entrepot-{}", std::process::id())).await;
    })
    .await;
}

async fn one_owner(database: &Database, holder_expected: &str) {
    let first = database.claim("stock/BER").await.unwrap();
    assert!(first.is_held());
    let fault = database.claim("stock/BER").await.unwrap_err();
    let ClaimFault::Held { holder, .. } = &fault else { panic!("{fault}") };
    assert!(holder.starts_with(holder_expected), "{fault}");
    first.release().await;
    // Given back means free at once, and dropping gives back too.
    let second = database.claim("stock/BER").await.unwrap();
    second.release().await;
    database.claim("stock/BER").await.unwrap().release().await;
}

#[tokio::test]
async fn dropping_gives_back_on_sqlite() {
    let (_folder, database) = sqlite().await;
    drop(database.claim("stock/BER").await.unwrap());
    database.claim("stock/BER").await.unwrap();
}

#[tokio::test]
async fn names_and_schemas_do_not_meet() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        let berlin = database.claim("stock/BER").await.unwrap();
        let paris = database.claim("stock/PAR").await.unwrap();
        on_postgres("database", async |elsewhere| {
            open(&on(&elsewhere)).await.claim("stock/BER").await.unwrap().release().await;
        })
        .await;
        assert!(berlin.is_held() && paris.is_held());
    })
    .await;
}

#[tokio::test]
async fn a_file_lock_is_never_lost() {
    let (_folder, database) = sqlite().await;
    let mut claim = database.claim("stock/BER").await.unwrap();
    assert!(timeout(Duration::from_millis(1), claim.lost()).await.is_err());
    assert!(claim.is_held());
}

#[tokio::test]
async fn lost_with_its_connection() {
    on_postgres("database", async |schema| {
        let database = open(&on(&schema)).await;
        let mut claim = PostgresClaim::acquire(&database, "stock/BER").await.unwrap();
        assert!(timeout(Duration::from_millis(1), claim.lost()).await.is_err(), "not lost yet");
        let ended: bool = sqlx::query_scalar("SELECT pg_terminate_backend($1)")
            .bind(claim.backend_pid())
            .fetch_one(database.postgres_pool().unwrap())
            .await
            .unwrap();
        assert!(ended);
        timeout(PATIENCE, claim.lost()).await.unwrap();
        assert!(!claim.is_held());
        // Somebody else takes over while the old owner still has its handle.
        let next = database.claim("stock/BER").await.unwrap();
        assert!(next.is_held());
        claim.release().await;
        assert!(next.is_held());
        assert!(matches!(next, Claim::Postgres(_)));
    })
    .await;
}
