use std::collections::{BTreeMap, BTreeSet};

use catalog_core::{Node, Tree, admit_location_update, admit_locations, is_virtual_kind};
use proto::catalog::v1::{LifecycleState, Location, LocationKind, Warehouse};
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::{short, state};
use crate::store::entity::location::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, head, load};

impl Table for Location {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = Some(Column::Warehouse);
    const CODE: Column = Column::Code;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::text("warehouse"),
        FieldSpec::text("code"),
        FieldSpec::text("parent"),
        FieldSpec::text("kind"),
        FieldSpec::text("name"),
        FieldSpec::text("state"),
    ];

    fn column(field: &str) -> Option<Column> {
        match field {
            "warehouse" => Some(Column::Warehouse),
            "code" => Some(Column::Code),
            "parent" => Some(Column::Parent),
            "kind" => Some(Column::Kind),
            "name" => Some(Column::Name),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            warehouse: Set(self.warehouse.clone()),
            code: Set(self.code.clone()),
            parent: Set(self.parent.clone()),
            kind: Set(short(self.kind().as_str_name(), "LOCATION_KIND_")),
            name: Set(self.name.clone()),
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
        let warehouses =
            load::by_code::<Warehouse>(tx, new.iter().map(|location| location.warehouse.as_str())).await?;
        let with_parent = new.iter().filter(|location| !location.parent.is_empty());
        let trees =
            trees_in_tx(tx, with_parent.map(|location| location.warehouse.as_str()).collect()).await?;
        Ok(admit_locations(new, fields, &warehouses, trees)?)
    }

    async fn admit_update_in_tx(
        tx: &DatabaseTransaction,
        before: &Self,
        after: &Self,
    ) -> Result<(), StoreError> {
        if after.parent == before.parent {
            return Ok(());
        }
        let mut trees = trees_in_tx(tx, BTreeSet::from([after.warehouse.as_str()])).await?;
        Ok(admit_location_update(after, trees.remove(&after.warehouse).unwrap_or_default())?)
    }
}

/// The trees of these warehouses, as they are.
async fn trees_in_tx(
    tx: &DatabaseTransaction,
    warehouses: BTreeSet<&str>,
) -> Result<BTreeMap<String, Tree>, StoreError> {
    let mut trees: BTreeMap<String, Tree> = BTreeMap::new();
    if warehouses.is_empty() {
        return Ok(trees);
    }
    let query = Entity::find().filter(Column::Warehouse.is_in(warehouses)).select_only();
    let query = query.columns([Column::Warehouse, Column::Code, Column::Parent, Column::Kind, Column::State]);
    let rows: Vec<(String, String, String, String, String)> = query.into_tuple().all(tx).await?;
    for (warehouse, code, parent, kind, row_state) in rows {
        let kind = LocationKind::from_str_name(&format!("LOCATION_KIND_{kind}")).unwrap_or_default();
        let active = row_state == state(LifecycleState::Active);
        let node = Node { parent, active, is_virtual: is_virtual_kind(kind) };
        trees.entry(warehouse).or_default().put(code, node);
    }
    Ok(trees)
}
