//! Items.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) item_class: String,
    pub(crate) base_unit: String,
    pub(crate) tracking: String,
    pub(crate) negative_stock_policy: String,
    pub(crate) state: String,
    pub(crate) revision: i64,
    pub(crate) record: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
