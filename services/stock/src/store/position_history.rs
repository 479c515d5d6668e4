use sea_orm_migration::prelude::*;

use super::tracking::columns;

/// The movements of positions in the checkpoint, what was taken back, and the lock. It is only a projection: what was there is dropped, and
/// the next start replays the journal.
pub(super) struct AddHistory;

impl MigrationName for AddHistory {
    fn name(&self) -> &'static str {
        "m0003_add_history"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddHistory {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let number = |name: &str| ColumnDef::new(name.to_owned()).big_integer().not_null().to_owned();
        let blob = |name: &str| ColumnDef::new(name.to_owned()).blob().not_null().to_owned();
        for table in ["checkpoint", "position", "reservation", "lot", "serial"] {
            manager.exec_stmt(Query::delete().from_table(table).to_owned()).await?;
        }
        // A column that is not null needs a default where rows might be; it is always given.
        let recent = blob("recent").default(Expr::cust("''")).to_owned();
        manager.alter_table(Table::alter().table("position").add_column(recent).to_owned()).await?;
        let key = ["warehouse", "sku", "location", "lot", "status", "owner", "number"];
        let [warehouse, sku, location, lot, status, owner, row] = key;
        let all =
            [text(warehouse), text(sku), text(location), text(lot), text(status), text(owner), number(row)];
        let history = columns("position_history", all, &key).col(blob("movements")).to_owned();
        manager.create_table(history).await?;
        let key = ["warehouse", "sequence", "line"];
        let reversed = columns("reversed", [text(key[0]), number(key[1]), number(key[2])], &key)
            .col(number("by_sequence"))
            .col(number("by_line"))
            .to_owned();
        manager.create_table(reversed).await?;
        let lock = ColumnDef::new("locked_until").big_integer().null().to_owned();
        manager.alter_table(Table::alter().table("checkpoint").add_column(lock).to_owned()).await
    }
}
