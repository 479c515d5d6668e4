use catalog_core::virtual_locations;
use proto::catalog::v1::{Location, Warehouse};
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::state;
use crate::store::entity::warehouse::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, head};

impl Table for Warehouse {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = None;
    const CODE: Column = Column::Code;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::text("code"),
        FieldSpec::text("name"),
        FieldSpec::text("gln"),
        FieldSpec::text("legal_entity"),
        FieldSpec::text("time_zone"),
        FieldSpec::text("currency"),
        FieldSpec::text("state"),
    ];

    fn column(field: &str) -> Option<Column> {
        match field {
            "code" => Some(Column::Code),
            "name" => Some(Column::Name),
            "gln" => Some(Column::Gln),
            "legal_entity" => Some(Column::LegalEntity),
            "time_zone" => Some(Column::TimeZone),
            "currency" => Some(Column::Currency),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            code: Set(self.code.clone()),
            name: Set(self.name.clone()),
            gln: Set(self.gln.clone()),
            legal_entity: Set(self.legal_entity.clone()),
            time_zone: Set(self.time_zone.clone()),
            currency: Set(self.currency.clone()),
            state: Set(state(self.state())),
            revision: Set(head::to_column(revision)),
            record: Set(prost::Message::encode_to_vec(self)),
        }
    }

    fn companions(&self) -> Vec<Location> {
        virtual_locations(&self.code)
    }

    async fn admit_new_in_tx(
        _tx: &DatabaseTransaction,
        _new: &[Self],
        _fields: &[String],
    ) -> Result<(), StoreError> {
        Ok(())
    }

    async fn admit_update_in_tx(
        _tx: &DatabaseTransaction,
        _before: &Self,
        _after: &Self,
    ) -> Result<(), StoreError> {
        Ok(())
    }
}
