//! As of when a read looks: by what had happened, and by what was known of it.

use prost_types::Timestamp as WireTimestamp;
use rpc::filter::FieldSpec;
use rpc::{ApiError, Reason, clock};
use stock_core::{Balance, Holding, PositionRow, State};
use vocabulary::{LocationCode, Quantity, QuantityOverflow, Sequence, Sku, Timestamp, Weight};

use super::page::store_error;
use crate::engine::Handle;

/// Fields of a filter that say something of promises: the last ones.
const FIELDS_OF_PROMISES: usize = 2;

/// What a request says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// 0 stands for now.
    pub(super) sequence: u64,
    pub(super) effective: Option<&'a WireTimestamp>,
    pub(super) recorded: Option<&'a WireTimestamp>,
}

/// The same, understood.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    /// `None` for all that is known.
    pub(super) sequence: Option<Sequence>,
    /// `None` for after all that happened.
    pub(super) effective_at: Option<Timestamp>,
}

/// A state at an instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    /// `None` for after all that happened.
    pub(super) at: Option<stock_core::AsOf>,
}

impl Asked<'_> {
    /// Which of these fields a filter may name: nothing is known of promises at an instant.
    pub(super) fn fields<'f>(&self, all: &'f [FieldSpec]) -> &'f [FieldSpec] {
        let kept = all.len().saturating_sub(FIELDS_OF_PROMISES);
        self.effective.map_or(all, |_| all.get(..kept).unwrap_or(all))
    }

    /// For a page token, which belongs to one of them.
    pub(super) fn scope(&self) -> String {
        let time = |time: Option<&WireTimestamp>| {
            time.map_or_else(String::new, |time| format!("/{}.{}", time.seconds, time.nanos))
        };
        format!("{}{}-{}", self.sequence, time(self.effective), time(self.recorded))
    }

    /// Asks the journal which entry was the newest at a time.
    pub(super) async fn when(&self, partition: &Handle) -> Result<When, ApiError> {
        let effective_at = self.effective.map(|time| past("effective_as_of", time)).transpose()?;
        let recorded = self.recorded.map(|time| past("recorded_as_of", time)).transpose()?;
        let head = *partition.tail.durable().borrow();
        let sequence = match (self.sequence, recorded) {
            (0, None) => None,
            (sequence, None) if Sequence::new(sequence) <= head.sequence => Some(Sequence::new(sequence)),
            (_, None) => {
                let message = format!(
                    "the journal of {} ends at {}: ask for at most that",
                    partition.warehouse, head.sequence
                );
                let error = ApiError::invalid(Reason::AsOfInFuture, "as_of_sequence", message);
                return Err(error.with("sequence", head.sequence));
            }
            (0, Some(time)) if time >= head.recorded_at => Some(head.sequence),
            (0, Some(time)) => {
                let found = partition.journal()?.newest_at(time, head.sequence).await;
                Some(found.map_err(|fault| store_error(&fault))?)
            }
            (_, Some(_)) => {
                let message = "as_of_sequence says as known when, too: give one of them";
                return Err(ApiError::invalid(Reason::BadField, "recorded_as_of", message));
            }
        };
        Ok(When { sequence, effective_at })
    }
}

/// A time that has been.
fn past(field: &'static str, time: &WireTimestamp) -> Result<Timestamp, ApiError> {
    let parsed = Timestamp::from_parts(time.seconds, time.nanos);
    let parsed = parsed.map_err(|e| ApiError::invalid(Reason::BadTime, field, e.to_string()))?;
    let now = clock::now();
    if parsed <= now {
        return Ok(parsed);
    }
    let message = format!("{parsed} lies in the future: ask for at most now");
    Err(ApiError::invalid(Reason::AsOfInFuture, field, message).with("now", now))
}

fn out_of_range(sku: &Sku, error: QuantityOverflow) -> ApiError {
    let message = format!("what was there of {sku} is not in the exact range: {error}");
    ApiError::new(Reason::QuantityOverflow, message).with("sku", sku)
}

impl<'a> View<'a> {
    /// The newest entry it knows.
    pub(super) fn sequence(&self) -> Sequence {
        let newest = self.state.sequence();
        self.at.map_or(newest, |at| at.sequence.min(newest))
    }

    pub(super) fn skus_after(&self, after: Option<&str>) -> impl Iterator<Item = &'a Sku> + use<'a> {
        self.state.skus_after(after)
    }

    /// Shows what there is of an item, position by position, in no order. An item may have very many.
    pub(super) fn each_balance(
        &self,
        sku: &Sku,
        mut show: impl FnMut(&Holding, Balance, Option<Weight>),
    ) -> Result<(), ApiError> {
        let Some(at) = self.at else {
            self.state
                .balances_of(sku.as_str())
                .for_each(|(holding, balance, weight)| show(holding, balance, weight));
            return Ok(());
        };
        for (holding, on_hand) in self.state.balances_as_of(sku.as_str(), at) {
            let on_hand = on_hand.map_err(|error| out_of_range(sku, error))?;
            show(holding, Balance { on_hand, reserved: Quantity::ZERO }, None);
        }
        Ok(())
    }

    /// The positions of an item at one location, by goods.
    pub(super) fn positions_at(&self, sku: &Sku, location: &str) -> Result<Vec<PositionRow>, ApiError> {
        let Some(at) = self.at else { return Ok(self.state.positions_at(sku, location)) };
        self.state.positions_at_as_of((sku, location), at).map_err(|error| out_of_range(sku, error))
    }

    /// The position at a place; `None` where nothing had been at an instant.
    pub(super) fn position(
        &self,
        sku: &Sku,
        (location, holding): (&LocationCode, &Holding),
    ) -> Result<Option<PositionRow>, ApiError> {
        let place = (sku.as_str(), location.as_str(), holding);
        let balance = match self.at {
            None => Some(self.state.balance_of(place.0, place.1, holding)),
            Some(at) => {
                let on_hand =
                    self.state.on_hand_as_of(place, at).map_err(|error| out_of_range(sku, error))?;
                on_hand.map(|on_hand| Balance { on_hand, reserved: Quantity::ZERO })
            }
        };
        let weight = if self.at.is_some() { None } else { self.state.weight_of(place.0, place.1, holding) };
        let row = |balance| PositionRow {
            sku: sku.clone(),
            location: location.clone(),
            holding: holding.clone(),
            balance,
            negative: self.state.negative(sku.as_str()),
            weight,
        };
        Ok(balance.map(row))
    }

    /// A quantity of promises; none at an instant.
    pub(super) fn of_promises<T>(&self, quantity: Option<T>) -> Option<T> {
        if self.at.is_some() { None } else { quantity }
    }
}
