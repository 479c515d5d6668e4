//! The rules of a warehouse: [`decide`] judges a document against the [`State`], [`State::evolve`] applies what was
//! decided. Pure: no I/O, no clock, no randomness, no floats, no logging, and nothing depends on hash order. Time and ids
//! come in with the document, so that replaying a journal gives the same state everywhere.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod amount;
mod apart;
mod as_of;
mod available;
mod carried;
mod chain;
mod choose;
mod claim;
mod codec;
mod count;
mod decide;
mod delivery;
mod digest;
mod document;
mod document_limit;
mod draft;
mod entry;
mod evolve_error;
mod expectation;
mod expiry;
mod explain;
mod goods;
mod handling_unit;
mod history;
mod hold;
mod holding;
mod interner;
mod item;
mod keep;
mod lacking;
mod late;
mod lock;
mod lot;
mod order;
mod pick;
mod position;
mod production;
mod promise;
mod promised_at;
mod put_away;
mod quota;
mod read;
mod reconcile;
mod rejection;
mod release;
mod reservation;
mod restore;
mod reversal;
mod rules;
mod small_map;
mod state;
mod status;
mod taken;
mod task;
mod terms;
mod touched;
mod tracked;
pub mod verify;
mod weight;

pub use as_of::AsOf;
pub use available::may_count;
pub use chain::ChainHash;
pub use choose::PickRule;
pub use claim::{Claim, PromisedStatus};
pub use codec::{CodecError, Decoder, decode_entry, decode_lot_facts, encode_entry, encode_lot_facts};
pub use count::{CountEntry, CountFact, CountLine, PlaceChoice, SeenGoods};
pub use decide::{Decision, decide};
pub use delivery::{Arrival, Arrived, ArrivedHow, DeliveryFact, DeliveryLine, DeliveryStep, Origins};
pub use digest::RequestDigest;
pub use document::{Action, Document, LINES_MAX, Line, Place};
pub use document_limit::{DocumentLimit, FACTS_MAX};
pub use entry::{
    Entry, Fact, LotRecorded, Moved, MovementKind, Outcome, PromiseMoved, ReleaseCause, Released, Reserved,
    RuleSet, StockLock,
};
pub use evolve_error::EvolveError;
pub use expectation::{
    Direction, EXPECTATIONS_MAX, Expectation, ExpectationChange, ExpectationFact, ExpectationLine,
    ExpectationRejection, ExpectedBefore, ExpectedKind, Met, SetExpectation, TouchedExpectations,
};
pub use explain::{
    Chosen, Explained, Explanation, Kept, LOOKED_AT_MAX, PASSED_OVER_MAX, PassedOver, Why, explain,
};
pub use goods::{Goods, LineGoods, Standing, Tracking};
pub use handling_unit::{
    NestingFault, NumberRange, NumberSeries, NumberSource, PackedGoods, SeriesRow, Shipment, TouchedUnits,
    UnitChange, UnitContent, UnitEnd, UnitFact, UnitHead, UnitLimit, UnitLine, UnitName, UnitRejection,
    UnitRow, UnitSnapshot,
};
pub use hold::{HOLD_FACTS_MAX, HoldCause, HoldLot};
pub use holding::Holding;
pub use lot::Lot;
pub use order::{OrderFact, OrderLine, Pick, ShortPick};
pub use position::{
    Balance, HistoryRow, LotRow, PositionRow, Reservation, ReservedPart, SerialRow, StoredPosition,
};
pub use production::{ComponentPromise, ProductionFact, ProductionGoods, ProductionLine, ProductionReport};
pub use put_away::{NotPutAway, PutAway, PutAwayOf, PutAwayPlace};
pub use reconcile::{ListVerdict, Listed, Reconciled};
pub use rejection::{Refusal, Rejection};
pub use restore::Snapshot;
pub use reversal::{MovementRef, Reversed};
pub use rules::{RULES_MAX, Rule, RuleRow};
pub use state::State;
pub use status::{IllegalTransition, transition};
pub use task::{NewTask, TaskFact, TaskLine};
pub use terms::{OrderRef, Priority, Terms};
pub use touched::Touched;
pub use vocabulary::{LOT_ATTRIBUTES_MAX, LotFacts};
pub use weight::{LineWeight, MovedWeight, WeightRejection};
