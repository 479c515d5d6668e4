//! The checkpoint's table of tasks, as SeaORM sees it. Nothing here leaves `store/`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) warehouse: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) worker: String,
    /// The message `Task` of `events/v1`.
    pub(crate) body: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
