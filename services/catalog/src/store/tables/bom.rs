use catalog_core::{admit_bom, admit_bom_update};
use proto::catalog::v1::Bom;
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::{short, state};
use crate::store::entity::bom::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, bills, head};

impl Table for Bom {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = Some(Column::Sku);
    const CODE: Column = Column::Version;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::text("sku"),
        FieldSpec::text("version"),
        FieldSpec::text("kind"),
        FieldSpec::text("state"),
    ];

    fn column(field: &str) -> Option<Column> {
        match field {
            "sku" => Some(Column::Sku),
            "version" => Some(Column::Version),
            "kind" => Some(Column::Kind),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            sku: Set(self.sku.clone()),
            version: Set(self.version.clone()),
            kind: Set(short(self.kind().as_str_name(), "BOM_KIND_")),
            valid_from: Set(self.valid_from.clone()),
            valid_until: Set(self.valid_until.clone()),
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
        for (bom, field) in new.iter().zip(fields) {
            let bills = bills::around_in_tx(tx, bom).await.map_err(|error| error.within(field))?;
            admit_bom(bom, &bills).map_err(|refusal| refusal.within(field))?;
        }
        Ok(())
    }

    async fn admit_update_in_tx(
        tx: &DatabaseTransaction,
        _before: &Self,
        after: &Self,
    ) -> Result<(), StoreError> {
        let versions = bills::versions_in_tx(tx, &after.sku).await?;
        Ok(admit_bom_update(after, &versions)?)
    }
}
