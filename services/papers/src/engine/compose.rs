use paper_core::{Head, Kind, Paper};
use rpc::{ApiError, Reason};

use super::Engine;
use super::issue::Wish;
use crate::store::Subject;

impl Engine {
    /// What stands on a paper: one composer for each kind and what it is about.
    pub(super) async fn compose(&self, wish: &Wish, head: Head) -> Result<Paper, ApiError> {
        match (wish.kind, &wish.subject) {
            (Kind::GoodsReceiptNote | Kind::ReturnNote, Subject::Delivery(delivery)) => {
                self.receipt(wish, delivery, head).await
            }
            (Kind::PackingList, Subject::Unit(sscc)) => self.packing_list(wish, sscc, head).await,
            (Kind::SsccLabel, Subject::Unit(sscc)) => self.label(wish, sscc, head).await,
            (Kind::CountSheet, Subject::Count(count)) => self.count_sheet(wish, count, head).await,
            (Kind::TraceCertificate, Subject::Traced { .. }) => self.certificate(wish, head).await,
            (Kind::PickList, Subject::Wave(wave)) => self.pick_list(wish, wave, head).await,
            (Kind::PutAwayList, Subject::Delivery(delivery)) => {
                self.put_away_list(wish, delivery, head).await
            }
            (Kind::DeliveryNote, Subject::Order(order)) => self.delivery_note(wish, order, head).await,
            (Kind::ProductionOrder, _) => Err(not_yet(wish.kind)),
            (
                Kind::GoodsReceiptNote
                | Kind::ReturnNote
                | Kind::PickList
                | Kind::PutAwayList
                | Kind::DeliveryNote
                | Kind::PackingList
                | Kind::SsccLabel
                | Kind::CountSheet
                | Kind::TraceCertificate,
                _,
            ) => Err(other_subject(wish.kind)),
        }
    }
}

fn not_yet(kind: Kind) -> ApiError {
    let message = format!("papers of the kind {kind} cannot be issued yet: choose another kind");
    ApiError::invalid(Reason::BadField, "kind", message)
}

fn other_subject(kind: Kind) -> ApiError {
    let about = match kind {
        Kind::PackingList | Kind::SsccLabel => "handling_unit",
        Kind::CountSheet => "count",
        Kind::TraceCertificate => "traced",
        Kind::PickList => "wave",
        Kind::DeliveryNote => "order",
        Kind::GoodsReceiptNote | Kind::ReturnNote | Kind::PutAwayList | Kind::ProductionOrder => "delivery",
    };
    let message = format!("a {kind} is about something else: give {about}");
    ApiError::invalid(Reason::PaperNotOfKind, "kind", message).with("kind", kind)
}

/// Nothing could stand on the paper.
pub(super) fn empty(field: &'static str, why: &str) -> ApiError {
    ApiError::invalid(Reason::PaperEmpty, field, format!("{why}: issue the paper when there is something"))
}

/// What only tells of now was asked for as of an entry.
pub(super) fn only_now(as_of_sequence: u64, why: &str) -> Result<(), ApiError> {
    if as_of_sequence == 0 {
        return Ok(());
    }
    Err(ApiError::invalid(Reason::BadField, "as_of_sequence", format!("{why}: leave as_of_sequence out")))
}
