//! Changes of deliveries, in words.

use std::fmt;

use proto::events::v1::delivery_changed::Change;
use proto::events::v1::{
    DeliveryAnnounced, DeliveryArrived, DeliveryCancelled, DeliveryChanged, DeliveryClosed,
    DeliveryDiscrepancyDeclared, DeliveryInspected, DeliveryRefused, DeliveryTakenBack, Discrepancy,
    Disposition,
};
use serde::Serialize;

use crate::cli::text::{number, short_name};

/// A change of a delivery.
#[derive(Debug, Serialize)]
pub(super) struct DeliveryView {
    change: &'static str,
    delivery: String,
    /// Of its line; 0 when it is about all of it.
    number: u32,
    sku: String,
    quantity: String,
    /// What else there is to say.
    detail: String,
}

impl DeliveryView {
    pub(super) fn read(changed: DeliveryChanged) -> Option<Self> {
        Some(match changed.change? {
            Change::Announced(change) => Self::announced(change),
            Change::Arrived(change) => Self::arrived(change),
            Change::TakenBack(change) => Self::taken_back(change),
            Change::InspectionTakenBack(change) => {
                let (line, quantity) = (change.number, number(change.quantity));
                Self { number: line, quantity, ..Self::new("waits_again", change.delivery) }
            }
            Change::Declared(change) => Self::declared(change),
            Change::Inspected(change) => Self::inspected(change),
            Change::Closed(change) => Self::closed(change),
            Change::Cancelled(change) => Self::cancelled(change),
            Change::Disposed(change) => {
                let became = became(change.disposition());
                let detail = format!("{became}: {}", change.reason);
                let (line, quantity) = (change.number, number(change.quantity));
                Self { number: line, quantity, detail, ..Self::new("disposed", change.delivery) }
            }
            Change::DisposalTakenBack(change) => {
                let detail = format!("not {} after all", became(change.disposition()));
                let (line, quantity) = (change.number, number(change.quantity));
                Self { number: line, quantity, detail, ..Self::new("disposed", change.delivery) }
            }
        })
    }

    fn announced(announced: DeliveryAnnounced) -> Self {
        let source = short_name(announced.source().as_str_name(), "DELIVERY_SOURCE").to_lowercase();
        let DeliveryAnnounced { delivery, due, lines, units, .. } = announced;
        let units = match units.len() {
            0 => String::new(),
            count => format!(" and {}", counted(count, "handling unit")),
        };
        let detail = format!("{}{units} from {source} on {due}", counted(lines.len(), "line"));
        Self { detail, ..Self::new("announced", delivery) }
    }

    fn arrived(arrived: DeliveryArrived) -> Self {
        let DeliveryArrived { delivery, number: line, sku, quantity, handling_unit } = arrived;
        let (quantity, detail) = (number(quantity), handling_unit);
        Self { number: line, sku, quantity, detail, ..Self::new("arrived", delivery) }
    }

    fn taken_back(taken: DeliveryTakenBack) -> Self {
        let DeliveryTakenBack { delivery, number: line, quantity, handling_unit: detail } = taken;
        Self { number: line, quantity: number(quantity), detail, ..Self::new("taken_back", delivery) }
    }

    fn declared(declared: DeliveryDiscrepancyDeclared) -> Self {
        let wrong = declared.discrepancy.unwrap_or_default();
        let detail = wrong_in_words(&wrong);
        let (line, quantity) = (wrong.number, number(wrong.quantity));
        Self { number: line, quantity, detail, ..Self::new("declared", declared.delivery) }
    }

    fn inspected(inspected: DeliveryInspected) -> Self {
        let DeliveryInspected { delivery, number: line, quantity, sample, defective } = inspected;
        let (quantity, detail) = (number(quantity), format!("{defective} of {sample} not right"));
        Self { number: line, quantity, detail, ..Self::new("inspected", delivery) }
    }

    fn closed(closed: DeliveryClosed) -> Self {
        let DeliveryClosed { delivery, discrepancies } = closed;
        let wrong = |wrong: &Discrepancy| {
            format!("{} of line {} {}", number(wrong.quantity.clone()), wrong.number, wrong_in_words(wrong))
        };
        let all: Vec<_> = discrepancies.iter().map(wrong).collect();
        let detail = if all.is_empty() { "all as announced".to_owned() } else { all.join(", ") };
        Self { detail, ..Self::new("closed", delivery) }
    }

    fn cancelled(cancelled: DeliveryCancelled) -> Self {
        Self::new("cancelled", cancelled.delivery)
    }

    fn new(change: &'static str, delivery: String) -> Self {
        let (sku, quantity, detail) = (String::new(), String::new(), String::new());
        Self { change, delivery, number: 0, sku, quantity, detail }
    }
}

impl fmt::Display for DeliveryView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, delivery, number, quantity, detail, .. } = self;
        match *change {
            "announced" => write!(f, "announce {delivery}: {detail}"),
            "arrived" if detail.is_empty() => write!(f, "{quantity} of {delivery}#{number} came"),
            "arrived" => write!(f, "{quantity} of {delivery}#{number} came in {detail}"),
            "waits_again" => write!(f, "{quantity} of {delivery}#{number} wait for an inspection again"),
            "taken_back" => write!(f, "{quantity} of {delivery}#{number} did not come"),
            "disposed" => write!(f, "{quantity} of {delivery}#{number}: {detail}"),
            "declared" => write!(f, "{quantity} of {delivery}#{number} {detail}"),
            "inspected" => write!(f, "{quantity} of {delivery}#{number} inspected: {detail}"),
            "closed" => write!(f, "close {delivery}: {detail}"),
            _ => write!(f, "cancel {delivery}"),
        }
    }
}

/// So many of something, in words.
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// What became of goods, in words.
const fn became(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Unspecified => "disposed of",
        Disposition::Restock => "restocked",
        Disposition::Refurbish => "refurbished",
        Disposition::Scrap => "scrapped",
        Disposition::ReturnToSupplier => "returned to the supplier",
    }
}

/// What is wrong, and who answers for it: `damaged (carrier: wet)`.
fn wrong_in_words(wrong: &Discrepancy) -> String {
    let kind = short_name(wrong.kind().as_str_name(), "DISCREPANCY_KIND").to_lowercase();
    let answerable = short_name(wrong.answerable().as_str_name(), "ANSWERABLE").to_lowercase();
    let note = if wrong.note.is_empty() { String::new() } else { format!(": {}", wrong.note) };
    format!("{kind} ({answerable}{note})")
}

/// A refusal in words.
pub(super) fn refusal(refused: &DeliveryRefused) -> String {
    let why =
        short_name(refused.refusal().as_str_name(), "DELIVERY_REFUSAL").to_lowercase().replace('_', " ");
    match (refused.delivery.as_str(), refused.number) {
        ("", _) => format!("deliveries: {why}"),
        (delivery, 0) => format!("delivery {delivery}: {why}"),
        (delivery, line) => format!("delivery {delivery}#{line}: {why}"),
    }
}
