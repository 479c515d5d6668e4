//! Bills of material, a row a version.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bom")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sku: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) valid_from: String,
    pub(crate) valid_until: String,
    pub(crate) state: String,
    pub(crate) revision: i64,
    pub(crate) record: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
