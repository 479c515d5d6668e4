use proto::stock::v1::{GetPositionRequest, GetPositionResponse, Position};
use rpc::{ApiError, Reason};
use stock_core::{Balance, Holding};
use vocabulary::{Invalid, LotCode, Owner, Quantity, Sku, StockStatus};

use super::as_of::{Asked, View};
use super::page::{self, decimal};
use super::{StockRpc, catalog, goods, weight};

/// An item at a location, over the goods asked for; zero when the warehouse never held them there.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetPositionRequest,
) -> Result<GetPositionResponse, ApiError> {
    catalog::check_read(&service.catalog)?;
    let partition = service.partition(&request.warehouse)?;
    if service.catalog.item(&request.sku).is_none() {
        let message = format!("no item has the SKU {:?}", request.sku.chars().take(80).collect::<String>());
        return Err(ApiError::invalid(Reason::UnknownItem, "sku", message));
    }
    if service.catalog.location(partition.warehouse.as_str(), &request.location).is_none() {
        let message = format!("warehouse {} has no such location", partition.warehouse);
        return Err(ApiError::invalid(Reason::UnknownLocation, "location", message));
    }
    let wanted = Wanted::parse(&request)?;
    let asked = Asked {
        sequence: request.as_of_sequence,
        effective: request.effective_as_of.as_ref(),
        recorded: request.recorded_as_of.as_ref(),
    };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok((wanted.sum(view)?, view.sequence()));
    let (position, sequence) = as_of.look(&partition, look).await?;
    let position = Position {
        warehouse: partition.warehouse.to_string(),
        sku: request.sku,
        location: request.location,
        lot: request.lot,
        status: request.status,
        owner: request.owner,
        ..position
    };
    Ok(GetPositionResponse { position: Some(position), as_of_sequence: sequence.get() })
}

/// Which goods are asked for; what is not given may be anything.
struct Wanted {
    sku: Sku,
    location: String,
    lot: Option<LotCode>,
    status: Option<StockStatus>,
    owner: Option<Owner>,
}

impl Wanted {
    fn parse(request: &GetPositionRequest) -> Result<Self, ApiError> {
        let bad = |field| move |e: Invalid| ApiError::invalid(Reason::BadCode, field, e.to_string());
        let lot = LotCode::parse(&request.lot).map_err(bad("lot"));
        let (status, owner) =
            (goods::status("status", &request.status)?, goods::owner("owner", &request.owner)?);
        Ok(Self {
            sku: Sku::parse(&request.sku).map_err(bad("sku"))?,
            location: request.location.clone(),
            lot: if request.lot.is_empty() { None } else { Some(lot?) },
            status: (!request.status.is_empty()).then_some(status),
            owner: (!request.owner.is_empty()).then_some(owner),
        })
    }

    /// A sum out of range cannot be: all places together add up to what is outside, which is in range.
    fn sum(&self, view: View<'_>) -> Result<Position, ApiError> {
        let (mut balance, mut available) = (Balance::default(), Quantity::ZERO);
        let (mut rows, statuses) =
            (view.positions_at(&self.sku, &self.location)?, view.state.available_statuses());
        rows.retain(|row| self.is(&row.holding));
        for row in &rows {
            balance = page::sum(balance, row.balance);
            available = available.checked_add(row.available(statuses)).unwrap_or(available);
        }
        let (weight, weight_unit) = weight::wire(weight::sum(rows.iter().map(|row| row.weight)));
        Ok(Position {
            weight,
            weight_unit,
            on_hand: decimal(balance.on_hand),
            reserved: view.of_promises(decimal(balance.reserved)),
            available: view.of_promises(decimal(available)),
            ..Position::default()
        })
    }

    fn is(&self, holding: &Holding) -> bool {
        self.lot.as_ref().is_none_or(|lot| holding.lot.as_ref() == Some(lot))
            && self.status.is_none_or(|status| holding.status == status)
            && self.owner.as_ref().is_none_or(|owner| holding.owner == *owner)
    }
}
