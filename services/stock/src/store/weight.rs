use sea_orm_migration::prelude::*;

/// What positions weigh. Only expands: what is there is of warehouses that weigh nothing.
pub(super) struct AddWeight;

impl MigrationName for AddWeight {
    fn name(&self) -> &'static str {
        "m0009_add_weight"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddWeight {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["weight", "weight_unit"] {
            let column = ColumnDef::new(name).text().null().to_owned();
            manager.alter_table(Table::alter().table("position").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
