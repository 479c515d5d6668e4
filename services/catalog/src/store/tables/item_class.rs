use catalog_core::admit_item_class;
use proto::catalog::v1::{CodingRule, ItemClass};
use rpc::filter::FieldSpec;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::state;
use crate::store::entity::item_class::{ActiveModel, Column, Entity};
use crate::store::table::Table;
use crate::store::{StoreError, head, load};

impl Table for ItemClass {
    type Entity = Entity;
    type Row = ActiveModel;
    type Column = Column;

    const SCOPE: Option<Column> = None;
    const CODE: Column = Column::Code;
    const RECORD: Column = Column::Record;
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::text("code"),
        FieldSpec::text("name"),
        FieldSpec::text("coding_rule"),
        FieldSpec::text("state"),
    ];

    fn column(field: &str) -> Option<Column> {
        match field {
            "code" => Some(Column::Code),
            "name" => Some(Column::Name),
            "coding_rule" => Some(Column::CodingRule),
            "state" => Some(Column::State),
            _ => None,
        }
    }

    fn row(&self, revision: u64) -> ActiveModel {
        ActiveModel {
            code: Set(self.code.clone()),
            name: Set(self.name.clone()),
            coding_rule: Set(self.coding_rule.clone()),
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
        let rules =
            load::by_code::<CodingRule>(tx, new.iter().map(|class| class.coding_rule.as_str())).await?;
        for (class, field) in new.iter().zip(fields) {
            admit_item_class(class, &rules).map_err(|refusal| refusal.within(field))?;
        }
        Ok(())
    }

    async fn admit_update_in_tx(
        tx: &DatabaseTransaction,
        before: &Self,
        after: &Self,
    ) -> Result<(), StoreError> {
        if after.coding_rule == before.coding_rule {
            return Ok(());
        }
        let rules = load::by_code::<CodingRule>(tx, std::iter::once(after.coding_rule.as_str())).await?;
        Ok(admit_item_class(after, &rules)?)
    }
}
