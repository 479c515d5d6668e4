use catalog_core::{UnitText, read_catch_weight};
use clap::Args;
use proto::catalog::v1::{CatchWeight, CheckDigitScheme, LocationKind, NegativeStockPolicy, Tracking};

use crate::client::request_id_or_new;

/// Flags of every change.
#[derive(Debug, Args)]
pub(crate) struct Change {
    /// UUID of the request; the same id has one effect, however often it is sent. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// Only check: answer as if it were done, and change nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

impl Change {
    pub(super) fn request_id(&self) -> String {
        request_id_or_new(self.request_id.as_deref())
    }
}

/// Flags of every list.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Comparisons joined by AND, for example `state = ACTIVE AND name : "Oak*"`.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

/// The version a change expects.
#[derive(Debug, Args)]
pub(crate) struct Expected {
    /// Refuse when the record is no longer at this etag.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) etag: String,
}

/// Reads one alternative unit.
pub(super) fn unit(text: &str) -> Result<UnitText, String> {
    UnitText::parse(text).map_err(|error| error.to_string())
}

/// How an item is weighed, or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighing(pub(super) Option<CatchWeight>);

/// Reads how an item is weighed.
pub(super) fn weighing(text: &str) -> Result<Weighing, String> {
    read_catch_weight(text).map(Weighing).map_err(ToOwned::to_owned)
}

/// `none`, `lot` or `serial`.
pub(super) fn tracking(text: &str) -> Result<Tracking, String> {
    named(text, "TRACKING", "none, lot, serial", Tracking::from_str_name)
}

/// `forbid` or `allow`.
pub(super) fn negative_stock(text: &str) -> Result<NegativeStockPolicy, String> {
    named(text, "NEGATIVE_STOCK_POLICY", "forbid, allow", NegativeStockPolicy::from_str_name)
}

/// `dock`, `storage`, `pick` or `quality`.
pub(super) fn location_kind(text: &str) -> Result<LocationKind, String> {
    named(text, "LOCATION_KIND", "dock, storage, pick, quality", LocationKind::from_str_name)
}

/// `none`, `gs1-mod10` or `luhn`.
pub(super) fn check_digit(text: &str) -> Result<CheckDigitScheme, String> {
    let text = if text.eq_ignore_ascii_case("none") { "unspecified" } else { text };
    named(text, "CHECK_DIGIT_SCHEME", "none, gs1-mod10, luhn", CheckDigitScheme::from_str_name)
}

fn named<T>(text: &str, prefix: &str, allowed: &str, read: fn(&str) -> Option<T>) -> Result<T, String> {
    let name = format!("{prefix}_{}", text.to_uppercase().replace('-', "_"));
    read(&name).ok_or_else(|| format!("use one of: {allowed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(tracking("Lot"), Ok(Tracking::Lot));
        assert_eq!(check_digit("gs1-mod10"), Ok(CheckDigitScheme::Gs1Mod10));
        assert_eq!(check_digit("none"), Ok(CheckDigitScheme::Unspecified));
        assert_eq!(location_kind("shelf"), Err("use one of: dock, storage, pick, quality".to_owned()));
    }
}
