//! A document as JSON.

mod wire;

use std::collections::BTreeMap;

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, DocumentLine, Fulfil, LockStock, Release, Reverse};
use serde::Deserialize;

use super::expectations::{CancelForm, ExpectForm};
use super::handling_unit_forms::{
    CloseForm, MoveUnitForm, NestForm, NumberRangeForm, OpenForm, PackForm, ShipForm, UnpackForm,
};
use super::reserve::{IssueForm, ReserveForm};
use super::rule::RuleForm;
use crate::cli::text::time;
use crate::client::request_id_or_new;
use crate::output::Failure;

/// The form, for `--help`.
pub(super) const FORM: &str = r#"The document:
  {
    "warehouse": "BER",                           (or --warehouse)
    "request_id": "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f",  (or --request-id; made anew when absent)
    "effective_at": "2026-03-01T08:30:00Z",       (now when absent)
    "reference": "order 4711",
    "lines": [
      {"receive": {"sku": "A-100", "location": "MAIN", "quantity": "10", "unit": "CASE"}},
      {"issue":   {"sku": "A-100", "location": "MAIN", "quantity": "2"}},
      {"move":    {"sku": "A-100", "from_location": "MAIN", "to_location": "PICK", "quantity": "5"}},
      {"adjust":  {"sku": "A-100", "location": "MAIN", "delta": "-1", "reason": "broken"}},
      {"return":  {"sku": "A-100", "location": "MAIN", "quantity": "1"}},
      {"reserve": {"sku": "A-100", "location": "MAIN", "quantity": "3"}},
      {"reserve": {"sku": "A-100", "location": "MAIN", "quantity": "3", "expires_at": "2030-01-31T12:00:00Z", "priority": 5,
                   "holder": "C-17", "channel": "WEB", "pick": "fifo", "allow_partial": true, "reallocate": true}},
      {"issue":   {"sku": "L-1", "location": "MAIN", "quantity": "2", "partner": "C-17", "min_expiry": "2027-01-31"}},
      {"set_rule": {"channel_quota": {"sku": "A-100", "channel": "WEB", "quantity": "20"}}},
      {"release": {"reservation_id": "12-0", "quantity": "1"}},
      {"fulfil":  {"reservation_id": "12-0"}},
      {"receive": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7", "status": "inspection"},
                   "lot_facts": {"expiry": "2027-01-31"}}},
      {"change_status": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7", "status": "inspection"},
                         "to_status": "available", "reason": "inspected"}},
      {"take_ownership": {"sku": "A-100", "location": "MAIN", "quantity": "1", "goods": {"owner": "consignment:ACME"}}},
      {"consume": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7"}}},
      {"produce": {"sku": "L-2", "location": "MAIN", "quantity": "2", "goods": {"lot": "P1"}}},
      {"issue":   {"sku": "L-2", "location": "MAIN", "quantity": "1", "goods": {"lot": "P1"}, "partner": "C-17"}},
      {"receive": {"sku": "C-1", "location": "MAIN", "quantity": "2", "goods": {"weight": "9.875"}}},
      {"reverse": {"sequence": 12, "line": 0, "reason": "booked twice"}},
      {"lock_stock": {"until": "2026-02-28T00:00:00Z"}},
      {"set_number_range": {"company_prefix": "7610425", "extension_digit": 3, "next": 1}},
      {"open_unit": {"kind": "PALLET", "location": "MAIN"}},
      {"open_unit": {"handling_unit": "106141412345678908", "kind": "BOX", "location": "MAIN"}},
      {"pack":      {"handling_unit": "line:19", "sku": "A-100", "quantity": "5"}},
      {"unpack":    {"handling_unit": "line:19", "sku": "A-100", "quantity": "1"}},
      {"nest":      {"handling_unit": "line:20", "parent": "line:19"}},
      {"move_unit": {"handling_unit": "line:19", "to_location": "DOCK"}},
      {"ship_unit": {"handling_unit": "line:19"}},
      {"close_unit": {"handling_unit": "376104250021234569"}},
      {"expect":    {"expectation": "PO-17/3", "direction": "supply", "supply_kind": "purchase", "sku": "A-100",
                     "quantity": "40", "day": "2026-03-09", "partner": "ACME"}},
      {"receive":   {"sku": "A-100", "location": "MAIN", "quantity": "30", "expectation": "PO-17/3"}},
      {"cancel_expectation": {"expectation": "PO-17/3"}}
    ]
  }
Quantities are texts, or whole numbers. An absent unit is the item's base unit. Release and fulfil take all that is left when
they have no quantity. A reservation without a location is spread over the warehouse. "goods" say which (lot, serials, status, owner,
handling_unit) and what they weigh ("weight", of an item of catch weight), on every line but release; fulfil takes "serials",
"handling_unit" and "weight". "pass_lock": true changes what happened before
the lock, if you may; "effective_at_may_move": true lets it happen now where it cannot have happened at its time. What a document
consumes goes into what it produces. A "partner" is the supplier of a receive, or the customer of an issue, a return or a fulfil. A
handling unit is named by its SSCC, or as line:N by the line that opens it, from 0; unpack without an item takes everything out, nest
without a parent takes the unit out. An "expectation" that a receive, a return or a produce names is a supply that it meets; of an issue, a
fulfil, a consume or a reserve it is a demand. Give every document that may be sent again its request_id: one id has one effect."#;

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
struct LotFactsForm {
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
        assert_eq!(document.lines.len(), 32);
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
