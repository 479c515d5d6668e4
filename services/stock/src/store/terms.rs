use sea_orm_migration::prelude::*;

/// Terms and parts of reservations. Only expands: what is there is of promises without them.
pub(super) struct AddTerms;

impl MigrationName for AddTerms {
    fn name(&self) -> &'static str {
        "m0004_add_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddTerms {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().default("").to_owned();
        let columns = [
            text("parts"),
            ColumnDef::new("expires_at").big_integer().null().to_owned(),
            ColumnDef::new("priority").integer().not_null().default(0).to_owned(),
            text("holder"),
            text("channel"),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("reservation").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rules. Only expands: what is there is of warehouses without any.
pub(super) struct AddRules;

impl MigrationName for AddRules {
    fn name(&self) -> &'static str {
        "m0004_add_rules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddRules {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let rule = Table::create()
            .table("stock_rule")
            .col(text("warehouse"))
            .col(ColumnDef::new("number").integer().not_null())
            .col(text("kind"))
            .col(text("sku"))
            .col(text("party"))
            .col(text("value"))
            .col(text("used"))
            .primary_key(Index::create().col("warehouse").col("number"))
            .to_owned();
        manager.create_table(rule).await
    }
}
