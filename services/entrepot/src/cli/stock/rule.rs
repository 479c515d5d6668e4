//! `entrepot stock rule …`: what a warehouse keeps back, and for whom.

use clap::{Args, Subcommand};
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::set_rule::Rule as WireRule;
use proto::stock::v1::{
    ChannelQuota, CustomerMaximum, ListRulesRequest, Minimum, PeriodicItem, PostDocumentRequest, Rule,
    SafetyBuffer, SetRule, ShelfLife, StatusCounts, StoredAs, Stores,
};
use serde::{Deserialize, Serialize};

use super::document::Number;
use super::post;
use super::verbs::Header;
use crate::cli::Context;
use crate::cli::text::{decimal, number};
use crate::client::pages;
use crate::output::{Failure, View};

/// `entrepot stock rule …`
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Set a rule, or take it away.
    #[command(subcommand)]
    Set(SetCommand),
    /// The rules that hold.
    List(ListArgs),
}

/// `entrepot stock rule set …`
#[derive(Debug, Subcommand)]
pub(crate) enum SetCommand {
    /// A quantity of an item is kept for a channel.
    Quota(QuotaArgs),
    /// A quantity of an item that nobody gets who does not say so.
    Buffer(BufferArgs),
    /// The most of an item that a customer may hold in open promises at once.
    Maximum(MaximumArgs),
    /// The least of an item that should be available: below it an alert is raised, and nothing refused.
    Minimum(BufferArgs),
    /// How many days lots must still last for a customer.
    ShelfLife(ShelfLifeArgs),
    /// Whether goods of a status count as available.
    Status(StatusArgs),
    /// Whether the usage of an item is found by counts only: nothing of it is issued, used up or promised in between.
    Periodic(PeriodicArgs),
    /// How an item is stored, for suggestions where to put it; without any value the rule is taken away.
    StoredAs(StoredAsArgs),
    /// What a location takes, for suggestions what to put there; without any value the rule is taken away.
    Stores(StoresArgs),
}

/// `… rule set quota`
#[derive(Debug, Args)]
pub(crate) struct QuotaArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The channel.
    #[arg(long)]
    channel: String,
    /// How much, in the base unit; `none` takes the rule away.
    #[arg(long, short)]
    quantity: String,
    #[command(flatten)]
    header: Header,
}

/// `… rule set buffer`, `… rule set minimum`
#[derive(Debug, Args)]
pub(crate) struct BufferArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// How much, in the base unit; `none` takes the rule away.
    #[arg(long, short)]
    quantity: String,
    #[command(flatten)]
    header: Header,
}

/// `… rule set maximum`
#[derive(Debug, Args)]
pub(crate) struct MaximumArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The customer; everybody without a maximum of their own when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    holder: String,
    /// How much, in the base unit; `none` takes the rule away.
    #[arg(long, short)]
    quantity: String,
    #[command(flatten)]
    header: Header,
}

/// `… rule set shelf-life`
#[derive(Debug, Args)]
pub(crate) struct ShelfLifeArgs {
    /// The customer.
    #[arg(long)]
    holder: String,
    /// Days; 0 takes the rule away.
    #[arg(long)]
    days: u32,
    #[command(flatten)]
    header: Header,
}

/// `… rule set status`
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// The status: inspection, quality_hold, damaged or returned.
    #[arg(long)]
    status: String,
    /// Whether its goods count as available.
    #[arg(long, action = clap::ArgAction::Set)]
    counts: bool,
    #[command(flatten)]
    header: Header,
}

/// `… rule set periodic`
#[derive(Debug, Args)]
pub(crate) struct PeriodicArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// Whether its usage is found by counts.
    #[arg(long, action = clap::ArgAction::Set)]
    periodic: bool,
    #[command(flatten)]
    header: Header,
}

/// `… rule set stored-as`
#[derive(Debug, Args)]
pub(crate) struct StoredAsArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location that is its own.
    #[arg(long, value_name = "LOCATION", default_value = "", hide_default_value = true)]
    fixed: String,
    /// How often it moves: A, B or C.
    #[arg(long, default_value = "", hide_default_value = true)]
    class: String,
    /// What is dangerous about it: flammable, oxidizing, acid, alkaline, toxic, gas or water_reactive.
    #[arg(long, default_value = "", hide_default_value = true)]
    hazard: String,
    #[command(flatten)]
    header: Header,
}

/// `… rule set stores`
#[derive(Debug, Args)]
pub(crate) struct StoresArgs {
    /// The location.
    #[arg(long, short)]
    location: String,
    /// Items of which class: A, B or C.
    #[arg(long, default_value = "", hide_default_value = true)]
    class: String,
    /// The most that may lie there, in base units.
    #[arg(long, value_name = "QUANTITY")]
    max: Option<String>,
    #[command(flatten)]
    header: Header,
}

/// `… rule list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `sku = "A-100" AND kind = "channel_quota"`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) async fn run(command: RuleCommand, context: &Context) -> Result<(), Failure> {
    match command {
        RuleCommand::Set(command) => post::send(command.post()?, context).await,
        RuleCommand::List(args) => list(args, context).await,
    }
}

impl SetCommand {
    fn post(self) -> Result<PostDocumentRequest, Failure> {
        let (header, rule) = match self {
            Self::Quota(QuotaArgs { sku, channel, quantity, header }) => {
                (header, WireRule::ChannelQuota(ChannelQuota { sku, channel, quantity: kept(&quantity) }))
            }
            Self::Buffer(BufferArgs { sku, quantity, header }) => {
                (header, WireRule::SafetyBuffer(SafetyBuffer { sku, quantity: kept(&quantity) }))
            }
            Self::Minimum(BufferArgs { sku, quantity, header }) => {
                (header, WireRule::Minimum(Minimum { sku, quantity: kept(&quantity) }))
            }
            Self::Maximum(MaximumArgs { sku, holder, quantity, header }) => (
                header,
                WireRule::CustomerMaximum(CustomerMaximum { sku, holder, quantity: kept(&quantity) }),
            ),
            Self::ShelfLife(ShelfLifeArgs { holder, days, header }) => {
                (header, WireRule::ShelfLife(ShelfLife { holder, days }))
            }
            Self::Status(StatusArgs { status, counts, header }) => {
                (header, WireRule::StatusCounts(StatusCounts { status, counts }))
            }
            Self::Periodic(PeriodicArgs { sku, periodic, header }) => {
                (header, WireRule::PeriodicItem(PeriodicItem { sku, periodic }))
            }
            Self::StoredAs(StoredAsArgs { sku, fixed: fixed_location, class, hazard, header }) => {
                (header, WireRule::StoredAs(StoredAs { sku, fixed_location, class, hazard }))
            }
            Self::Stores(StoresArgs { location, class, max, header }) => {
                let units_max = max.as_deref().and_then(decimal);
                (header, WireRule::Stores(Stores { location, class, units_max }))
            }
        };
        header.post(Action::SetRule(SetRule { rule: Some(rule) }))
    }
}

fn kept(text: &str) -> Option<Decimal> {
    if text == "none" { None } else { decimal(text) }
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let (warehouse, filter) = (args.warehouse.clone(), args.filter.clone());
        let request = ListRulesRequest { warehouse, page_size, page_token, filter };
        let page = client.call(&request, async |r| client.stock().list_rules(r).await).await?;
        let views = page.rules.into_iter().filter_map(RuleView::new).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

/// A rule that holds.
#[derive(Debug, Serialize)]
struct RuleView {
    kind: &'static str,
    sku: String,
    channel: String,
    holder: String,
    /// A quantity, days, a status, or words such as `at A-01, class A, acid`.
    value: String,
    used: String,
}

impl View for RuleView {
    const COLUMNS: &'static [&'static str] = &["kind", "sku", "channel", "holder", "value", "used"];
}

impl RuleView {
    fn new(rule: Rule) -> Option<Self> {
        let used = rule.used.map_or_else(String::new, |used| used.value);
        let none = String::new;
        Some(match rule.rule?.rule? {
            WireRule::ChannelQuota(ChannelQuota { sku, channel, quantity }) => {
                Self { kind: "channel_quota", sku, channel, holder: none(), value: number(quantity), used }
            }
            WireRule::SafetyBuffer(SafetyBuffer { sku, quantity }) => {
                let value = number(quantity);
                Self { kind: "safety_buffer", sku, channel: none(), holder: none(), value, used }
            }
            WireRule::Minimum(Minimum { sku, quantity }) => {
                let value = number(quantity);
                Self { kind: "minimum", sku, channel: none(), holder: none(), value, used }
            }
            WireRule::CustomerMaximum(CustomerMaximum { sku, holder, quantity }) => {
                Self { kind: "customer_maximum", sku, channel: none(), holder, value: number(quantity), used }
            }
            WireRule::PeriodicItem(PeriodicItem { sku, .. }) => {
                Self { kind: "periodic", sku, channel: none(), holder: none(), value: none(), used }
            }
            WireRule::StoredAs(StoredAs { sku, fixed_location, class, hazard }) => {
                let value = words([("at", fixed_location), ("class", class), ("", hazard)]);
                Self { kind: "stored_as", sku, channel: none(), holder: none(), value, used }
            }
            WireRule::Stores(Stores { location, class, units_max }) => {
                let value = words([("at", location), ("class", class), ("at most", number(units_max))]);
                Self { kind: "stores", sku: none(), channel: none(), holder: none(), value, used }
            }
            WireRule::ShelfLife(ShelfLife { holder, days }) => Self {
                kind: "shelf_life",
                sku: none(),
                channel: none(),
                holder,
                value: days.to_string(),
                used,
            },
            WireRule::StatusCounts(StatusCounts { status, .. }) => Self {
                kind: "status_counts",
                sku: none(),
                channel: none(),
                holder: none(),
                value: status,
                used,
            },
        })
    }
}

/// `at A-01, class A`: what is said, each with its name.
fn words<const N: usize>(said: [(&str, String); N]) -> String {
    let said = said.into_iter().filter(|(_, value)| !value.is_empty());
    let said: Vec<_> = said.map(|(name, value)| format!("{name} {value}").trim_start().to_owned()).collect();
    said.join(", ")
}

/// A rule in a document's JSON.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RuleForm {
    ChannelQuota {
        sku: String,
        channel: String,
        quantity: Option<Number>,
    },
    SafetyBuffer {
        sku: String,
        quantity: Option<Number>,
    },
    Minimum {
        sku: String,
        quantity: Option<Number>,
    },
    CustomerMaximum {
        sku: String,
        #[serde(default)]
        holder: String,
        quantity: Option<Number>,
    },
    ShelfLife {
        holder: String,
        days: u32,
    },
    StatusCounts {
        status: String,
        counts: bool,
    },
    PeriodicItem {
        sku: String,
        periodic: bool,
    },
    StoredAs {
        sku: String,
        #[serde(default)]
        fixed_location: String,
        #[serde(default)]
        class: String,
        #[serde(default)]
        hazard: String,
    },
    Stores {
        location: String,
        #[serde(default)]
        class: String,
        units_max: Option<Number>,
    },
}

impl RuleForm {
    pub(super) fn wire(self) -> SetRule {
        let amount = |quantity: Option<Number>| quantity.as_ref().and_then(Number::wire);
        let rule = match self {
            Self::ChannelQuota { sku, channel, quantity } => {
                WireRule::ChannelQuota(ChannelQuota { sku, channel, quantity: amount(quantity) })
            }
            Self::SafetyBuffer { sku, quantity } => {
                WireRule::SafetyBuffer(SafetyBuffer { sku, quantity: amount(quantity) })
            }
            Self::Minimum { sku, quantity } => WireRule::Minimum(Minimum { sku, quantity: amount(quantity) }),
            Self::CustomerMaximum { sku, holder, quantity } => {
                WireRule::CustomerMaximum(CustomerMaximum { sku, holder, quantity: amount(quantity) })
            }
            Self::ShelfLife { holder, days } => WireRule::ShelfLife(ShelfLife { holder, days }),
            Self::StoredAs { sku, fixed_location, class, hazard } => {
                WireRule::StoredAs(StoredAs { sku, fixed_location, class, hazard })
            }
            Self::Stores { location, class, units_max } => {
                WireRule::Stores(Stores { location, class, units_max: amount(units_max) })
            }
            Self::PeriodicItem { sku, periodic } => WireRule::PeriodicItem(PeriodicItem { sku, periodic }),
            Self::StatusCounts { status, counts } => WireRule::StatusCounts(StatusCounts { status, counts }),
        };
        SetRule { rule: Some(rule) }
    }
}
