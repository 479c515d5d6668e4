//! The projection: positions and reservations as of an entry, for SQL, for reports and for a fast start. Written off the
//! commit path; a lost checkpoint costs a longer replay, nothing else.

use database::{Backend, Database};
use laws::NegativeStock;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IsolationLevel, QueryFilter, Set, TransactionTrait,
};
use stock_core::{Balance, PositionRow, Reservation};
use vocabulary::{LocationCode, Quantity, ReservationId, Sequence, Sku, Timestamp, WarehouseCode};

use super::entity::{checkpoint, position, reservation};
use super::journal::chain_hash;
use super::{Checkpoint, CheckpointChange, Head, StoreFault};

/// Rows of one statement.
const ROWS_A_STATEMENT: usize = 500;

/// The checkpoint of one partition.
#[derive(Debug, Clone)]
pub(crate) struct CheckpointStore {
    database: Database,
    warehouse: WarehouseCode,
}

impl CheckpointStore {
    pub(super) fn new(database: Database, warehouse: &WarehouseCode) -> Self {
        Self { database, warehouse: warehouse.clone() }
    }

    /// The newest checkpoint; an empty one when there is none.
    pub(crate) async fn load(&self) -> Result<Checkpoint, StoreFault> {
        // One snapshot: the owner before may still be writing its last checkpoint.
        let isolation =
            (self.database.backend() == Backend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let snapshot = self.database.orm().begin_with_config(isolation, None).await?;
        let found = checkpoint::Entity::find_by_id(self.warehouse.as_str()).one(&snapshot).await?;
        let Some(found) = found else { return Ok(Checkpoint::default()) };
        let positions = position::Entity::find()
            .filter(position::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        let reservations = reservation::Entity::find()
            .filter(reservation::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        Ok(Checkpoint {
            head: Head {
                sequence: Sequence::new(found.sequence.cast_unsigned()),
                hash: chain_hash(&found.hash)?,
                recorded_at: Timestamp::from_micros(found.recorded_at).map_err(damaged)?,
            },
            positions: positions.into_iter().map(position_row).collect::<Result<_, _>>()?,
            reservations: reservations.into_iter().map(reservation_row).collect::<Result<_, _>>()?,
        })
    }

    /// Moves the checkpoint on, in one transaction, from exactly the one that the change builds on. Whoever comes with an
    /// older base (a change before it was lost, or another owner wrote meanwhile) is fenced and changes nothing.
    /// One that is stored already (its answer was lost) changes nothing.
    pub(crate) async fn advance(&self, change: &CheckpointChange) -> Result<(), StoreFault> {
        match self.try_advance(change).await {
            Err(StoreFault::Fenced) if self.is_stored(change.head).await? => Ok(()),
            advanced => advanced,
        }
    }

    async fn try_advance(&self, change: &CheckpointChange) -> Result<(), StoreFault> {
        let transaction = self.database.orm().begin().await?;
        self.move_head_in_tx(&transaction, change).await?;
        for chunk in change.touched.positions.chunks(ROWS_A_STATEMENT) {
            self.put_positions_in_tx(&transaction, chunk).await?;
        }
        for chunk in change.touched.reservations.chunks(ROWS_A_STATEMENT) {
            self.put_reservations_in_tx(&transaction, chunk).await?;
        }
        // Those that were made after the base were never stored.
        let ended = change.touched.ended_reservations.iter().filter(|id| id.sequence <= change.base);
        for chunk in ended.collect::<Vec<_>>().chunks(ROWS_A_STATEMENT) {
            self.end_reservations_in_tx(&transaction, chunk).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Throws the checkpoint away: the next start replays the whole journal.
    pub(crate) async fn discard(&self) -> Result<(), StoreFault> {
        let (transaction, warehouse) = (self.database.orm().begin().await?, self.warehouse.as_str());
        position::Entity::delete_many()
            .filter(position::Column::Warehouse.eq(warehouse))
            .exec(&transaction)
            .await?;
        reservation::Entity::delete_many()
            .filter(reservation::Column::Warehouse.eq(warehouse))
            .exec(&transaction)
            .await?;
        checkpoint::Entity::delete_by_id(warehouse).exec(&transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn move_head_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        change: &CheckpointChange,
    ) -> Result<(), StoreFault> {
        let (sequence, hash) =
            (change.head.sequence.get().cast_signed(), change.head.hash.as_bytes().to_vec());
        let recorded_at = change.head.recorded_at.micros();
        let moved = if change.base == Sequence::START {
            let first = checkpoint::ActiveModel {
                warehouse: Set(self.warehouse.to_string()),
                sequence: Set(sequence),
                hash: Set(hash),
                recorded_at: Set(recorded_at),
            };
            let absent = OnConflict::column(checkpoint::Column::Warehouse).do_nothing().to_owned();
            checkpoint::Entity::insert(first).on_conflict(absent).exec_without_returning(transaction).await?
        } else {
            let update = checkpoint::Entity::update_many()
                .col_expr(checkpoint::Column::Sequence, Expr::value(sequence))
                .col_expr(checkpoint::Column::Hash, Expr::value(hash))
                .col_expr(checkpoint::Column::RecordedAt, Expr::value(recorded_at))
                .filter(checkpoint::Column::Warehouse.eq(self.warehouse.as_str()))
                .filter(checkpoint::Column::Sequence.eq(change.base.get().cast_signed()));
            update.exec(transaction).await?.rows_affected
        };
        if moved == 1 { Ok(()) } else { Err(StoreFault::Fenced) }
    }

    /// Whether exactly this checkpoint is stored.
    async fn is_stored(&self, head: Head) -> Result<bool, StoreFault> {
        let stored = checkpoint::Entity::find_by_id(self.warehouse.as_str()).one(self.database.orm()).await?;
        let is_same = |stored: checkpoint::Model| {
            stored.sequence == head.sequence.get().cast_signed() && stored.hash == head.hash.as_bytes()
        };
        Ok(stored.is_some_and(is_same))
    }

    async fn put_positions_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[PositionRow],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| position::ActiveModel {
            warehouse: Set(self.warehouse.to_string()),
            sku: Set(row.sku.to_string()),
            location: Set(row.location.to_string()),
            on_hand: Set(row.balance.on_hand.to_string()),
            reserved: Set(row.balance.reserved.to_string()),
            negative_allowed: Set(row.negative == NegativeStock::Allowed),
        });
        let replace = OnConflict::columns([
            position::Column::Warehouse,
            position::Column::Sku,
            position::Column::Location,
        ])
        .update_columns([
            position::Column::OnHand,
            position::Column::Reserved,
            position::Column::NegativeAllowed,
        ])
        .to_owned();
        position::Entity::insert_many(models)
            .on_conflict(replace)
            .exec_without_returning(transaction)
            .await?;
        Ok(())
    }

    async fn put_reservations_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[Reservation],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| reservation::ActiveModel {
            warehouse: Set(self.warehouse.to_string()),
            sequence: Set(row.id.sequence.get().cast_signed()),
            line: Set(row.id.line.into()),
            sku: Set(row.sku.to_string()),
            location: Set(row.location.to_string()),
            quantity: Set(row.quantity.to_string()),
        });
        let key = [reservation::Column::Warehouse, reservation::Column::Sequence, reservation::Column::Line];
        let replace = OnConflict::columns(key).update_column(reservation::Column::Quantity).to_owned();
        reservation::Entity::insert_many(models)
            .on_conflict(replace)
            .exec_without_returning(transaction)
            .await?;
        Ok(())
    }

    async fn end_reservations_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        ids: &[&ReservationId],
    ) -> Result<(), StoreFault> {
        let key =
            Expr::tuple([Expr::col(reservation::Column::Sequence), Expr::col(reservation::Column::Line)]);
        let ended = ids.iter().map(|id| (id.sequence.get().cast_signed(), i64::from(id.line)));
        reservation::Entity::delete_many()
            .filter(reservation::Column::Warehouse.eq(self.warehouse.as_str()))
            .filter(sea_orm::sea_query::ExprTrait::in_tuples(key, ended))
            .exec(transaction)
            .await?;
        Ok(())
    }
}

fn position_row(model: position::Model) -> Result<PositionRow, StoreFault> {
    Ok(PositionRow {
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        location: LocationCode::parse(&model.location).map_err(damaged)?,
        balance: Balance {
            on_hand: Quantity::parse(&model.on_hand).map_err(damaged)?,
            reserved: Quantity::parse(&model.reserved).map_err(damaged)?,
        },
        negative: if model.negative_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden },
    })
}

fn reservation_row(model: reservation::Model) -> Result<Reservation, StoreFault> {
    let line = u32::try_from(model.line).map_err(|_| damaged("a reservation's line"))?;
    Ok(Reservation {
        id: ReservationId { sequence: Sequence::new(model.sequence.cast_unsigned()), line },
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        location: LocationCode::parse(&model.location).map_err(damaged)?,
        quantity: Quantity::parse(&model.quantity).map_err(damaged)?,
    })
}

fn damaged(detail: impl ToString) -> StoreFault {
    StoreFault::Damaged { what: "checkpoint", detail: detail.to_string() }
}
