//! The relay's place in the change table.

use database::Backend;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    TransactionTrait,
};

use super::entity::relay_cursor;
use super::{ChangeRow, Store, StoreError, changes, head};

/// The right to publish what comes after the cursor, until this is dropped.
///
/// Two relays that publish at once could leave an older record behind a newer one of the same key, and compaction would keep the
/// older. On PostgreSQL, where several processes may serve the catalog, a turn therefore holds the lock of the cursor's row. A
/// SQLite file has one process.
#[derive(Debug)]
pub(crate) struct RelayTurn {
    store: Store,
    topic: &'static str,
    lock: Option<DatabaseTransaction>,
    cursor: u64,
}

impl Store {
    /// The relay's turn; `None` while another process has it.
    pub(crate) async fn relay_turn(&self, topic: &'static str) -> Result<Option<RelayTurn>, StoreError> {
        let lock = match self.database.backend() {
            Backend::Sqlite => None,
            Backend::Postgres => Some(self.database.orm().begin().await?),
        };
        let cursor = match &lock {
            None => read(self.database.orm(), topic).await?,
            Some(tx) => read(tx, topic).await?,
        };
        Ok(cursor.map(|cursor| RelayTurn { store: self.clone(), topic, lock, cursor }))
    }
}

impl RelayTurn {
    /// Everything up to this revision is in the topic.
    pub(crate) fn cursor(&self) -> u64 {
        self.cursor
    }

    /// The next changes, in order.
    pub(crate) async fn changes(&self, rows_max: u64) -> Result<Vec<ChangeRow>, StoreError> {
        match &self.lock {
            Some(tx) => changes::after(tx, self.cursor, rows_max).await,
            None => changes::after(self.store.database.orm(), self.cursor, rows_max).await,
        }
    }

    /// Notes that everything up to `revision` is in the topic, and ends the turn.
    pub(crate) async fn advance(self, revision: u64) -> Result<(), StoreError> {
        match self.lock {
            Some(tx) => {
                write(&tx, self.topic, revision).await?;
                tx.commit().await?;
            }
            None => {
                let _turn = self.store.writer.lock().await;
                write(self.store.database.orm(), self.topic, revision).await?;
            }
        }
        Ok(())
    }
}

async fn read(connection: &impl ConnectionTrait, topic: &str) -> Result<Option<u64>, StoreError> {
    let query = relay_cursor::Entity::find_by_id(topic.to_owned());
    let row = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(connection).await?;
    row.map(|row| u64::try_from(row.revision).map_err(|_| StoreError::Damaged("cursor"))).transpose()
}

async fn write(connection: &impl ConnectionTrait, topic: &str, revision: u64) -> Result<(), StoreError> {
    let update = relay_cursor::Entity::update_many()
        .col_expr(relay_cursor::Column::Revision, Expr::value(head::to_column(revision)))
        .filter(relay_cursor::Column::Topic.eq(topic));
    update.exec(connection).await?;
    Ok(())
}
