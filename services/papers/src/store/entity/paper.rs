//! Papers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) legal_entity: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) year: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: i64,
    pub(crate) warehouse: String,
    pub(crate) about: String,
    pub(crate) subject: String,
    pub(crate) language: String,
    pub(crate) issue_date: String,
    pub(crate) issued_at: i64,
    pub(crate) corrects_year: Option<i64>,
    pub(crate) corrects_place: Option<i64>,
    pub(crate) digest: Vec<u8>,
    pub(crate) content: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
