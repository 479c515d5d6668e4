//! What a device does that needs no grant: it is sent as it was recorded, and judged by the warehouse.

use prost::Message;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Adjust, DocumentLine, Goods, Issue, Move, Receive, Return};
use vocabulary::{Invalid, LocationCode, LotCode, PartyCode, Quantity, SerialNumber, Sku};

use crate::{Declined, Grant};

/// Bytes that a posting may have, so that one never fills the message it is sent in.
const BYTES_MAX: usize = 64 << 10;

/// A document of one line.
#[derive(Debug, Clone, PartialEq)]
pub enum Posting {
    /// Goods came in from a supplier.
    Receive(Receive),
    /// Goods went to another place.
    Move(Move),
    /// The quantity is corrected.
    Adjust(Adjust),
    /// Goods came back from a customer.
    Return(Return),
    /// Goods went out to a customer without a grant: only for a take that the warehouse refused, when a person says so.
    Issue(Issue),
}

// Messages compare by value; the floats that forbid `Eq` do not occur in them.
impl Eq for Posting {}

impl Posting {
    /// A take as goods that leave without a grant.
    pub(crate) fn issue_of(
        grant: &Grant,
        (quantity, weight): (Quantity, Option<Quantity>),
        serials: &[SerialNumber],
        partner: Option<&PartyCode>,
    ) -> Self {
        let lot = grant.spot.lot.as_ref().map(ToString::to_string).unwrap_or_default();
        let serials = serials.iter().map(ToString::to_string).collect();
        let decimal = |quantity: Quantity| Decimal { value: quantity.to_string() };
        let goods = Goods { lot, serials, weight: weight.map(decimal), ..Goods::default() };
        Self::Issue(Issue {
            sku: grant.spot.sku.to_string(),
            location: grant.spot.location.to_string(),
            quantity: Some(decimal(quantity)),
            goods: (goods != Goods::default()).then_some(goods),
            partner: partner.map(ToString::to_string).unwrap_or_default(),
            ..Issue::default()
        })
    }

    /// As it is sent.
    pub fn line(&self) -> DocumentLine {
        let action = match self.clone() {
            Self::Receive(action) => Action::Receive(action),
            Self::Move(action) => Action::Move(action),
            Self::Adjust(action) => Action::Adjust(action),
            Self::Return(action) => Action::Return(action),
            Self::Issue(action) => Action::Issue(action),
        };
        DocumentLine { action: Some(action) }
    }

    /// Reads what [`Posting::line`] made. `None` for a line that is none of these.
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else a document may say, a device does not")]
    pub fn of(line: DocumentLine) -> Option<Self> {
        match line.action? {
            Action::Receive(action) => Some(Self::Receive(action)),
            Action::Move(action) => Some(Self::Move(action)),
            Action::Adjust(action) => Some(Self::Adjust(action)),
            Action::Return(action) => Some(Self::Return(action)),
            Action::Issue(action) => Some(Self::Issue(action)),
            _ => None,
        }
    }

    /// What it is called.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Receive(_) => "receive",
            Self::Move(_) => "move",
            Self::Adjust(_) => "adjust",
            Self::Return(_) => "return",
            Self::Issue(_) => "issue",
        }
    }

    /// Refuses at once what the warehouse would refuse without looking at its stock, as far as a device can know: how codes and
    /// quantities are written.
    pub(crate) fn check(&self) -> Result<(), Declined> {
        if self.line().encoded_len() > BYTES_MAX {
            return Err(Declined::TooLarge);
        }
        match self {
            Self::Receive(Receive { sku, location, quantity, goods, partner, .. })
            | Self::Return(Return { sku, location, quantity, goods, partner, .. })
            | Self::Issue(Issue { sku, location, quantity, goods, partner, .. }) => {
                check_codes(sku, &[("location", location)], goods.as_ref())?;
                if !partner.is_empty() {
                    PartyCode::parse(partner).map_err(in_field("partner"))?;
                }
                check_positive(quantity.as_ref())
            }
            Self::Move(Move { sku, from_location, to_location, quantity, goods, .. }) => {
                let places = [("from_location", from_location), ("to_location", to_location)];
                check_codes(sku, &places, goods.as_ref())?;
                check_positive(quantity.as_ref())
            }
            Self::Adjust(Adjust { sku, location, delta, goods, .. }) => {
                check_codes(sku, &[("location", location)], goods.as_ref())?;
                let delta = number("delta", delta.as_ref())?;
                if delta.is_zero() { Err(Declined::Zero { field: "delta" }) } else { Ok(()) }
            }
        }
    }
}

fn check_codes(sku: &str, places: &[(&'static str, &String)], goods: Option<&Goods>) -> Result<(), Declined> {
    Sku::parse(sku).map_err(in_field("sku"))?;
    for (field, place) in places {
        LocationCode::parse(place).map_err(in_field(field))?;
    }
    let Some(goods) = goods else { return Ok(()) };
    if !goods.lot.is_empty() {
        LotCode::parse(&goods.lot).map_err(in_field("lot"))?;
    }
    if goods.weight.is_some() && !number("weight", goods.weight.as_ref())?.is_positive() {
        return Err(Declined::NotPositive { field: "weight" });
    }
    for serial in &goods.serials {
        SerialNumber::parse(serial).map_err(in_field("serials"))?;
    }
    Ok(())
}

fn check_positive(quantity: Option<&Decimal>) -> Result<(), Declined> {
    let quantity = number("quantity", quantity)?;
    if quantity.is_positive() { Ok(()) } else { Err(Declined::NotPositive { field: "quantity" }) }
}

fn number(field: &'static str, decimal: Option<&Decimal>) -> Result<Quantity, Declined> {
    let text = decimal.map_or("", |decimal| decimal.value.as_str());
    Quantity::parse(text).map_err(in_field(field))
}

fn in_field(field: &'static str) -> impl Fn(Invalid) -> Declined {
    move |invalid| Declined::Invalid { field, invalid }
}
