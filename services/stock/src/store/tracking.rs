use sea_orm_migration::prelude::*;

/// Lots, units, statuses and owners in the checkpoint. It is only a projection: what was there is dropped, and the next start
/// replays the journal.
pub(super) struct AddTracking;

impl MigrationName for AddTracking {
    fn name(&self) -> &'static str {
        "m0002_add_tracking"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddTracking {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let number = |name: &str| ColumnDef::new(name.to_owned()).big_integer().not_null().to_owned();
        for table in ["position", "reservation"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        let head = Query::delete().from_table("checkpoint").to_owned();
        manager.exec_stmt(head).await?;
        let key = ["warehouse", "sku", "location", "lot", "status", "owner"];
        let position = columns("position", key.map(text), &key)
            .col(text("on_hand"))
            .col(text("reserved"))
            .col(ColumnDef::new("negative_allowed").boolean().not_null())
            .to_owned();
        let key = ["warehouse", "sequence", "line"];
        let reservation = columns("reservation", [text(key[0]), number(key[1]), number(key[2])], &key)
            .col(text("sku"))
            .col(text("location"))
            .col(text("quantity"))
            .col(text("lots"))
            .to_owned();
        let key = ["warehouse", "sku", "lot"];
        let lot = columns("lot", key.map(text), &key)
            .col(number("received"))
            .col(ColumnDef::new("expiry").text().null())
            .col(ColumnDef::new("facts").blob().not_null())
            .to_owned();
        let key = ["warehouse", "sku", "serial"];
        let serial = columns("serial", key.map(text), &key)
            .col(text("location"))
            .col(text("lot"))
            .col(text("status"))
            .col(text("owner"))
            .to_owned();
        for table in [position, reservation, lot, serial] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

/// A table whose first columns are its key.
pub(super) fn columns<const N: usize>(
    name: &'static str,
    columns: [ColumnDef; N],
    key: &[&'static str],
) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    for column in columns {
        table.col(column);
    }
    let mut index = Index::create();
    for column in key {
        index.col(*column);
    }
    table.primary_key(&mut index).to_owned()
}
