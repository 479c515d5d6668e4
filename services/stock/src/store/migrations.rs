//! The schema, in two sets: the journal, and the checkpoint (which on SQLite is a file of its own, so that writing it
//! never holds up an append). L3 and L5 are constraints: a request id and a sequence can stand in a journal only once.

use sea_orm_migration::prelude::*;

/// Tables of the write path.
#[derive(Debug)]
pub(crate) struct JournalMigrator;

/// Tables of the projection.
#[derive(Debug)]
pub(crate) struct CheckpointMigrator;

impl MigratorTrait for JournalMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(CreateJournal), Box::new(AddTraceparent)]
    }
}

impl MigratorTrait for CheckpointMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(CreateCheckpoint),
            Box::new(super::tracking::AddTracking),
            Box::new(super::position_history::AddHistory),
            Box::new(super::terms::AddTerms),
            Box::new(super::terms::AddRules),
            Box::new(super::handling_units::AddHandlingUnits),
            Box::new(super::expectations::AddExpectations),
            Box::new(super::weight::AddWeight),
            Box::new(super::deliveries::AddDeliveries),
            Box::new(super::counts::AddCounts),
            Box::new(super::orders::AddOrders),
            Box::new(super::tasks::AddTasks),
            Box::new(super::production_orders::AddProductionOrders),
        ]
    }

    // Both sets may live in one database: each counts its own.
    fn migration_table_name() -> DynIden {
        "seaql_checkpoint_migrations".into_iden()
    }
}

struct CreateJournal;

impl MigrationName for CreateJournal {
    fn name(&self) -> &'static str {
        "m0001_create_journal"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateJournal {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let partition = Table::create()
            .table("partition")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(ColumnDef::new("warehouse").text().not_null().unique_key())
            .col(ColumnDef::new("epoch").big_integer().not_null().default(0))
            .to_owned();
        let journal = Table::create()
            .table("journal")
            .col(ColumnDef::new("partition_id").integer().not_null())
            .col(ColumnDef::new("sequence").big_integer().not_null().check(Expr::col("sequence").gt(0)))
            .col(ColumnDef::new("request_id").uuid().not_null())
            .col(ColumnDef::new("effective_at").big_integer().not_null())
            .col(ColumnDef::new("recorded_at").big_integer().not_null())
            .col(ColumnDef::new("hash").binary_len(32).not_null())
            .col(ColumnDef::new("entry").blob().not_null())
            .primary_key(Index::create().col("partition_id").col("sequence"))
            .to_owned();
        let request = Index::create()
            .name("journal_request")
            .table("journal")
            .col("partition_id")
            .col("request_id")
            .unique()
            .to_owned();
        let cursor = Table::create()
            .table("relay_cursor")
            .col(ColumnDef::new("partition_id").integer().not_null().primary_key())
            .col(ColumnDef::new("sequence").big_integer().not_null())
            .to_owned();
        manager.create_table(partition).await?;
        manager.create_table(journal).await?;
        manager.create_index(request).await?;
        manager.create_table(cursor).await
    }
}

/// The trace of the request that made an entry, for the relay that reads the entry from the store; null for the many that are
/// not sampled. It stands beside the entry and the hash does not cover it: it says who watched, not what happened. Only expands:
/// a program that does not know the column goes on without it.
struct AddTraceparent;

impl MigrationName for AddTraceparent {
    fn name(&self) -> &'static str {
        "m0002_add_traceparent"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddTraceparent {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("traceparent").text().null().to_owned();
        manager.alter_table(Table::alter().table("journal").add_column(column).to_owned()).await
    }
}

struct CreateCheckpoint;

impl MigrationName for CreateCheckpoint {
    fn name(&self) -> &'static str {
        "m0001_create_checkpoint"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateCheckpoint {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let number = |name: &str| ColumnDef::new(name.to_owned()).big_integer().not_null().to_owned();
        let checkpoint = Table::create()
            .table("checkpoint")
            .col(text("warehouse").primary_key())
            .col(number("sequence"))
            .col(ColumnDef::new("hash").binary_len(32).not_null())
            .col(number("recorded_at"))
            .to_owned();
        let position = Table::create()
            .table("position")
            .col(text("warehouse"))
            .col(text("sku"))
            .col(text("location"))
            .col(text("on_hand"))
            .col(text("reserved"))
            .col(ColumnDef::new("negative_allowed").boolean().not_null())
            .primary_key(Index::create().col("warehouse").col("sku").col("location"))
            .to_owned();
        let reservation = Table::create()
            .table("reservation")
            .col(text("warehouse"))
            .col(number("sequence"))
            .col(number("line"))
            .col(text("sku"))
            .col(text("location"))
            .col(text("quantity"))
            .primary_key(Index::create().col("warehouse").col("sequence").col("line"))
            .to_owned();
        manager.create_table(checkpoint).await?;
        manager.create_table(position).await?;
        manager.create_table(reservation).await
    }
}
