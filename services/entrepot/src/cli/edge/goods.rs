//! Flags that several verbs share.

use clap::Args;
use edge_core::{Spot, Stamp};
use rpc::clock;
use vocabulary::{LocationCode, LotCode, Quantity, RequestId, Sku};

use crate::client::request_id_or_new;
use crate::output::Failure;

/// Flags of everything that is recorded.
#[derive(Debug, Args)]
pub(super) struct Header {
    /// UUID of the operation; the same id is recorded once, however often the command runs. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// Your own reference, for example an order number; at most 40 characters.
    #[arg(long, default_value = "", hide_default_value = true)]
    reference: String,
}

/// An item, a place, and the lot where it matters.
#[derive(Debug, Args)]
pub(super) struct SpotArgs {
    /// The item.
    #[arg(long, short)]
    pub(super) sku: String,
    /// The location.
    #[arg(long, short)]
    pub(super) location: String,
    /// The lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) lot: String,
    /// How much, in the base unit, greater than zero.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
}

impl Header {
    /// With the time of this device.
    pub(super) fn stamp(self) -> Result<Stamp, Failure> {
        let request_id = RequestId::parse(&request_id_or_new(self.request_id.as_deref()))?;
        Ok(Stamp { request_id, at: clock::now(), reference: self.reference })
    }
}

impl SpotArgs {
    pub(super) fn spot(&self) -> Result<Spot, Failure> {
        let lot = (!self.lot.is_empty()).then(|| LotCode::parse(&self.lot)).transpose()?;
        Ok(Spot { sku: Sku::parse(&self.sku)?, location: LocationCode::parse(&self.location)?, lot })
    }

    pub(super) fn quantity(&self) -> Result<Quantity, Failure> {
        Ok(Quantity::parse(&self.quantity)?)
    }
}
