use proto::stock::v1::{CountSheetGoods, CountSheetPlace, GetCountSheetRequest, GetCountSheetResponse};
use rpc::ApiError;
use stock_core::{PositionRow, State};
use vocabulary::{DocumentCode, PartyCode};
use work_core::wire::count_place_to;
use work_core::{Count, CountPlace, CountSheets};

use super::as_of::{Asked, View};
use super::get_count::{code, not_found};
use super::{StockRpc, page};

/// Goods of one place.
const GOODS_MAX: usize = 1000;

/// What is still to be counted, and what should be there if the sheets say so.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetCountSheetRequest,
) -> Result<GetCountSheetResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let code = code(&request.count)?;
    let asked = Asked { sequence: 0, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    as_of.look(&partition, move |view: View<'_>| Ok(sheet(view.state, &code))).await?
}

fn sheet(state: &State, code: &DocumentCode) -> Result<GetCountSheetResponse, ApiError> {
    let count = state.count_of(code).ok_or_else(|| not_found(code))?;
    let is_wanted = |place: &&CountPlace| count.state.is_open() && count.is_to_count(place);
    let places = count.plan.places.iter().filter(is_wanted);
    Ok(GetCountSheetResponse {
        places: places.map(|place| sheet_place(state, count, place)).collect(),
        as_of_sequence: state.sequence().get(),
    })
}

fn sheet_place(state: &State, count: &Count, place: &CountPlace) -> CountSheetPlace {
    let not_by = count.reading(place).map(|reading| &reading.by);
    let goods = match count.plan.sheets {
        CountSheets::Guided => expected(state, place),
        CountSheets::Blind => Vec::new(),
    };
    CountSheetPlace {
        place: Some(count_place_to(place)),
        not_by: not_by.map(PartyCode::to_string).unwrap_or_default(),
        goods,
    }
}

fn expected(state: &State, place: &CountPlace) -> Vec<CountSheetGoods> {
    let location = place.location.as_str();
    let rows: Vec<PositionRow> = match &place.sku {
        Some(sku) => state.positions_at(sku, location),
        None => {
            let items = state.items_at(&place.location);
            items.flat_map(|sku| state.positions_at(sku, location)).collect()
        }
    };
    let here = rows.into_iter().filter(|row| !row.balance.on_hand.is_zero()).take(GOODS_MAX);
    let goods = here.map(|row| CountSheetGoods {
        sku: row.sku.to_string(),
        lot: row.holding.lot.map(|lot| lot.to_string()).unwrap_or_default(),
        status: row.holding.status.to_string(),
        owner: row.holding.owner.to_string(),
        quantity: page::decimal(row.balance.on_hand),
    });
    goods.collect()
}
