//! `entrepot stock reserve`, and reservations in a document's JSON.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{PostDocumentRequest, Reserve};
use serde::Deserialize;

use super::document::{Number, WhichForm};
use super::verbs::{Header, WhichArgs};
use crate::cli::text::{decimal, time};
use crate::output::Failure;

/// `… reserve`
#[derive(Debug, Args)]
pub(crate) struct ReserveArgs {
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
    /// When the promise ends by itself, RFC 3339; never when absent.
    #[arg(long, value_name = "TIME")]
    expires_at: Option<String>,
    /// What it weighs when goods are short: 0 to 9, and the higher wins.
    #[arg(long, default_value_t = 0)]
    priority: u32,
    /// Whose it is: a customer or a device.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    holder: String,
    /// Through which channel it is made.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

impl ReserveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, priority, holder, channel, .. } = self;
        let reserve = Reserve {
            sku,
            location,
            quantity: decimal(&quantity),
            unit,
            goods: self.which.goods(),
            expires_at: self.expires_at.as_deref().map(time).transpose()?,
            priority,
            holder,
            channel,
        };
        self.header.post(Action::Reserve(reserve))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReserveForm {
    sku: String,
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
}

impl ReserveForm {
    pub(super) fn wire(self) -> Result<Reserve, Failure> {
        let Self { sku, location, unit, priority, holder, channel, .. } = self;
        Ok(Reserve {
            sku,
            location,
            quantity: self.quantity.wire(),
            unit,
            goods: self.goods.map(WhichForm::wire),
            expires_at: self.expires_at.as_deref().map(time).transpose()?,
            priority,
            holder,
            channel,
        })
    }
}
