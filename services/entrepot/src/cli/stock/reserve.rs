//! `entrepot stock reserve` and `issue`, and both in a document's JSON.

use clap::{Args, ValueEnum};
use prost_types::Timestamp;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Issue, PickRule, PostDocumentRequest, Reserve};
use serde::Deserialize;

use super::document::{Number, WhichForm};
use super::verbs::{Header, PromisedArgs, WhichArgs};
use crate::cli::text::{decimal, time};
use crate::output::Failure;

/// Which goods are taken first.
#[derive(Debug, Clone, Copy, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum Pick {
    /// The first to expire.
    #[default]
    Fefo,
    /// The first received.
    Fifo,
    /// The last received.
    Lifo,
    /// In the order of location codes.
    ShortestPath,
    /// Full pallets, then positions that are taken whole.
    FullFirst,
}

/// How goods are chosen.
#[derive(Debug, Args)]
pub(crate) struct ChoiceArgs {
    /// Through which channel.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    /// Which goods are taken where there is a choice.
    #[arg(long, value_enum, default_value_t)]
    pick: Pick,
    /// Pass over lots that expire before this day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    min_expiry: String,
    /// When they are needed, YYYY-MM-DD; today when absent. The customer's shelf life counts from then.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    needed_on: String,
    /// Take the safety buffer too.
    #[arg(long)]
    use_buffer: bool,
}

/// `… reserve`
#[derive(Debug, Args)]
pub(crate) struct ReserveArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location; anywhere when absent.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    location: String,
    /// How much, greater than zero.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// When the promise ends by itself, RFC 3339; never when absent.
    #[arg(long, value_name = "TIME")]
    expires_at: Option<String>,
    /// What it weighs when goods are short: 0 to 9, and the higher wins.
    #[arg(long, default_value_t = 0)]
    priority: u32,
    /// Whose they are to be: a customer or a device.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    holder: String,
    /// Promise what there is, if it is less.
    #[arg(long)]
    allow_partial: bool,
    /// Let promises of a lower priority make room.
    #[arg(long)]
    reallocate: bool,
    #[command(flatten)]
    choice: ChoiceArgs,
    #[command(flatten)]
    which: PromisedArgs,
    #[command(flatten)]
    header: Header,
}

/// `… issue`
#[derive(Debug, Args)]
pub(crate) struct IssueArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// How much, greater than zero.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// The customer; its rules hold.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    partner: String,
    #[command(flatten)]
    choice: ChoiceArgs,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

impl Pick {
    const fn wire(self) -> i32 {
        let rule = match self {
            Self::Fefo => PickRule::Unspecified,
            Self::Fifo => PickRule::Fifo,
            Self::Lifo => PickRule::Lifo,
            Self::ShortestPath => PickRule::ShortestPath,
            Self::FullFirst => PickRule::FullFirst,
        };
        rule as i32
    }
}

fn ends(expires_at: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    expires_at.map(time).transpose().map_err(|failure| failure.at("expires_at"))
}

impl ReserveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, priority, holder, allow_partial, reallocate, .. } = self;
        let ChoiceArgs { channel, pick, min_expiry, needed_on, use_buffer } = self.choice;
        let reserve = Reserve {
            sku,
            location,
            quantity: decimal(&quantity),
            unit,
            goods: self.which.goods(),
            expires_at: ends(self.expires_at.as_deref())?,
            priority,
            holder,
            channel,
            pick: pick.wire(),
            min_expiry,
            needed_on,
            use_buffer,
            allow_partial,
            reallocate,
            expectation: String::new(),
        };
        self.header.post(Action::Reserve(reserve))
    }
}

impl IssueArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, partner, .. } = self;
        let ChoiceArgs { channel, pick, min_expiry, needed_on, use_buffer } = self.choice;
        let issue = Issue {
            sku,
            location,
            quantity: decimal(&quantity),
            unit,
            goods: self.which.goods(),
            channel,
            partner,
            pick: pick.wire(),
            min_expiry,
            needed_on,
            use_buffer,
            expectation: String::new(),
        };
        self.header.post(Action::Issue(issue))
    }
}

/// As [`ReserveArgs`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReserveForm {
    sku: String,
    #[serde(default)]
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    expires_at: Option<String>,
    #[serde(default)]
    priority: u32,
    #[serde(default)]
    holder: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    pick: Pick,
    #[serde(default)]
    min_expiry: String,
    #[serde(default)]
    needed_on: String,
    #[serde(default)]
    use_buffer: bool,
    #[serde(default)]
    allow_partial: bool,
    #[serde(default)]
    reallocate: bool,
    #[serde(default)]
    expectation: String,
}

/// As [`IssueArgs`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssueForm {
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    pick: Pick,
    #[serde(default)]
    min_expiry: String,
    #[serde(default)]
    needed_on: String,
    #[serde(default)]
    use_buffer: bool,
    #[serde(default)]
    expectation: String,
}

impl ReserveForm {
    pub(super) fn wire(self) -> Result<Reserve, Failure> {
        let Self { sku, location, unit, priority, holder, channel, min_expiry, needed_on, .. } = self;
        Ok(Reserve {
            sku,
            location,
            quantity: self.quantity.wire(),
            unit,
            goods: self.goods.map(WhichForm::wire),
            expires_at: ends(self.expires_at.as_deref())?,
            priority,
            holder,
            channel,
            pick: self.pick.wire(),
            min_expiry,
            needed_on,
            use_buffer: self.use_buffer,
            allow_partial: self.allow_partial,
            reallocate: self.reallocate,
            expectation: self.expectation,
        })
    }
}

impl IssueForm {
    pub(super) fn wire(self) -> Issue {
        let Self { sku, location, unit, partner, channel, min_expiry, needed_on, use_buffer, .. } = self;
        Issue {
            sku,
            location,
            quantity: self.quantity.wire(),
            unit,
            goods: self.goods.map(WhichForm::wire),
            channel,
            partner,
            pick: self.pick.wire(),
            min_expiry,
            needed_on,
            use_buffer,
            expectation: self.expectation,
        }
    }
}
