use proto::stock::v1::{ListSerialsRequest, ListSerialsResponse, SerialUnit};
use rpc::{ApiError, PageToken, Reason};
use stock_core::State;
use vocabulary::{LotCode, Sequence, SerialNumber};

use super::as_of::{Asked, View};
use super::{StockRpc, catalog, page};

/// The units of an item, by serial number.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListSerialsRequest,
) -> Result<ListSerialsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    catalog::check_item(&service.catalog, &request.sku)?;
    let ListSerialsRequest { warehouse, sku, location, as_of_sequence, page_token, page_size } = request;
    if !location.is_empty() && service.catalog.location(partition.warehouse.as_str(), &location).is_none() {
        let message = format!("warehouse {} has no such location", partition.warehouse);
        return Err(ApiError::invalid(Reason::UnknownLocation, "location", message));
    }
    let size = page::size(page_size)?;
    let scope = format!("serials/{warehouse}/{as_of_sequence}/{sku}/{location}");
    let start = page::start(&page_token, &scope)?;
    let start = start.and_then(|key| SerialNumber::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| {
        let at = Some(location.as_str()).filter(|location| !location.is_empty());
        Ok(select(view.state, (&sku, at), start.as_ref(), size))
    };
    let found = as_of.look(&partition, look).await?;
    let next = found.rows.last().filter(|_| found.has_more);
    Ok(ListSerialsResponse {
        next_page_token: next
            .map_or_else(String::new, |unit| PageToken::encode(&[unit.serial.as_str()], &scope)),
        serials: found.rows,
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<SerialUnit>,
    has_more: bool,
    sequence: Sequence,
}

fn select(state: &State, of: (&str, Option<&str>), start: Option<&SerialNumber>, size: usize) -> Found {
    let units = state.serials_after(of, start, size.saturating_add(1));
    let rows = units.iter().take(size).map(|(serial, location, holding)| SerialUnit {
        serial: serial.to_string(),
        location: location.to_string(),
        lot: holding.lot.as_ref().map_or_else(String::new, LotCode::to_string),
        status: holding.status.to_string(),
        owner: holding.owner.to_string(),
    });
    Found { rows: rows.collect(), has_more: units.len() > size, sequence: state.sequence() }
}
