//! The part of the checkpoint that is about tasks: a few columns for SQL, and the whole as a message.

use prost::Message;
use proto::events::v1 as wire;
use sea_orm::Set;
use sea_orm_migration::prelude::*;
use vocabulary::WarehouseCode;
use work_core::Task;
use work_core::wire::{task_of, task_to};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::documents::Row;
use super::task_entity::{ActiveModel, Column, Entity, Model};
use super::tracking::columns;

/// The table of tasks. It starts empty, as it should: no journal before it knows of any.
pub(super) struct AddTasks;

impl MigrationName for AddTasks {
    fn name(&self) -> &'static str {
        "m0017_tasks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddTasks {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &str| ColumnDef::new(name.to_owned()).text().not_null().to_owned();
        let mut table = columns("task", ["warehouse", "code"].map(text), &["warehouse", "code"]);
        for column in ["kind", "state", "worker"] {
            table.col(text(column));
        }
        table.col(ColumnDef::new("body").blob().not_null().to_owned());
        manager.create_table(table).await
    }
}

impl Row for Task {
    type Entity = Entity;
    type Written = ActiveModel;

    const ROWS_A_STATEMENT: usize = 500;
    const KEY: [Column; 2] = [Column::Warehouse, Column::Code];

    fn written(&self, warehouse: &WarehouseCode) -> ActiveModel {
        ActiveModel {
            warehouse: Set(warehouse.to_string()),
            code: Set(self.plan.code.to_string()),
            kind: Set(self.plan.purpose.kind.as_str().to_owned()),
            state: Set(self.state.as_str().to_owned()),
            worker: Set(self.worker.as_ref().map(ToString::to_string).unwrap_or_default()),
            body: Set(task_to(self).encode_to_vec()),
        }
    }

    fn read(model: Model) -> Result<Self, StoreFault> {
        let message = wire::Task::decode(&*model.body).map_err(damaged)?;
        task_of(&message).map_err(damaged)
    }
}
