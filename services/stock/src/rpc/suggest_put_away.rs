use std::sync::Arc;

use catalog_view::LocationRecord;
use proto::catalog::v1::LocationKind;
use proto::stock::v1::{
    NotPutAway as WireLeft, NotPutAwayReason, PutAwayPlace as WirePlace, PutAwayReason as WireReason,
    PutAwaySuggestion, SuggestPutAwayRequest, SuggestPutAwayResponse,
};
use rpc::{ApiError, Reason};
use stock_core::{NotPutAway, PutAway, PutAwayOf, PutAwayPlace};
use vocabulary::{DocumentCode, Invalid, LocationCode, Sku};
use work_core::{Hindrance, PutAwayReason};

use super::StockRpc;
use super::page::decimal;

/// Where goods that came are best put.
pub(super) async fn handle(
    service: &StockRpc,
    request: SuggestPutAwayRequest,
) -> Result<SuggestPutAwayResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let locations = service.catalog.locations(&request.warehouse);
    let of = asked(&request, &locations)?;
    let stored = locations.iter().filter(|location| is_for_storage(location.kind));
    let places = stored.map(|location| (location.code.clone(), location.parent.clone())).collect();
    let (segregation, catalog) = (service.segregation.clone(), service.catalog.clone());
    let (found, sequence) = partition
        .look(move |state| {
            let decimals = |sku: &Sku| catalog.item(sku.as_str()).map_or(0, |item| item.decimals);
            (state.put_away(&of, (places, segregation), decimals), state.sequence())
        })
        .await?;
    let Some((suggestions, more)) = found else {
        let message = format!("no delivery {} is known: it never was, or is over for long", request.delivery);
        let error = ApiError::invalid(Reason::DeliveryNotFound, "delivery", message);
        return Err(error.with("delivery", request.delivery));
    };
    let suggestions = suggestions.into_iter().map(suggestion).collect();
    Ok(SuggestPutAwayResponse { suggestions, more, as_of_sequence: sequence.get() })
}

fn asked(request: &SuggestPutAwayRequest, locations: &[Arc<LocationRecord>]) -> Result<PutAwayOf, ApiError> {
    let bad = |field| move |e: Invalid| ApiError::invalid(Reason::BadCode, field, e.to_string());
    match (request.delivery.as_str(), request.location.as_str()) {
        ("", "") => {
            let message = "say of which delivery, or at which location";
            Err(ApiError::invalid(Reason::BadField, "delivery", message))
        }
        (delivery, "") => {
            let code = DocumentCode::parse(delivery).map_err(bad("delivery"))?;
            let docks = locations.iter().filter(|location| is_for_arrival(location.kind));
            Ok(PutAwayOf::Delivery { code, arrive_at: docks.map(|dock| dock.code.clone()).collect() })
        }
        ("", location) => {
            let code = LocationCode::parse(location).map_err(bad("location"))?;
            if locations.iter().any(|known| known.code == code) {
                return Ok(PutAwayOf::Location(code));
            }
            let message =
                format!("warehouse {} has no such location in use: create it first", request.warehouse);
            let error = ApiError::invalid(Reason::UnknownLocation, "location", message);
            Err(error.with("location", location))
        }
        (_, _) => {
            let message = "a delivery and a location are named: give one of them";
            Err(ApiError::invalid(Reason::BadField, "location", message))
        }
    }
}

const fn is_for_storage(kind: LocationKind) -> bool {
    matches!(kind, LocationKind::Storage | LocationKind::Pick)
}

const fn is_for_arrival(kind: LocationKind) -> bool {
    matches!(kind, LocationKind::Dock | LocationKind::Quality)
}

fn suggestion(goods: PutAway) -> PutAwaySuggestion {
    let PutAway { sku, from, holding, quantity, places, left } = goods;
    PutAwaySuggestion {
        sku: sku.to_string(),
        from_location: from.to_string(),
        lot: holding.lot.map(|lot| lot.to_string()).unwrap_or_default(),
        status: holding.status.to_string(),
        owner: holding.owner.to_string(),
        quantity: decimal(quantity),
        places: places.into_iter().map(place).collect(),
        left: left
            .into_iter()
            .map(|(quantity, why)| WireLeft { quantity: decimal(quantity), reason: why_left(why).into() })
            .collect(),
    }
}

fn place(place: PutAwayPlace) -> WirePlace {
    let reason = match place.reason {
        PutAwayReason::Fixed => WireReason::Fixed,
        PutAwayReason::SameLot => WireReason::SameLot,
        PutAwayReason::SameItem => WireReason::SameItem,
        PutAwayReason::EmptyOfClass => WireReason::EmptyOfClass,
        PutAwayReason::Empty => WireReason::Empty,
        PutAwayReason::Beside => WireReason::Beside,
    };
    WirePlace {
        location: place.location.to_string(),
        quantity: decimal(place.quantity),
        reason: reason.into(),
        serials: place.serials.iter().map(ToString::to_string).collect(),
    }
}

const fn why_left(why: NotPutAway) -> NotPutAwayReason {
    match why {
        NotPutAway::Held => NotPutAwayReason::Held,
        NotPutAway::Promised => NotPutAwayReason::Promised,
        NotPutAway::Packed => NotPutAwayReason::Packed,
        NotPutAway::NoPlace(Hindrance::NoPlace) => NotPutAwayReason::NoPlace,
        NotPutAway::NoPlace(Hindrance::OtherClass) => NotPutAwayReason::OtherClass,
        NotPutAway::NoPlace(Hindrance::Hazard) => NotPutAwayReason::Hazard,
        NotPutAway::NoPlace(Hindrance::Full) => NotPutAwayReason::Full,
    }
}
