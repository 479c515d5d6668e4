//! A document as JSON.

mod form;
mod wire;

use std::collections::BTreeMap;

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, DocumentLine, Fulfil, LockStock, Release, Reverse};
use serde::Deserialize;

pub(super) use self::form::FORM;
use super::counts;
use super::deliveries::{self, InspectionForm, ReceiveUnitForm, ReferenceForm};
use super::expectations::{CancelForm, ExpectForm};
use super::handling_unit_forms::{
    CloseForm, MoveUnitForm, NestForm, NumberRangeForm, OpenForm, PackForm, ShipForm, UnpackForm,
};
use super::reserve::{IssueForm, ReserveForm};
use super::rule::RuleForm;
use super::tasks;
use crate::cli::text::time;
use crate::client::request_id_or_new;
use crate::output::Failure;

/// A document with the warehouse it is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentForm {
    pub(super) warehouse: Option<String>,
    pub(super) request_id: Option<String>,
    effective_at: Option<String>,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    pass_lock: bool,
    #[serde(default)]
    effective_at_may_move: bool,
    lines: Vec<LineForm>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LineForm {
    Receive(ReceiveForm),
    Issue(IssueForm),
    Move(MoveForm),
    Adjust(AdjustForm),
    Return(DealForm),
    Reserve(ReserveForm),
    Release(ReservationForm),
    Fulfil(ReservationForm),
    ChangeStatus(ChangeStatusForm),
    TakeOwnership(GoodsForm),
    SetRule(RuleForm),
    Consume(ConsumeForm),
    Produce(ProduceForm),
    Reverse(ReverseForm),
    LockStock(LockForm),
    SetNumberRange(NumberRangeForm),
    OpenUnit(OpenForm),
    Pack(PackForm),
    Unpack(UnpackForm),
    Nest(NestForm),
    MoveUnit(MoveUnitForm),
    ShipUnit(ShipForm),
    CloseUnit(CloseForm),
    Expect(ExpectForm),
    CancelExpectation(CancelForm),
    AnnounceDelivery(deliveries::AnnounceForm),
    ReceiveUnit(ReceiveUnitForm),
    DeclareDiscrepancy(deliveries::DeclareForm),
    CloseDelivery(deliveries::CloseForm),
    CancelDelivery(deliveries::CancelForm),
    DisposeGoods(deliveries::DisposeForm),
    PlanCount(counts::PlanForm),
    EnterCount(counts::EnterForm),
    ApproveCount(counts::ApproveForm),
    PostCount(counts::CountForm),
    CancelCount(counts::CountForm),
    CreateTask(tasks::CreateForm),
    ClaimTask(tasks::ClaimForm),
    ClaimNextTask(tasks::ClaimNextForm),
    StartTask(tasks::ClaimForm),
    FinishTask(tasks::FinishForm),
    FailTask(tasks::FailForm),
    GiveBackTask(tasks::ClaimForm),
    CancelTask(tasks::CancelForm),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoodsForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsumeForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    #[serde(default)]
    expectation: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DealForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    expectation: String,
    delivery: Option<ReferenceForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveForm {
    sku: String,
    from_location: String,
    to_location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    #[serde(default)]
    reservation_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AdjustForm {
    sku: String,
    location: String,
    delta: Number,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    reason: String,
    goods: Option<WhichForm>,
    #[serde(default)]
    take_promised: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReservationForm {
    reservation_id: String,
    quantity: Option<Number>,
    /// Only of a fulfilment.
    #[serde(default)]
    serials: Vec<String>,
    /// Only of a fulfilment.
    #[serde(default)]
    handling_unit: String,
    /// Only of a fulfilment.
    #[serde(default)]
    partner: String,
    /// Only of a fulfilment.
    #[serde(default)]
    expectation: String,
    /// Only of a fulfilment.
    weight: Option<Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiveForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    lot_facts: Option<LotFactsForm>,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    expectation: String,
    delivery: Option<ReferenceForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProduceForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    lot_facts: Option<LotFactsForm>,
    #[serde(default)]
    expectation: String,
    delivery: Option<ReferenceForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeStatusForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    to_status: String,
    #[serde(default)]
    reason: String,
    inspection: Option<InspectionForm>,
    #[serde(default)]
    take_promised: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReverseForm {
    sequence: u64,
    #[serde(default)]
    line: u32,
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockForm {
    until: String,
}

/// Which goods.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WhichForm {
    lot: String,
    serials: Vec<String>,
    status: String,
    owner: String,
    handling_unit: String,
    weight: Option<Number>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LotFactsForm {
    supplier_lot: String,
    made: String,
    best_before: String,
    expiry: String,
    origin: String,
    attributes: BTreeMap<String, String>,
}

/// Text, or a whole number: a JSON number with decimals would have been through a float.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a quantity is a text such as \"2.5\", or a whole number")]
pub(super) enum Number {
    Text(String),
    Whole(i64),
}

impl DocumentForm {
    /// As it is posted.
    pub(super) fn into_document(self) -> Result<Document, Failure> {
        Ok(Document {
            request_id: request_id_or_new(self.request_id.as_deref()),
            effective_at: self.effective_at.as_deref().map(time).transpose()?,
            lines: self.lines.into_iter().map(LineForm::into_line).collect::<Result<_, _>>()?,
            reference: self.reference,
            pass_lock: self.pass_lock,
            effective_at_may_move: self.effective_at_may_move,
        })
    }
}

impl LineForm {
    fn into_line(self) -> Result<DocumentLine, Failure> {
        let action = match self {
            Self::Receive(form) => Action::Receive(form.wire()),
            Self::Issue(form) => Action::Issue(form.wire()),
            Self::SetRule(form) => Action::SetRule(form.wire()),
            Self::Return(form) => Action::Return(form.wire()),
            Self::Reserve(form) => Action::Reserve(form.wire()?),
            Self::Consume(form) => Action::Consume(form.wire()),
            Self::Produce(form) => Action::Produce(form.wire()),
            Self::TakeOwnership(form) => Action::TakeOwnership(form.wire()),
            Self::Move(form) => Action::Move(form.wire()),
            Self::Adjust(form) => Action::Adjust(form.wire()),
            Self::ChangeStatus(form) => Action::ChangeStatus(form.wire()),
            Self::Release(form) => Action::Release(Release {
                reservation_id: form.reservation_id,
                quantity: form.quantity.as_ref().and_then(Number::wire),
            }),
            Self::Fulfil(form) => Action::Fulfil(Fulfil {
                quantity: form.quantity.as_ref().and_then(Number::wire),
                weight: form.weight.as_ref().and_then(Number::wire),
                reservation_id: form.reservation_id,
                serials: form.serials,
                handling_unit: form.handling_unit,
                partner: form.partner,
                expectation: form.expectation,
            }),
            Self::Reverse(ReverseForm { sequence, line, reason }) => {
                Action::Reverse(Reverse { sequence, line, reason })
            }
            Self::LockStock(form) => {
                let until = time(&form.until).map_err(|failure| failure.at("lock_stock.until"))?;
                Action::LockStock(LockStock { until: Some(until) })
            }
            Self::SetNumberRange(form) => Action::SetNumberRange(form.wire()),
            Self::OpenUnit(form) => Action::OpenUnit(form.wire()),
            Self::Pack(form) => Action::Pack(form.wire()),
            Self::Unpack(form) => Action::Unpack(form.wire()),
            Self::Nest(form) => Action::Nest(form.wire()),
            Self::MoveUnit(form) => Action::MoveUnit(form.wire()),
            Self::ShipUnit(form) => Action::ShipUnit(form.wire()),
            Self::CloseUnit(form) => Action::CloseUnit(form.wire()),
            Self::Expect(form) => Action::Expect(form.wire()),
            Self::CancelExpectation(form) => Action::CancelExpectation(form.wire()),
            Self::AnnounceDelivery(form) => Action::AnnounceDelivery(form.wire()),
            Self::ReceiveUnit(form) => Action::ReceiveUnit(form.wire()),
            Self::DeclareDiscrepancy(form) => Action::DeclareDiscrepancy(form.wire()),
            Self::CloseDelivery(form) => Action::CloseDelivery(form.wire()),
            Self::CancelDelivery(form) => Action::CancelDelivery(form.wire()),
            Self::DisposeGoods(form) => Action::DisposeGoods(form.wire()),
            Self::PlanCount(form) => Action::PlanCount(form.wire()?),
            Self::EnterCount(form) => Action::EnterCount(form.wire()?),
            Self::ApproveCount(form) => Action::ApproveCount(form.wire()),
            Self::PostCount(form) => Action::PostCount(form.post()),
            Self::CancelCount(form) => Action::CancelCount(form.cancel()),
            Self::CreateTask(form) => Action::CreateTask(form.wire()?),
            Self::ClaimTask(form) => Action::ClaimTask(form.claim()),
            Self::ClaimNextTask(form) => Action::ClaimNextTask(form.wire()),
            Self::StartTask(form) => Action::StartTask(form.start()),
            Self::FinishTask(form) => Action::FinishTask(form.wire()),
            Self::FailTask(form) => Action::FailTask(form.wire()),
            Self::GiveBackTask(form) => Action::GiveBackTask(form.give_back()),
            Self::CancelTask(form) => Action::CancelTask(form.wire()),
        };
        Ok(DocumentLine { action: Some(action) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in the help, without its remarks.
    fn example() -> String {
        let json = FORM.lines().skip(1).take_while(|line| !line.starts_with("Quantities"));
        json.map(|line| line.split("  (").next().unwrap_or(line)).collect()
    }

    #[test]
    fn the_example_of_the_help_is_read() {
        let form: DocumentForm = serde_json::from_str(&example()).unwrap();
        assert_eq!(form.warehouse.as_deref(), Some("BER"));
        let document = form.into_document().unwrap();
        assert_eq!(document.lines.len(), 55);
        assert!(document.effective_at.is_some());
    }

    #[test]
    fn unknown_keys_and_floats_are_refused() {
        for (json, complaint) in [
            (r#"{"lines":[],"colour":1}"#, "unknown field `colour`"),
            (r#"{"lines":[{"sell":{}}]}"#, "unknown variant `sell`"),
            (r#"{"lines":[{"issue":{"sku":"A","location":"M","quantity":2.5}}]}"#, "a quantity is a text"),
            (r#"{"lines":[{"issue":{"sku":"A","location":"M"}}]}"#, "missing field `quantity`"),
        ] {
            let error = serde_json::from_str::<DocumentForm>(json).unwrap_err().to_string();
            assert!(error.starts_with(complaint), "{error}");
        }
    }
}
