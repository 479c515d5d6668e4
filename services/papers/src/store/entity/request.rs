//! Which paper a request was answered with.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "request")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) request_id: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) legal_entity: String,
    pub(crate) kind: String,
    pub(crate) year: i64,
    pub(crate) place: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
