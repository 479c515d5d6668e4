//! Refusals in the tests' language.

use stock_core::{Entry, Outcome, Refusal, Rejection, WeightRejection};
use vocabulary::WeightUnit;

use crate::{counts, deliveries, expectations, handling_units, making, orders, tasks};

pub(crate) fn in_words(rejection: &Rejection) -> String {
    match rejection {
        Rejection::InsufficientAvailable { requested, available, .. } => {
            format!("insufficient {requested} of {available}")
        }
        Rejection::ReservationNotFound { reservation } => format!("no reservation {reservation}"),
        Rejection::ReservationExceeded { requested, reserved, .. } => {
            format!("exceeded {requested} of {reserved}")
        }
        Rejection::QuantityOverflow { .. } => "overflow".to_owned(),
        Rejection::DuplicateSerial { serial, location, .. } => format!("{serial} is at {location}"),
        Rejection::UnknownSerial { serial, .. } => format!("no serial {serial}"),
        Rejection::SerialElsewhere { serial, location, .. } => format!("{serial} elsewhere, at {location}"),
        Rejection::SerialsExpected { expected, given, .. } => format!("{given} serials for {expected}"),
        Rejection::UnknownLot { lot, .. } => format!("no lot {lot}"),
        Rejection::LotDiffers { lot, field, .. } => format!("lot {lot} has another {field}"),
        Rejection::TrackingChanged { held, tracking, .. } => format!("by {tracking}, here by {held}"),
        Rejection::PromisedElsewhere { reservation, location, requested, there, unit } => {
            let unit =
                unit.as_ref().map_or_else(String::new, |unit| format!(" in {}", handling_units::short(unit)));
            format!("{requested} of {reservation} at {location}{unit}, {there} there")
        }
        Rejection::NotExpired { reservation } => format!("{reservation} not expired"),
        Rejection::StatusInUse { sku, location, status } => format!("{sku} at {location} is {status}"),
        Rejection::StatusNotAvailable { sku, status } => format!("{sku} that is {status} is not available"),
        Rejection::SerialReserved { serial, reservation, .. } => format!("{serial} is of {reservation}"),
        Rejection::SerialNotReserved { serial, reservation } => format!("{serial} is not of {reservation}"),
        Rejection::QuotaExceeded { requested, free, kept, .. } => {
            format!("{requested} of {free} with {kept} for others")
        }
        Rejection::BufferKept { requested, free, kept, buffer, .. } => {
            format!("{requested} of {free} with {kept} for others and {buffer} buffer")
        }
        Rejection::CustomerMaximum { holder, requested, open, maximum, .. } => {
            format!("{requested} for {holder} with {open} of {maximum}")
        }
        Rejection::ExpiresTooEarly { lot, expiry, min_expiry, .. } => {
            format!("{lot} until {expiry}, not {min_expiry}")
        }
        Rejection::InsufficientInWarehouse { requested, available, .. } => {
            format!("insufficient {requested} of {available} anywhere")
        }
        Rejection::WouldBreakLater { at, on_hand, .. } => format!("{on_hand} at {}", at.micros()),
        Rejection::AlreadyReversed { movement, by } => format!("{movement} reversed by {by}"),
        Rejection::ReversalOfReversal { movement, reverses } => format!("{movement} reverses {reverses}"),
        Rejection::MovementNotFound { movement } => format!("no movement {movement}"),
        Rejection::StockLocked { until } => format!("locked until {}", until.micros()),
        Rejection::TooManyRules { max } => format!("{max} rules hold"),
        Rejection::DocumentTooLarge { limit, max } => format!("more than {max} {limit}"),
        Rejection::HandlingUnit(rejection) => handling_units::in_words(rejection),
        Rejection::Expectation(rejection) => expectations::in_words(rejection),
        Rejection::Delivery(rejection) => deliveries::in_words(rejection),
        Rejection::Order(rejection) => orders::in_words(rejection),
        Rejection::Task(rejection) => tasks::in_words(rejection),
        Rejection::Production(rejection) => making::in_words(rejection),
        Rejection::Count(rejection) => counts::in_words(rejection),
        Rejection::Weight(rejection) => of_weight(rejection),
    }
}

fn of_weight(rejection: &WeightRejection) -> String {
    let by = |unit: &Option<WeightUnit>| unit.map_or("nothing", WeightUnit::as_str);
    match rejection {
        WeightRejection::Missing { unit: None, .. } => "no weight".to_owned(),
        WeightRejection::Missing { unit: Some(unit), .. } => {
            format!("no weight in {}", handling_units::short(unit))
        }
        WeightRejection::Unexpected { .. } => "not weighed".to_owned(),
        WeightRejection::Changed { held, weighed, .. } => {
            format!("by {}, here by {}", by(weighed), by(held))
        }
        WeightRejection::Insufficient { requested, held, .. } => format!("{requested} of {held} weight"),
        WeightRejection::OfSeveral { .. } => "weight of several".to_owned(),
    }
}

pub(crate) fn answer(entry: &Entry) -> String {
    match &entry.outcome {
        Outcome::Posted(_) => {
            let ids: Vec<_> = entry.reservation_ids().iter().map(ToString::to_string).collect();
            let opened = entry.opened_units().into_iter().map(|sscc| handling_units::short(&sscc));
            ["ok".to_owned()].into_iter().chain(ids).chain(opened).collect::<Vec<_>>().join(" ")
        }
        Outcome::Rejected(Refusal { line, rejection }) => format!("line {line}: {}", in_words(rejection)),
    }
}
