use sea_orm_migration::prelude::*;

/// The ledger's tables.
#[derive(Debug)]
pub(super) struct LedgerMigrator;

impl MigratorTrait for LedgerMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(CreateLedger), Box::new(AddWeight)]
    }
}

struct CreateLedger;

impl MigrationName for CreateLedger {
    fn name(&self) -> &'static str {
        "m0001_create_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateLedger {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let number = |name: &str| ColumnDef::new(name.to_owned()).big_integer().not_null().to_owned();
        let text_or_null = |name: &str| ColumnDef::new(name.to_owned()).text().null().to_owned();
        let number_or_null = |name: &str| ColumnDef::new(name.to_owned()).big_integer().null().to_owned();
        let device = Table::create()
            .table("device")
            .col(ColumnDef::new("id").integer().not_null().primary_key().check(Expr::col("id").eq(1)))
            .col(text("code"))
            .col(text("warehouse"))
            .to_owned();
        let escrow = Table::create()
            .table("escrow")
            .col(number("number").primary_key())
            .col(text("sku"))
            .col(text("location"))
            .col(text("lot"))
            .col(text("quantity"))
            .col(text("taken"))
            .col(number("expires_at"))
            .col(text("state"))
            .col(text_or_null("reservation"))
            .to_owned();
        let operation = Table::create()
            .table("operation")
            .col(number("number").primary_key())
            .col(ColumnDef::new("request_id").uuid().not_null().unique_key())
            .col(number("at"))
            .col(text("reference"))
            .col(text("kind"))
            .col(number_or_null("escrow"))
            .col(text_or_null("quantity"))
            .col(number_or_null("expires_at"))
            .col(text("serials"))
            .col(text("partner"))
            .col(ColumnDef::new("line").blob().null())
            .col(text("timing"))
            .col(text("state"))
            .col(number_or_null("sequence"))
            .col(text_or_null("reason"))
            .col(text_or_null("message"))
            .col(text_or_null("note"))
            .to_owned();
        let by_state =
            Index::create().name("operation_state").table("operation").col("state").col("number").to_owned();
        manager.create_table(device).await?;
        manager.create_table(escrow).await?;
        manager.create_table(operation).await?;
        manager.create_index(by_state).await
    }
}

struct AddWeight;

impl MigrationName for AddWeight {
    fn name(&self) -> &'static str {
        "m0002_add_weight"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddWeight {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let weight = ColumnDef::new("weight").text().null().to_owned();
        manager.alter_table(Table::alter().table("operation").add_column(weight).to_owned()).await
    }
}
