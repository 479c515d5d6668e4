//! What becomes of goods of a delivery for good.

use clap::{Args, ValueEnum};
use proto::events::v1 as events;
use proto::stock::v1::{DisposeGoods, PostDocumentRequest};
use serde::Deserialize;

use crate::cli::stock::document::{Number, WhichForm};
use crate::cli::stock::verbs::GoodsArgs;
use crate::output::Failure;

/// What becomes of them.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Disposition {
    /// They are available again. Of a customer's return.
    Restock,
    /// Something is done with them first. Of a customer's return.
    Refurbish,
    /// They are thrown away. Of a customer's return, or of a purchase.
    Scrap,
    /// They go back to their supplier. Of a purchase.
    #[value(skip)]
    ReturnToSupplier,
}

/// `… delivery dispose`
#[derive(Debug, Args)]
pub(crate) struct DisposeArgs {
    /// The delivery's key.
    delivery: String,
    /// Number of the line.
    #[arg(long = "delivery-line", value_name = "N")]
    number: u32,
    /// What becomes of the goods.
    #[arg(long = "as", value_enum, value_name = "DISPOSITION")]
    disposition: Disposition,
    /// Why, in your words.
    #[arg(long)]
    reason: String,
    /// What goods to be refurbished become; `quality_hold` when absent.
    #[arg(long, value_name = "STATUS", default_value = "", hide_default_value = true)]
    to: String,
    #[command(flatten)]
    goods: GoodsArgs,
}

/// `… delivery return-to-supplier`
#[derive(Debug, Args)]
pub(crate) struct SupplierReturnArgs {
    /// The delivery's key.
    delivery: String,
    /// Number of the line.
    #[arg(long = "delivery-line", value_name = "N")]
    number: u32,
    /// Why, in your words.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    goods: GoodsArgs,
}

/// The same as JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct DisposeForm {
    delivery: String,
    number: u32,
    sku: String,
    location: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
    disposition: Disposition,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    to_status: String,
}

impl Disposition {
    const fn wire(self) -> i32 {
        let disposition = match self {
            Self::Restock => events::Disposition::Restock,
            Self::Refurbish => events::Disposition::Refurbish,
            Self::Scrap => events::Disposition::Scrap,
            Self::ReturnToSupplier => events::Disposition::ReturnToSupplier,
        };
        disposition as i32
    }
}

impl DisposeArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, number, disposition, reason, to: to_status, goods } = self;
        let disposition = disposition.wire();
        let blank =
            DisposeGoods { delivery, number, disposition, reason, to_status, ..DisposeGoods::default() };
        goods.dispose(blank)
    }
}

impl SupplierReturnArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, number, reason, goods } = self;
        let disposition = Disposition::ReturnToSupplier.wire();
        goods.dispose(DisposeGoods { delivery, number, disposition, reason, ..DisposeGoods::default() })
    }
}

impl DisposeForm {
    pub(in crate::cli::stock) fn wire(self) -> DisposeGoods {
        DisposeGoods {
            delivery: self.delivery,
            number: self.number,
            sku: self.sku,
            location: self.location,
            quantity: self.quantity.wire(),
            unit: self.unit,
            goods: self.goods.map(WhichForm::wire),
            disposition: self.disposition.wire(),
            reason: self.reason,
            to_status: self.to_status,
        }
    }
}
