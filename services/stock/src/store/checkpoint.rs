//! The projection: positions and reservations as of an entry, for SQL, for reports and for a fast start. Written off the
//! commit path; a lost checkpoint costs a longer replay, nothing else.

use database::{Backend, Database};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IsolationLevel, QueryFilter, QueryOrder, Set,
    TransactionTrait,
};
use stock_core::{
    Expectation, HistoryRow, LotRow, Reservation, RuleRow, SerialRow, Snapshot, StoredPosition, Touched,
};
use vocabulary::{ReservationId, Sequence, SerialNumber, Sku, Timestamp, WarehouseCode};
use work_core::{Count, Delivery, Order, ProductionOrder, Task};

use super::checkpoint_rows::{self as rows, damaged};
use super::entity::{checkpoint, lot, position, position_history, reservation, reversed, serial, stock_rule};
use super::journal::chain_hash;
use super::{Checkpoint, CheckpointChange, Head, StoreFault};
use super::{documents, handling_units};
use super::{promise, rule};

/// Rows of one statement.
const ROWS_A_STATEMENT: usize = 500;
/// Rows of movements of one statement: each may have tens of kilobytes.
const HISTORIES_A_STATEMENT: usize = 50;

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
        let lots = lot::Entity::find()
            .filter(lot::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        let serials = serial::Entity::find()
            .filter(serial::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        let rules = stock_rule::Entity::find()
            .filter(stock_rule::Column::Warehouse.eq(self.warehouse.as_str()))
            .order_by_asc(stock_rule::Column::Number)
            .all(&snapshot)
            .await?;
        let histories = position_history::Entity::find()
            .filter(position_history::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        let reversed = reversed::Entity::find()
            .filter(reversed::Column::Warehouse.eq(self.warehouse.as_str()))
            .all(&snapshot)
            .await?;
        let locked_until = found.locked_until.map(Timestamp::from_micros).transpose().map_err(damaged)?;
        Ok(Checkpoint {
            head: Head {
                sequence: Sequence::new(found.sequence.cast_unsigned()),
                hash: chain_hash(&found.hash)?,
                recorded_at: Timestamp::from_micros(found.recorded_at).map_err(damaged)?,
            },
            snapshot: Snapshot {
                positions: positions.into_iter().map(rows::position).collect::<Result<_, _>>()?,
                reservations: reservations.into_iter().map(promise::reservation).collect::<Result<_, _>>()?,
                lots: lots.into_iter().map(rows::lot).collect::<Result<_, _>>()?,
                serials: serials.into_iter().map(rows::serial).collect::<Result<_, _>>()?,
                rules: rules.into_iter().map(rule::rule).collect::<Result<_, _>>()?,
                histories: histories.into_iter().map(rows::history).collect::<Result<_, _>>()?,
                reversed: reversed.into_iter().map(rows::reversed).collect::<Result<_, _>>()?,
                locked_until,
                handling_units: handling_units::load(&snapshot, &self.warehouse).await?,
                expectations: documents::load(&snapshot, &self.warehouse).await?,
                deliveries: documents::load(&snapshot, &self.warehouse).await?,
                counts: documents::load(&snapshot, &self.warehouse).await?,
                orders: documents::load(&snapshot, &self.warehouse).await?,
                tasks: documents::load(&snapshot, &self.warehouse).await?,
                production_orders: documents::load(&snapshot, &self.warehouse).await?,
            },
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
        if change.base == Sequence::START {
            // Somebody may have thrown away the head of one that was there, and left the rest.
            self.clear_in_tx(&transaction).await?;
        }
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
        for chunk in change.touched.lots.chunks(ROWS_A_STATEMENT) {
            self.put_lots_in_tx(&transaction, chunk).await?;
        }
        for chunk in change.touched.serials.chunks(ROWS_A_STATEMENT) {
            self.put_serials_in_tx(&transaction, chunk).await?;
        }
        for chunk in change.touched.gone_serials.chunks(ROWS_A_STATEMENT) {
            self.end_serials_in_tx(&transaction, chunk).await?;
        }
        for chunk in change.touched.histories.chunks(HISTORIES_A_STATEMENT) {
            self.put_histories_in_tx(&transaction, chunk).await?;
        }
        for chunk in change.touched.reversed.chunks(ROWS_A_STATEMENT) {
            let models = chunk.iter().map(|row| rows::reversed_model(&self.warehouse, row));
            reversed::Entity::insert_many(models).exec_without_returning(&transaction).await?;
        }
        if let Some(rules) = &change.touched.rules {
            self.put_rules_in_tx(&transaction, rules).await?;
        }
        handling_units::put_in_tx(&transaction, &self.warehouse, &change.touched.handling_units).await?;
        let Touched { expectations, deliveries, counts, orders, tasks, production_orders, .. } =
            &change.touched;
        let expected = (expectations.open.as_slice(), expectations.closed.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, expected).await?;
        let deliveries = (deliveries.known.as_slice(), deliveries.forgotten.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, deliveries).await?;
        let counts = (counts.known.as_slice(), counts.forgotten.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, counts).await?;
        let orders = (orders.known.as_slice(), orders.forgotten.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, orders).await?;
        let tasks = (tasks.known.as_slice(), tasks.forgotten.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, tasks).await?;
        let made = (production_orders.known.as_slice(), production_orders.forgotten.as_slice());
        documents::put_in_tx(&transaction, &self.warehouse, made).await?;
        Ok(transaction.commit().await?)
    }

    /// Throws the checkpoint away: the next start replays the whole journal.
    pub(crate) async fn discard(&self) -> Result<(), StoreFault> {
        let transaction = self.database.orm().begin().await?;
        self.clear_in_tx(&transaction).await?;
        checkpoint::Entity::delete_by_id(self.warehouse.as_str()).exec(&transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Everything but the head.
    async fn clear_in_tx(&self, transaction: &DatabaseTransaction) -> Result<(), StoreFault> {
        let warehouse = self.warehouse.as_str();
        position::Entity::delete_many()
            .filter(position::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        reservation::Entity::delete_many()
            .filter(reservation::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        lot::Entity::delete_many().filter(lot::Column::Warehouse.eq(warehouse)).exec(transaction).await?;
        serial::Entity::delete_many()
            .filter(serial::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        position_history::Entity::delete_many()
            .filter(position_history::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        reversed::Entity::delete_many()
            .filter(reversed::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        stock_rule::Entity::delete_many()
            .filter(stock_rule::Column::Warehouse.eq(warehouse))
            .exec(transaction)
            .await?;
        handling_units::discard_in_tx(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<Expectation>(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<Delivery>(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<Count>(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<Order>(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<Task>(transaction, &self.warehouse).await?;
        documents::discard_in_tx::<ProductionOrder>(transaction, &self.warehouse).await
    }

    async fn move_head_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        change: &CheckpointChange,
    ) -> Result<(), StoreFault> {
        let (sequence, hash) =
            (change.head.sequence.get().cast_signed(), change.head.hash.as_bytes().to_vec());
        let recorded_at = change.head.recorded_at.micros();
        let locked_until = change.touched.locked_until.map(Timestamp::micros);
        let moved = if change.base == Sequence::START {
            let first = checkpoint::ActiveModel {
                warehouse: Set(self.warehouse.to_string()),
                sequence: Set(sequence),
                hash: Set(hash),
                recorded_at: Set(recorded_at),
                locked_until: Set(locked_until),
            };
            let absent = OnConflict::column(checkpoint::Column::Warehouse).do_nothing().to_owned();
            checkpoint::Entity::insert(first).on_conflict(absent).exec_without_returning(transaction).await?
        } else {
            let moved_lock = locked_until.map(|until| (checkpoint::Column::LockedUntil, Expr::value(until)));
            let update = moved_lock
                .into_iter()
                .fold(checkpoint::Entity::update_many(), |update, (column, value)| {
                    update.col_expr(column, value)
                })
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
        rows: &[StoredPosition],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| rows::position_model(&self.warehouse, row));
        let replace = OnConflict::columns([
            position::Column::Warehouse,
            position::Column::Sku,
            position::Column::Location,
            position::Column::Lot,
            position::Column::Status,
            position::Column::Owner,
        ])
        .update_columns([
            position::Column::OnHand,
            position::Column::Reserved,
            position::Column::NegativeAllowed,
            position::Column::Recent,
            position::Column::Weight,
            position::Column::WeightUnit,
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
        let models = rows.iter().map(|row| promise::reservation_model(&self.warehouse, row));
        let key = [reservation::Column::Warehouse, reservation::Column::Sequence, reservation::Column::Line];
        let changing = [
            reservation::Column::Location,
            reservation::Column::Quantity,
            reservation::Column::Lots,
            reservation::Column::Parts,
        ];
        let replace = OnConflict::columns(key).update_columns(changing).to_owned();
        reservation::Entity::insert_many(models)
            .on_conflict(replace)
            .exec_without_returning(transaction)
            .await?;
        Ok(())
    }

    /// A lot never changes once it is recorded.
    async fn put_lots_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[LotRow],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| rows::lot_model(&self.warehouse, row));
        lot::Entity::insert_many(models).exec_without_returning(transaction).await?;
        Ok(())
    }

    /// Movements that are closed never change.
    async fn put_histories_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[HistoryRow],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| rows::history_model(&self.warehouse, row));
        position_history::Entity::insert_many(models).exec_without_returning(transaction).await?;
        Ok(())
    }

    async fn put_serials_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[SerialRow],
    ) -> Result<(), StoreFault> {
        let models = rows.iter().map(|row| rows::serial_model(&self.warehouse, row));
        let key = [serial::Column::Warehouse, serial::Column::Sku, serial::Column::Serial];
        let place =
            [serial::Column::Location, serial::Column::Lot, serial::Column::Status, serial::Column::Owner];
        let replace = OnConflict::columns(key).update_columns(place).to_owned();
        serial::Entity::insert_many(models).on_conflict(replace).exec_without_returning(transaction).await?;
        Ok(())
    }

    /// All of them: they are few.
    async fn put_rules_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        rows: &[RuleRow],
    ) -> Result<(), StoreFault> {
        let of_warehouse = stock_rule::Column::Warehouse.eq(self.warehouse.as_str());
        stock_rule::Entity::delete_many().filter(of_warehouse).exec(transaction).await?;
        for chunk in rule::models(&self.warehouse, rows).chunks(ROWS_A_STATEMENT) {
            let insert = stock_rule::Entity::insert_many(chunk.to_vec());
            insert.exec_without_returning(transaction).await?;
        }
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

    /// Units that have left.
    async fn end_serials_in_tx(
        &self,
        transaction: &DatabaseTransaction,
        gone: &[(Sku, SerialNumber)],
    ) -> Result<(), StoreFault> {
        let key = Expr::tuple([Expr::col(serial::Column::Sku), Expr::col(serial::Column::Serial)]);
        let gone = gone.iter().map(|(sku, number)| (sku.to_string(), number.to_string()));
        serial::Entity::delete_many()
            .filter(serial::Column::Warehouse.eq(self.warehouse.as_str()))
            .filter(sea_orm::sea_query::ExprTrait::in_tuples(key, gone))
            .exec(transaction)
            .await?;
        Ok(())
    }
}
