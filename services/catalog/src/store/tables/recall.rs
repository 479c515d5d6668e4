use catalog_core::admit_recalls;
use proto::catalog::v1::{Item, Recall};
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::short;
use crate::store::entity::recall::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, head, load};

impl Table for Recall {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = Some(Column::Sku);
    const CODE: Column = Column::Lot;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] =
        &[FieldSpec::text("sku"), FieldSpec::text("lot"), FieldSpec::text("state")];

    fn column(field: &str) -> Option<Column> {
        match field {
            "sku" => Some(Column::Sku),
            "lot" => Some(Column::Lot),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            sku: Set(self.sku.clone()),
            lot: Set(self.lot.clone()),
            state: Set(short(self.state().as_str_name(), "RECALL_STATE_")),
            revision: Set(head::to_column(revision)),
            record: Set(prost::Message::encode_to_vec(self)),
        }
    }

    async fn admit_new_in_tx(
        tx: &DatabaseTransaction,
        new: &[Self],
        fields: &[String],
    ) -> Result<(), StoreError> {
        let items = load::by_code::<Item>(tx, new.iter().map(|recall| recall.sku.as_str())).await?;
        Ok(admit_recalls(new, fields, &items)?)
    }

    async fn admit_update_in_tx(
        _tx: &DatabaseTransaction,
        _before: &Self,
        _after: &Self,
    ) -> Result<(), StoreError> {
        Ok(())
    }
}
