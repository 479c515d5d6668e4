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
