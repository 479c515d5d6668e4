use proto::catalog::v1::CodingRule;
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::state;
use crate::store::entity::coding_rule::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, head};

impl Table for CodingRule {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = None;
    const CODE: Column = Column::Code;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[FieldSpec::text("code"), FieldSpec::text("state")];

    fn column(field: &str) -> Option<Column> {
        match field {
            "code" => Some(Column::Code),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            code: Set(self.code.clone()),
            state: Set(state(self.state())),
            revision: Set(head::to_column(revision)),
            record: Set(prost::Message::encode_to_vec(self)),
        }
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
