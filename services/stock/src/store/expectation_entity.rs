//! The checkpoint's table of what is expected, as SeaORM sees it. Nothing here leaves `store/`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expectation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) warehouse: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) sku: String,
    pub(crate) day: String,
    pub(crate) expected: String,
    pub(crate) met: String,
    pub(crate) open: String,
    pub(crate) partner: String,
    pub(crate) channel: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
