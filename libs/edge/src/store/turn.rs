use edge_core::{Change, Device, Grant, Ledger, Number, Operation, OperationState, Timing};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use vocabulary::RequestId;

use super::entity::{device, escrow, operation};
use super::rows::{self, StateColumns, number_of};
use crate::EdgeFault;

/// States of a grant that is no more.
const ENDED: [&str; 3] = ["refused", "handed_back", "gone"];

/// A turn to write: nothing changes beside it, and without [`Turn::end`] it leaves nothing behind.
pub(crate) struct Turn {
    transaction: DatabaseTransaction,
}

impl Turn {
    pub(super) const fn new(transaction: DatabaseTransaction) -> Self {
        Self { transaction }
    }

    /// What decisions are made from.
    pub(crate) async fn ledger(&self) -> Result<Ledger, EdgeFault> {
        let open = escrow::Entity::find()
            .filter(escrow::Column::State.is_not_in(ENDED))
            .all(&self.transaction)
            .await?;
        let grants: Vec<Grant> = open.into_iter().map(rows::grant).collect::<Result<_, _>>()?;
        let newest: Option<i64> = operation::Entity::find()
            .select_only()
            .column(operation::Column::Number)
            .order_by_desc(operation::Column::Number)
            .into_tuple()
            .one(&self.transaction)
            .await?;
        let waiting = operation::Entity::find()
            .filter(operation::Column::State.eq("waiting"))
            .count(&self.transaction)
            .await?;
        let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
        let renewals: Vec<(Option<i64>, i64)> = operation::Entity::find()
            .select_only()
            .columns([operation::Column::Escrow, operation::Column::Number])
            .filter(operation::Column::State.eq("waiting"))
            .filter(operation::Column::Kind.eq("renew"))
            .into_tuple()
            .all(&self.transaction)
            .await?;
        let renewals = renewals.into_iter().filter_map(|(grant, renewal)| Some((grant?, renewal)));
        let renewals = renewals.map(|(grant, renewal)| (rows::number(grant), rows::number(renewal)));
        let ledger = Ledger::new(grants, newest.map(rows::number).unwrap_or_default(), waiting);
        Ok(ledger.with_renewals(renewals))
    }

    pub(crate) async fn operation(&self, number: Number) -> Result<Option<Operation>, EdgeFault> {
        let found = operation::Entity::find_by_id(number_of(number)).one(&self.transaction).await?;
        found.map(rows::operation).transpose()
    }

    pub(crate) async fn find(&self, request_id: RequestId) -> Result<Option<Operation>, EdgeFault> {
        let found = operation::Entity::find()
            .filter(operation::Column::RequestId.eq(request_id.uuid()))
            .one(&self.transaction)
            .await?;
        found.map(rows::operation).transpose()
    }

    /// A grant, also one that has ended.
    pub(crate) async fn grant(&self, number: Number) -> Result<Option<Grant>, EdgeFault> {
        let found = escrow::Entity::find_by_id(number_of(number)).one(&self.transaction).await?;
        found.map(rows::grant).transpose()
    }

    /// Whether an operation waits that is about this grant.
    pub(crate) async fn is_awaited(&self, grant: Number) -> Result<bool, EdgeFault> {
        let waiting = operation::Entity::find()
            .filter(operation::Column::State.eq("waiting"))
            .filter(operation::Column::Escrow.eq(number_of(grant)))
            .count(&self.transaction)
            .await?;
        Ok(waiting > 0)
    }

    pub(crate) async fn found(&self, device: &Device) -> Result<(), EdgeFault> {
        let (code, warehouse) = (device.code.to_string(), device.warehouse.to_string());
        let row = device::Model { id: 1, code, warehouse }.into_active_model();
        device::Entity::insert(row).exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    pub(crate) async fn store(&self, changes: &[Change]) -> Result<(), EdgeFault> {
        for change in changes {
            match change {
                Change::Recorded(operation) => self.record(operation).await?,
                Change::Granted(grant) => self.put(grant).await?,
                Change::Answered(number, state) => self.answer(*number, state).await?,
                Change::Retimed(number, timing) => self.retime(*number, *timing).await?,
            }
        }
        Ok(())
    }

    /// Durable when it returns.
    pub(crate) async fn end(self) -> Result<(), EdgeFault> {
        Ok(self.transaction.commit().await?)
    }

    async fn record(&self, operation: &Operation) -> Result<(), EdgeFault> {
        let row = rows::operation_row(operation).into_active_model();
        operation::Entity::insert(row).exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    async fn put(&self, grant: &Grant) -> Result<(), EdgeFault> {
        let changing = [
            escrow::Column::Quantity,
            escrow::Column::Taken,
            escrow::Column::ExpiresAt,
            escrow::Column::State,
            escrow::Column::Reservation,
        ];
        let replaced = OnConflict::column(escrow::Column::Number).update_columns(changing).to_owned();
        let row = rows::escrow_row(grant).into_active_model();
        escrow::Entity::insert(row).on_conflict(replaced).exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    async fn answer(&self, number: Number, state: &OperationState) -> Result<(), EdgeFault> {
        let StateColumns { state, sequence, reason, message, note } = rows::state_columns(state);
        let change = operation::ActiveModel {
            number: ActiveValue::Unchanged(number_of(number)),
            state: ActiveValue::Set(state),
            sequence: ActiveValue::Set(sequence),
            reason: ActiveValue::Set(reason),
            message: ActiveValue::Set(message),
            note: ActiveValue::Set(note),
            ..Default::default()
        };
        operation::Entity::update(change).exec(&self.transaction).await?;
        Ok(())
    }

    async fn retime(&self, number: Number, timing: Timing) -> Result<(), EdgeFault> {
        let change = operation::ActiveModel {
            number: ActiveValue::Unchanged(number_of(number)),
            timing: ActiveValue::Set(rows::timing_name(timing).to_owned()),
            ..Default::default()
        };
        operation::Entity::update(change).exec(&self.transaction).await?;
        Ok(())
    }
}
