use proto::stock::v1::{
    ListedStock, ReconcileStockRequest, ReconcileStockResponse, ReconciledStock, ReconciliationVerdict,
    ReconcilingMovement,
};
use rpc::{ApiError, Reason, given};
use stock_core::{AsOf, ListVerdict, Listed, Reconciled, State};
use vocabulary::{Invalid, LocationCode, Sequence, Sku, Timestamp};

use super::amount::quantity;
use super::as_of::{Asked, When};
use super::{StockRpc, page};

const ROWS_MAX: usize = 1000;
/// Entries that are named for one row.
const MOVEMENTS_MAX: usize = 100;

/// Compares numbers of another system with what was there.
pub(super) async fn handle(
    service: &StockRpc,
    request: ReconcileStockRequest,
) -> Result<ReconcileStockResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    if request.rows.is_empty() || request.rows.len() > ROWS_MAX {
        let message = format!("{} rows: give 1 to {ROWS_MAX}", request.rows.len());
        let reason = if request.rows.is_empty() { Reason::NoLines } else { Reason::TooManyLines };
        return Err(ApiError::invalid(reason, "rows", message));
    }
    let listed = |(n, row): (usize, &ListedStock)| {
        listed(row).map_err(|error| error.in_field(format_args!("rows[{n}]")))
    };
    let rows: Vec<Listed> = request.rows.iter().enumerate().map(listed).collect::<Result<_, _>>()?;
    let asked = Asked {
        sequence: request.as_of_sequence,
        effective: request.effective_as_of.as_ref(),
        recorded: request.recorded_as_of.as_ref(),
    };
    let When { sequence, effective_at } = asked.when(&partition).await?;
    let latest = Timestamp::from_micros(LAST_MICRO).unwrap_or_default();
    let as_of = AsOf {
        effective_at: effective_at.unwrap_or(latest),
        sequence: sequence.unwrap_or(Sequence::new(u64::MAX)),
    };
    let found = partition.look(move |state| (reconcile(state, &rows, as_of), state.sequence())).await?;
    let (reconciled, newest) = (found.0?, found.1);
    let rows = request.rows.into_iter().zip(reconciled).map(|(listed, found)| row(listed, found));
    Ok(ReconcileStockResponse { rows: rows.collect(), as_of_sequence: newest.get() })
}

/// The end of the year 9999.
const LAST_MICRO: i64 = 253_402_300_799_999_999;

fn reconcile(state: &State, rows: &[Listed], as_of: AsOf) -> Result<Vec<Reconciled>, ApiError> {
    let one = |listed: &Listed| {
        state.reconcile(listed, as_of).map_err(|error| {
            ApiError::new(Reason::QuantityOverflow, error.to_string()).with("sku", &listed.sku)
        })
    };
    rows.iter().map(one).collect()
}

fn listed(row: &ListedStock) -> Result<Listed, ApiError> {
    let bad = |e: Invalid| ApiError::invalid(Reason::BadCode, "sku", e.to_string());
    Ok(Listed {
        sku: Sku::parse(&row.sku).map_err(bad)?,
        location: given("location", &row.location, LocationCode::parse)?,
        quantity: quantity("quantity", row.quantity.as_ref())?,
    })
}

fn row(listed: ListedStock, found: Reconciled) -> ReconciledStock {
    let (verdict, behind_sequence) = match found.verdict {
        ListVerdict::Same => (ReconciliationVerdict::Same, 0),
        ListVerdict::Moved => (ReconciliationVerdict::Moved, 0),
        ListVerdict::Behind(sequence) => (ReconciliationVerdict::Behind, sequence.get()),
        ListVerdict::Unexplained => (ReconciliationVerdict::Unexplained, 0),
    };
    let movement_count = u32::try_from(found.moved.len()).unwrap_or(u32::MAX);
    let moved = found.moved.into_iter().take(MOVEMENTS_MAX);
    let movement = |(sequence, quantity): (Sequence, _)| ReconcilingMovement {
        sequence: sequence.get(),
        quantity: page::decimal(quantity),
    };
    ReconciledStock {
        listed: Some(listed),
        then: page::decimal(found.then),
        now: page::decimal(found.now),
        verdict: verdict.into(),
        behind_sequence,
        movements: moved.map(movement).collect(),
        movement_count,
    }
}
