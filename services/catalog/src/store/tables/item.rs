use std::collections::BTreeMap;

use catalog_core::{ItemContext, admit_items, admit_items_update, packaging_gtins};
use proto::catalog::v1::{CodingRule, Item, ItemClass};
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{short, state};
use crate::store::entity::item::{ActiveModel, Column, Entity};
use crate::store::entity::item_gtin;
use crate::store::table::{self, Table};
use crate::store::{StoreError, head, load};

impl Table for Item {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = None;
    const CODE: Column = Column::Sku;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::text("sku"),
        FieldSpec::text("name"),
        FieldSpec::text("item_class"),
        FieldSpec::text("base_unit"),
        FieldSpec::text("tracking"),
        FieldSpec::text("negative_stock_policy"),
        FieldSpec::text("state"),
    ];

    fn column(field: &str) -> Option<Column> {
        match field {
            "sku" => Some(Column::Sku),
            "name" => Some(Column::Name),
            "item_class" => Some(Column::ItemClass),
            "base_unit" => Some(Column::BaseUnit),
            "tracking" => Some(Column::Tracking),
            "negative_stock_policy" => Some(Column::NegativeStockPolicy),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            sku: Set(self.sku.clone()),
            name: Set(self.name.clone()),
            item_class: Set(self.item_class.clone()),
            base_unit: Set(self.base_unit.clone()),
            tracking: Set(short(self.tracking().as_str_name(), "TRACKING_")),
            negative_stock_policy: Set(short(
                self.negative_stock_policy().as_str_name(),
                "NEGATIVE_STOCK_POLICY_",
            )),
            state: Set(state(self.state())),
            revision: Set(head::to_column(revision)),
            record: Set(prost::Message::encode_to_vec(self)),
        }
    }

    async fn admit_new_in_tx(
        tx: &DatabaseTransaction,
        new: &[Self],
        fields: &[String],
    ) -> Result<(), StoreError> {
        let context = context_in_tx(tx, new).await?;
        Ok(admit_items(new, fields, &context)?)
    }

    async fn admit_update_in_tx(
        tx: &DatabaseTransaction,
        before: &Self,
        after: &Self,
    ) -> Result<(), StoreError> {
        let context = context_in_tx(tx, std::slice::from_ref(after)).await?;
        Ok(admit_items_update(before, after, &context)?)
    }

    async fn index_new_in_tx(tx: &DatabaseTransaction, new: &[Self]) -> Result<(), StoreError> {
        let rows = new.iter().flat_map(gtin_rows).collect();
        table::insert_in_tx::<item_gtin::Entity>(tx, rows).await
    }

    async fn index_update_in_tx(tx: &DatabaseTransaction, after: &Self) -> Result<(), StoreError> {
        item_gtin::Entity::delete_many()
            .filter(item_gtin::Column::Sku.eq(after.sku.as_str()))
            .exec(tx)
            .await?;
        table::insert_in_tx::<item_gtin::Entity>(tx, gtin_rows(after).collect()).await
    }
}

fn gtin_rows(item: &Item) -> impl Iterator<Item = item_gtin::ActiveModel> {
    packaging_gtins(item)
        .map(|gtin| item_gtin::ActiveModel { gtin: Set(gtin.into()), sku: Set(item.sku.clone()) })
}

async fn context_in_tx(tx: &DatabaseTransaction, items: &[Item]) -> Result<ItemContext, StoreError> {
    let classes = load::by_code::<ItemClass>(tx, items.iter().map(|item| item.item_class.as_str())).await?;
    let rules =
        load::by_code::<CodingRule>(tx, classes.values().map(|class| class.coding_rule.as_str())).await?;
    Ok(ItemContext { classes, rules, gtin_owners: gtin_owners_in_tx(tx, items).await? })
}

async fn gtin_owners_in_tx(
    tx: &DatabaseTransaction,
    items: &[Item],
) -> Result<BTreeMap<String, String>, StoreError> {
    let gtins: Vec<&str> = items.iter().flat_map(packaging_gtins).collect();
    let mut owners = BTreeMap::new();
    // 1,000 items have at most 20,000 GTINs, which is below every limit on parameters.
    if !gtins.is_empty() {
        let rows = item_gtin::Entity::find().filter(item_gtin::Column::Gtin.is_in(gtins)).all(tx).await?;
        owners.extend(rows.into_iter().map(|row| (row.gtin, row.sku)));
    }
    Ok(owners)
}
