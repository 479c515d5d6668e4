use clap::Args;
use proto::catalog::v1::{CheckDigitScheme, LocationKind, NegativeStockPolicy, Tracking, UnitConversion};

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

/// Reads `CODE=FACTOR` or `CODE=NUMERATOR/DENOMINATOR`, and `:DECIMALS` after it: `CASE=12`, `LB=45359237/100000000:3`.
pub(super) fn unit(text: &str) -> Result<UnitConversion, String> {
    let explain = || format!("\"{text}\" is not CODE=FACTOR[/DIVISOR][:DECIMALS], for example CASE=12");
    let (code, factor) = text.split_once('=').ok_or_else(explain)?;
    let (factor, decimals) = factor.split_once(':').unwrap_or((factor, "0"));
    let (numerator, denominator) = factor.split_once('/').unwrap_or((factor, "1"));
    Ok(UnitConversion {
        unit: code.to_owned(),
        numerator: numerator.parse().map_err(|_| explain())?,
        denominator: denominator.parse().map_err(|_| explain())?,
        decimals: decimals.parse().map_err(|_| explain())?,
    })
}

/// Writes what [`unit`] reads.
pub(super) fn unit_text(unit: &UnitConversion) -> String {
    let divisor = if unit.denominator == 1 { String::new() } else { format!("/{}", unit.denominator) };
    let decimals = if unit.decimals == 0 { String::new() } else { format!(":{}", unit.decimals) };
    format!("{}={}{divisor}{decimals}", unit.unit, unit.numerator)
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
    fn units_round_trip() {
        for text in ["CASE=12", "LB=45359237/100000000:3", "M=1:2"] {
            assert_eq!(unit_text(&unit(text).unwrap()), text);
        }
        for text in ["CASE", "CASE=", "CASE=a", "CASE=-1", "CASE=1/x", "CASE=1:x"] {
            assert!(unit(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(tracking("Lot"), Ok(Tracking::Lot));
        assert_eq!(check_digit("gs1-mod10"), Ok(CheckDigitScheme::Gs1Mod10));
        assert_eq!(check_digit("none"), Ok(CheckDigitScheme::Unspecified));
        assert_eq!(location_kind("shelf"), Err("use one of: dock, storage, pick, quality".to_owned()));
    }
}
