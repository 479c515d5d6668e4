//! Owners that come and go.

use std::time::Duration;

use catalog_view::CatalogView;
use proto::catalog::v1::Warehouse;
use proto::events::v1::{CatalogChange, catalog_change};
use proto::stock::v1::{GetJournalHeadRequest, GetPositionRequest};
use rpc::Readiness;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use stock::{StockStore, Warehouses};

use crate::calls::{head, position, post, post_until_answered, post_with, refused, request, say};
use crate::database::change;
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::{TestApp, becomes};

pub(crate) async fn a_restart_from_a_checkpoint_gives_the_same_state(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 3).await;
    say(app, "receive A MAIN 100; receive B PICK 7").await;
    let held = post(app, &document("reserve A MAIN 5; reserve A MAIN 6")).await.unwrap().reservation_ids;
    for text in ["issue A MAIN 1", "move A MAIN PICK 2", "issue A MAIN 999"] {
        say(app, text).await;
    }
    say(app, &format!("fulfil {}; release {} 2", held[0], held[1])).await;
    let (before, digest) = (head(app).await.unwrap(), verified(app).await.state_digest);
    for _ in 0..2 {
        let positions = (position(app, "A", "MAIN").await, position(app, "A", "PICK").await);
        assert_eq!(positions, ("92/4/88".to_owned(), "2/0/2".to_owned()));
        app.restart().await;
        assert_eq!(head(app).await.unwrap(), before);
        assert_eq!(verified(app).await.state_digest, digest);
    }
    assert_eq!(say(app, &format!("fulfil {} 4", held[1])).await, "ok");
}

/// As it was before the column for traces.
pub(crate) async fn a_journal_of_the_version_before_is_taken_over(app: &mut TestApp) {
    let receive = document("receive A MAIN 5");
    post(app, &receive).await.unwrap();
    app.halt().await;
    change(app, "ALTER TABLE journal DROP COLUMN traceparent").await;
    assert_eq!(change(app, "DELETE FROM seaql_migrations WHERE version LIKE 'm0002%'").await, 1);
    app.restart().await;
    assert!(post(app, &receive).await.unwrap().remembered);
    assert_eq!(say(app, "issue A MAIN 1").await, "ok");
}

pub(crate) async fn a_second_owner_waits_for_the_first(app: &mut TestApp) {
    let receive = document("receive A MAIN 5");
    post(app, &receive).await.unwrap();
    let standby = app.another().await;
    let mut client = standby.client();
    let error = post_with(&mut client, &receive).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert!(["OWNERSHIP_LOST", "OWNER_STARTING"].contains(&error.reason.as_str()), "{error}");
    assert_eq!(say(app, "receive A MAIN 1").await, "ok", "the first goes on");
    let waits = becomes(&mut standby.readiness(), waits_for("owned by another process")).await;
    assert!(app.readiness().borrow().is_ready() && !waits.is_ready());
    app.replace(standby).await;
    assert!(post(app, &receive).await.unwrap().remembered);
    assert_eq!(position(app, "A", "MAIN").await, "6/0/6");
}

pub(crate) async fn a_fenced_owner_writes_nothing_and_comes_back(app: &mut TestApp) {
    let acknowledged = document("receive A MAIN 5");
    post(app, &acknowledged).await.unwrap();
    sql(app, "UPDATE \"SCHEMA\".partition SET epoch = epoch + 1").await;
    let receive = document("receive A MAIN 3");
    let (answer, refused) = post_until_answered(&mut app.client(), &receive).await;
    let receipt = answer.unwrap();
    assert!(refused > 0, "the append was refused");
    assert_eq!((receipt.sequence, receipt.remembered), (2, false));
    assert!(post(app, &acknowledged).await.unwrap().remembered);
    assert_eq!(position(app, "A", "MAIN").await, "8/0/8");
}

pub(crate) async fn readiness_follows_the_partition(app: &mut TestApp) {
    post(app, &document("receive A MAIN 5")).await.unwrap();
    let mut readiness = app.readiness();
    assert!(readiness.borrow_and_update().is_ready());
    for n in 1..=2 {
        sql(app, "alter schema \"SCHEMA\" rename to \"SCHEMA_away\"").await;
        let error = post(app, &document("receive A MAIN 1")).await.unwrap_err();
        assert!(error.is_retryable(), "{error}");
        becomes(&mut readiness, waits_for("warehouse BER")).await;
        sql(app, "alter schema \"SCHEMA_away\" rename to \"SCHEMA\"").await;
        becomes(&mut readiness, Readiness::is_ready).await;
        assert_eq!(post(app, &document("receive A MAIN 1")).await.unwrap().sequence, n + 1);
    }
    app.halt().await;
    assert_eq!(*readiness.borrow(), Readiness::waiting("the server is stopping"));
    app.restart().await;
}

/// The master data is in the event log: before all of it was read nobody knows which warehouses there are.
pub(crate) async fn nothing_is_ready_before_the_catalog_is_known(app: &mut TestApp) {
    app.halt().await;
    let known = std::mem::replace(&mut app.catalog, CatalogView::empty());
    let server = app.another().await;
    let mut readiness = server.readiness();
    becomes(&mut readiness, waits_for("master data")).await;
    app.catalog.apply_all(&crate::fixtures::master_data());
    assert!(!readiness.borrow().is_ready(), "there may be more to come");
    app.catalog.note_caught_up();
    becomes(&mut readiness, Readiness::is_ready).await;
    app.catalog = known;
    app.replace(server).await;
}

/// What the catalog does not have may only be unread: nobody is told that it does not exist, which a device would take for final.
pub(crate) async fn what_is_not_read_yet_is_not_refused(app: &mut TestApp) {
    app.halt().await;
    let known = std::mem::replace(&mut app.catalog, CatalogView::empty());
    let server = app.another().await;
    let receive = document("receive A MAIN 5");
    let mut hasty = tonic::Request::new(request(&receive));
    hasty.set_timeout(Duration::from_millis(500));
    let hurried = refused(server.client().post_document(hasty).await);
    assert!(["OWNER_STARTING", "DEADLINE_EXCEEDED"].contains(&hurried.as_str()), "{hurried}");
    for warehouse in ["BER", "OTHER"] {
        let (warehouse, sku, location) = (warehouse.into(), "A".into(), "MAIN".into());
        let get = GetPositionRequest { warehouse, sku, location, ..GetPositionRequest::default() };
        assert_eq!(refused(server.client().get_position(get).await), "OWNER_STARTING");
    }
    app.catalog.apply_all(&crate::fixtures::master_data());
    app.catalog.note_caught_up();
    app.catalog = known;
    app.replace(server).await;
    assert!(!post(app, &receive).await.unwrap().remembered);
}

/// A warehouse that is created while the server runs takes nothing from those that are served.
pub(crate) async fn a_new_warehouse_leaves_the_server_ready(app: &mut TestApp) {
    app.warehouses = Warehouses::All;
    app.restart().await;
    let mut readiness = app.readiness();
    assert!(readiness.borrow_and_update().is_ready());
    let munich = Warehouse { code: "MUC".into(), ..Warehouse::default() };
    let record = Some(catalog_change::Record::Warehouse(munich));
    app.catalog.apply(&CatalogChange { revision: 1000, record });
    let request = || GetJournalHeadRequest { warehouse: "MUC".into() };
    let opens = async {
        while app.journal().get_journal_head(request()).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), opens).await.unwrap();
    assert!(!readiness.has_changed().unwrap(), "it was ready all the time");
}

fn waits_for(words: &str) -> impl FnMut(&Readiness) -> bool {
    move |readiness| matches!(readiness, Readiness::Waiting(what) if what.contains(words))
}

pub(crate) async fn a_lost_database_is_survived(app: &mut TestApp) {
    post(app, &document("receive A MAIN 5")).await.unwrap();
    for n in 0..3 {
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'SCHEMA'";
        sql(app, kill).await;
        let (answer, refused) = post_until_answered(&mut app.client(), &document("receive A MAIN 1")).await;
        assert!(refused > 0, "its caller is told to come back");
        assert_eq!(answer.unwrap().sequence, n + 2);
    }
    assert_eq!(position(app, "A", "MAIN").await, "8/0/8");
}

async fn sql(app: &TestApp, text: &str) {
    let StockStore::Postgres(database) = &app.store else { panic!("a test of PostgreSQL") };
    let mut connection = PgConnection::connect(&testkit::postgres_url()).await.unwrap();
    let statement = text.replace("SCHEMA", database.schema.as_deref().unwrap());
    let done = sqlx::query(AssertSqlSafe(statement)).execute(&mut connection);
    tokio::time::timeout(Duration::from_secs(10), done).await.unwrap().unwrap();
    connection.close().await.unwrap();
}
