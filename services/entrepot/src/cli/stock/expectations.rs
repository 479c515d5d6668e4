//! `entrepot stock expect` and `expectations`, and what is expected in a document's JSON.

use clap::{Args, ValueEnum};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CancelExpectation, Expect, Expectation, ExpectationDirection, ListExpectationsRequest,
    PostDocumentRequest, SupplyKind,
};
use serde::{Deserialize, Serialize};

use super::document::Number;
use super::verbs::Header;
use crate::cli::Context;
use crate::cli::text::{decimal, number, short_name};
use crate::client::pages;
use crate::output::{Failure, View};

/// Whether goods will come or go.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    /// They will come.
    Supply,
    /// They will go.
    Demand,
}

/// Where supply will come from.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Supply {
    /// From a supplier.
    Purchase,
    /// From another warehouse.
    Transfer,
    /// Out of production.
    Production,
    /// Back from a customer.
    Return,
}

/// `… expect`
#[derive(Debug, Args)]
pub(crate) struct ExpectArgs {
    /// Its own key, for example PO-17/3. Of one that is open this says what it is now; its item and its direction stay.
    expectation: String,
    /// Nothing more of it is expected.
    #[arg(long, conflicts_with_all = ["supply", "demand", "sku", "quantity", "day"])]
    cancel: bool,
    /// Goods will come: from where.
    #[arg(long, value_enum, value_name = "KIND", required_unless_present_any = ["cancel", "demand"])]
    supply: Option<Supply>,
    /// Goods will go.
    #[arg(long, conflicts_with = "supply")]
    demand: bool,
    /// A transfer has left the other warehouse, and is in transit.
    #[arg(long, requires = "supply")]
    dispatched: bool,
    /// The item.
    #[arg(long, short, default_value = "", hide_default_value = true, required_unless_present = "cancel")]
    sku: String,
    /// How much in all, what is met already included; 0 closes it.
    #[arg(long, short, allow_hyphen_values = true, required_unless_present = "cancel")]
    quantity: Option<String>,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// The day in the warehouse's local calendar, YYYY-MM-DD.
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true,
        required_unless_present = "cancel"
    )]
    day: String,
    /// The supplier or the customer.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    partner: String,
    /// Through which channel.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    #[command(flatten)]
    header: Header,
}

/// `… expectations`
#[derive(Debug, Args)]
pub(crate) struct ExpectationsArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Only of this item.
    #[arg(long, short)]
    sku: Option<String>,
    /// Only supply, or only demand.
    #[arg(long, value_enum)]
    direction: Option<Direction>,
    /// Only of this day and later ones, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only of this day and earlier ones, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Comparisons joined by AND, for example `supply_kind = "transfer" AND partner = "ACME"`; also `channel` and `expectation`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// As [`ExpectArgs`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectForm {
    expectation: String,
    direction: Direction,
    supply_kind: Option<Supply>,
    #[serde(default)]
    dispatched: bool,
    sku: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    day: String,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    channel: String,
}

/// What is not expected any more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelForm {
    expectation: String,
}

/// What is expected, in a listing.
#[derive(Debug, Serialize)]
struct ExpectationView {
    expectation: String,
    direction: String,
    supply_kind: String,
    dispatched: bool,
    sku: String,
    day: String,
    expected: String,
    met: String,
    open: String,
    partner: String,
    channel: String,
    as_of_sequence: u64,
}

impl View for ExpectationView {
    const COLUMNS: &'static [&'static str] = &[
        "expectation",
        "direction",
        "supply_kind",
        "dispatched",
        "sku",
        "day",
        "expected",
        "met",
        "open",
        "partner",
        "channel",
        "as_of_sequence",
    ];
}

impl Direction {
    const fn wire(self) -> i32 {
        match self {
            Self::Supply => ExpectationDirection::Supply as i32,
            Self::Demand => ExpectationDirection::Demand as i32,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::Demand => "demand",
        }
    }
}

impl Supply {
    const fn wire(self) -> i32 {
        let kind = match self {
            Self::Purchase => SupplyKind::Purchase,
            Self::Transfer => SupplyKind::Transfer,
            Self::Production => SupplyKind::Production,
            Self::Return => SupplyKind::Return,
        };
        kind as i32
    }
}

impl ExpectArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { expectation, dispatched, sku, unit, day, partner, channel, header, .. } = self;
        if self.cancel {
            return header.post(Action::CancelExpectation(CancelExpectation { expectation }));
        }
        let direction = if self.demand { Direction::Demand } else { Direction::Supply }.wire();
        let supply_kind = self.supply.map_or(0, Supply::wire);
        let quantity = self.quantity.as_deref().and_then(decimal);
        header.post(Action::Expect(Expect {
            expectation,
            direction,
            supply_kind,
            dispatched,
            sku,
            quantity,
            unit,
            day,
            partner,
            channel,
        }))
    }
}

impl ExpectForm {
    pub(super) fn wire(self) -> Expect {
        let Self { expectation, dispatched, sku, unit, day, partner, channel, .. } = self;
        Expect {
            expectation,
            direction: self.direction.wire(),
            supply_kind: self.supply_kind.map_or(0, Supply::wire),
            dispatched,
            sku,
            quantity: self.quantity.wire(),
            unit,
            day,
            partner,
            channel,
        }
    }
}

impl CancelForm {
    pub(super) fn wire(self) -> CancelExpectation {
        CancelExpectation { expectation: self.expectation }
    }
}

impl ExpectationsArgs {
    fn filter(&self) -> String {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let term = |name: &str, text: &str| format!("{name} \"{}\"", quoted(text));
        let terms = [
            self.sku.as_deref().map(|sku| term("sku =", sku)),
            self.direction.map(|direction| term("direction =", direction.as_str())),
            self.from.as_deref().map(|day| term("day >=", day)),
            self.to.as_deref().map(|day| term("day <=", day)),
            Some(self.filter.clone()).filter(|filter| !filter.trim().is_empty()),
        ];
        terms.into_iter().flatten().collect::<Vec<_>>().join(" AND ")
    }
}

pub(super) async fn list(args: ExpectationsArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let filter = args.filter();
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListExpectationsRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_expectations(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.expectations.into_iter().map(|row| ExpectationView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

impl ExpectationView {
    fn new(row: Expectation, as_of_sequence: u64) -> Self {
        let direction = short_name(row.direction().as_str_name(), "EXPECTATION_DIRECTION").to_lowercase();
        let supply_kind = short_name(row.supply_kind().as_str_name(), "SUPPLY_KIND").to_lowercase();
        let supply_kind =
            if row.supply_kind() == SupplyKind::Unspecified { String::new() } else { supply_kind };
        let Expectation { expectation, dispatched, sku, day, expected, met, open, partner, channel, .. } =
            row;
        let (expected, met, open) = (number(expected), number(met), number(open));
        Self {
            expectation,
            direction,
            supply_kind,
            dispatched,
            sku,
            day,
            expected,
            met,
            open,
            partner,
            channel,
            as_of_sequence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_becomes_one_filter() {
        let none = ExpectationsArgs {
            warehouse: "BER".to_owned(),
            sku: None,
            direction: None,
            from: None,
            to: None,
            filter: String::new(),
            limit: None,
            as_of: 0,
        };
        assert_eq!(none.filter(), "");
        let all = ExpectationsArgs {
            sku: Some("7\" screw".to_owned()),
            direction: Some(Direction::Supply),
            from: Some("2026-03-01".to_owned()),
            to: Some("2026-03-31".to_owned()),
            filter: "partner = \"ACME\"".to_owned(),
            ..none
        };
        assert_eq!(
            all.filter(),
            r#"sku = "7\" screw" AND direction = "supply" AND day >= "2026-03-01" AND day <= "2026-03-31" AND partner = "ACME""#
        );
    }
}
