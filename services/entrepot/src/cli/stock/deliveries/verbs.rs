//! Documents of one line about a delivery, from flags.

use clap::{Args, ValueEnum};
use proto::events::v1 as events;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::tolerance::Tolerance as Wire;
use proto::stock::v1::{
    AnnounceDelivery, CancelDelivery, CloseDelivery, DeclareDiscrepancy, DeliveryLine, PostDocumentRequest,
    ReceiveUnit, Tolerance,
};
use serde::Deserialize;

use crate::cli::stock::verbs::Header;
use crate::cli::text::decimal;
use crate::output::Failure;

/// Where a delivery comes from.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// From a supplier.
    Purchase,
    /// From another warehouse.
    Transfer,
    /// Out of production.
    Production,
    /// Back from a customer.
    Return,
}

/// Who answers for what is wrong.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answerable {
    /// Who sent the goods.
    Supplier,
    /// Who carried them.
    Carrier,
    /// The warehouse that takes them in.
    Warehouse,
}

/// What is wrong with goods that came.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wrong {
    /// They came broken.
    Damaged,
    /// They are not what they should be.
    Wrong,
}

/// `… delivery announce`
#[derive(Debug, Args)]
pub(crate) struct AnnounceArgs {
    /// Its own key, for example PO-17. Of one that is open this says what it is now.
    delivery: String,
    /// Where it comes from.
    #[arg(long, value_enum, default_value = "purchase")]
    source: Source,
    /// The supplier, or the customer of a return.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    partner: String,
    /// Who carries it.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    carrier: String,
    /// The day in the warehouse's local calendar on which it should come, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    due: String,
    /// It may bring what it does not announce.
    #[arg(long)]
    takes_unannounced: bool,
    /// An item and how much of it; give one a line. Lines are numbered from 1 in this order.
    #[arg(long = "line", num_args = 2, value_names = ["SKU", "QUANTITY"])]
    lines: Vec<String>,
    /// Unit of the quantities; the base units when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// How much more may come of each line: a quantity in its unit, or a part such as 10%.
    #[arg(long, value_name = "TOLERANCE")]
    over: Option<String>,
    /// How much less may come of each line without anybody answering for it, written as --over.
    #[arg(long, value_name = "TOLERANCE")]
    under: Option<String>,
    /// The goods wait for an inspection with this acceptance quality limit in percent (ISO 2859-1), for example 1.0.
    #[arg(long, value_name = "PERCENT", default_value = "", hide_default_value = true)]
    aql: String,
    #[command(flatten)]
    header: Header,
}

/// `… delivery unit`
#[derive(Debug, Args)]
pub(crate) struct UnitArgs {
    /// The delivery's key.
    delivery: String,
    /// The unit's SSCC.
    sscc: String,
    /// Where it is put.
    #[arg(long, short)]
    location: String,
    #[command(flatten)]
    header: Header,
}

/// `… delivery declare`
#[derive(Debug, Args)]
pub(crate) struct DeclareArgs {
    /// The delivery's key.
    delivery: String,
    /// Number of the line.
    #[arg(long = "delivery-line", value_name = "N")]
    number: u32,
    /// What is wrong.
    #[arg(long, value_enum)]
    kind: Wrong,
    /// How much, in the base unit.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Who answers for it.
    #[arg(long, value_enum)]
    answerable: Answerable,
    /// In your words.
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    #[command(flatten)]
    header: Header,
}

/// `… delivery close`
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    /// The delivery's key.
    delivery: String,
    /// Who answers for what is missing or too much by more than it may.
    #[arg(long, value_enum)]
    answerable: Option<Answerable>,
    /// In your words.
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    #[command(flatten)]
    header: Header,
}

/// `… delivery cancel`
#[derive(Debug, Args)]
pub(crate) struct CancelArgs {
    /// The delivery's key.
    delivery: String,
    #[command(flatten)]
    header: Header,
}

impl Source {
    pub(super) const fn wire(self) -> i32 {
        let source = match self {
            Self::Purchase => events::DeliverySource::Purchase,
            Self::Transfer => events::DeliverySource::Transfer,
            Self::Production => events::DeliverySource::Production,
            Self::Return => events::DeliverySource::Return,
        };
        source as i32
    }
}

impl Answerable {
    pub(in crate::cli::stock) const fn wire(self) -> i32 {
        let answerable = match self {
            Self::Supplier => events::Answerable::Supplier,
            Self::Carrier => events::Answerable::Carrier,
            Self::Warehouse => events::Answerable::Warehouse,
        };
        answerable as i32
    }
}

impl Wrong {
    pub(super) const fn wire(self) -> i32 {
        let kind = match self {
            Self::Damaged => events::DiscrepancyKind::Damaged,
            Self::Wrong => events::DiscrepancyKind::Wrong,
        };
        kind as i32
    }
}

/// `10%`, or a quantity.
pub(in crate::cli::stock) fn tolerance(text: &str) -> Tolerance {
    let tolerance = match text.strip_suffix('%') {
        Some(percent) => decimal(percent).map(Wire::Percent),
        None => decimal(text).map(Wire::Quantity),
    };
    Tolerance { tolerance }
}

impl AnnounceArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, source, partner, carrier, due, takes_unannounced, unit, aql, header, .. } = self;
        let (over, under) = (self.over.as_deref().map(tolerance), self.under.as_deref().map(tolerance));
        let line = |(number, words): (u32, &[String])| {
            let [sku, quantity] = words else { return None };
            Some(DeliveryLine {
                number,
                sku: sku.clone(),
                quantity: decimal(quantity),
                unit: unit.clone(),
                over: over.clone(),
                under: under.clone(),
                aql: aql.clone(),
            })
        };
        let lines = (1_u32..).zip(self.lines.chunks(2)).filter_map(line).collect();
        let source = source.wire();
        header.post(Action::AnnounceDelivery(AnnounceDelivery {
            delivery,
            source,
            partner,
            carrier,
            due,
            takes_unannounced,
            lines,
            units: Vec::new(),
        }))
    }
}

impl UnitArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, sscc: handling_unit, location, header } = self;
        header.post(Action::ReceiveUnit(ReceiveUnit { delivery, handling_unit, location }))
    }
}

impl DeclareArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, number, kind, quantity, answerable, note, header } = self;
        let (kind, quantity, answerable) = (kind.wire(), decimal(&quantity), answerable.wire());
        let declare = DeclareDiscrepancy { delivery, number, kind, quantity, answerable, note };
        header.post(Action::DeclareDiscrepancy(declare))
    }
}

impl CloseArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, answerable, note, header } = self;
        let answerable = answerable.map_or(0, Answerable::wire);
        header.post(Action::CloseDelivery(CloseDelivery { delivery, answerable, note }))
    }
}

impl CancelArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        self.header.post(Action::CancelDelivery(CancelDelivery { delivery: self.delivery }))
    }
}
