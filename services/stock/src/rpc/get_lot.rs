use std::collections::BTreeMap;

use proto::stock::v1::{GetLotRequest, GetLotResponse, Lot as Message, LotFacts as Facts, LotQuantity};
use rpc::{ApiError, Reason};
use stock_core::{Balance, Lot, State};
use vocabulary::{CountryCode, Date, LotCode, Owner, StockStatus};

use super::as_of::{Asked, View};
use super::page::{self, decimal};
use super::{StockRpc, catalog};

/// A lot that was received, and how much of it is here.
pub(super) async fn handle(service: &StockRpc, request: GetLotRequest) -> Result<GetLotResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    catalog::check_item(&service.catalog, &request.sku)?;
    let code = LotCode::parse(&request.lot);
    let code = code.map_err(|e| ApiError::invalid(Reason::BadCode, "lot", e.to_string()))?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let (sku, lot) = (request.sku.clone(), code.clone());
    let look = move |view: View<'_>| {
        let known =
            view.state.lot(&sku, &lot).map(|known| (known.clone(), quantities(view.state, &sku, &lot)));
        Ok((known, view.state.sequence()))
    };
    let (known, sequence) = as_of.look(&partition, look).await?;
    let Some((known, quantities)) = known else {
        let message =
            format!("no lot {code} of item {} was received in {}", request.sku, partition.warehouse);
        let error = ApiError::new(Reason::UnknownLot, message).at("lot");
        return Err(error.with("sku", &request.sku).with("lot", &code));
    };
    let lot = Some(message(&request.sku, &code, known));
    Ok(GetLotResponse { lot, quantities, as_of_sequence: sequence.get() })
}

/// By status and owner, over all locations; looks at no other item.
fn quantities(state: &State, sku: &str, lot: &LotCode) -> Vec<LotQuantity> {
    let mut sums: BTreeMap<(StockStatus, &Owner), Balance> = BTreeMap::new();
    for (holding, balance, _) in state.balances_of(sku) {
        if holding.lot.as_ref() == Some(lot) && balance != Balance::default() {
            let sum = sums.entry((holding.status, &holding.owner)).or_default();
            *sum = page::sum(*sum, balance);
        }
    }
    let quantity = |((status, owner), sum): ((StockStatus, &Owner), Balance)| LotQuantity {
        status: status.to_string(),
        owner: owner.to_string(),
        on_hand: decimal(sum.on_hand),
        reserved: decimal(sum.reserved),
    };
    sums.into_iter().map(quantity).collect()
}

pub(super) fn message(sku: &str, code: &LotCode, lot: Lot) -> Message {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let Lot { received, facts } = lot;
    let facts = Facts {
        supplier_lot: facts.supplier_lot.as_ref().map_or_else(String::new, LotCode::to_string),
        made: date(facts.made),
        best_before: date(facts.best_before),
        expiry: date(facts.expiry),
        origin: facts.origin.as_ref().map_or_else(String::new, CountryCode::to_string),
        attributes: facts.attributes,
    };
    Message {
        sku: sku.to_owned(),
        lot: code.to_string(),
        facts: Some(facts),
        received_sequence: received.get(),
    }
}
