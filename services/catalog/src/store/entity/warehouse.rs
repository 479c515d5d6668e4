//! Warehouses.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warehouse")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) gln: String,
    pub(crate) legal_entity: String,
    pub(crate) time_zone: String,
    pub(crate) currency: String,
    pub(crate) state: String,
    pub(crate) revision: i64,
    pub(crate) record: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
