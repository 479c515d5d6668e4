//! Which status may become which.

use thiserror::Error;
use vocabulary::StockStatus;

use StockStatus::{Available, Damaged, Expired, Inspection, QualityHold, Quarantine, Recalled, Returned};

/// A change of status that the table does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("goods that are {from} cannot become {to}: {hint}")]
pub struct IllegalTransition {
    /// What they are.
    pub from: StockStatus,
    /// What they should have become.
    pub to: StockStatus,
    hint: &'static str,
}

/// What goods of a status may become. Whatever is in doubt may be looked at and set free again; what is expired or damaged
/// never becomes available without an inspection; what was called back stays apart until somebody decides.
const fn next(from: StockStatus) -> &'static [StockStatus] {
    match from {
        Available => &[Inspection, QualityHold, Quarantine, Damaged, Expired, Recalled],
        Inspection => &[Available, QualityHold, Quarantine, Damaged, Expired, Recalled],
        QualityHold => &[Available, Inspection, Quarantine, Damaged, Expired, Recalled],
        Quarantine => &[Available, Inspection, QualityHold, Damaged, Expired, Recalled],
        Damaged => &[Inspection, Quarantine, Recalled],
        Expired => &[Inspection, Quarantine, Damaged, Recalled],
        Recalled => &[Inspection, Quarantine, Damaged, Expired],
        Returned => &[Available, Inspection, QualityHold, Quarantine, Damaged, Expired, Recalled],
    }
}

/// Whether goods may change so.
///
/// # Errors
/// [`IllegalTransition`], with both.
pub fn transition(from: StockStatus, to: StockStatus) -> Result<(), IllegalTransition> {
    if next(from).contains(&to) {
        return Ok(());
    }
    let hint = match (from == to, to) {
        (true, _) => "they are that already",
        (false, Returned) => "only a return makes goods returned",
        (false, _) => "change them to inspection first",
    };
    Err(IllegalTransition { from, to, hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        // From | what it may become, in the order of `StockStatus::ALL`.
        for (from, expected) in [
            (Available, "inspection quality_hold quarantine damaged expired recalled"),
            (Inspection, "available quality_hold quarantine damaged expired recalled"),
            (QualityHold, "available inspection quarantine damaged expired recalled"),
            (Quarantine, "available inspection quality_hold damaged expired recalled"),
            (Damaged, "inspection quarantine recalled"),
            (Expired, "inspection quarantine damaged recalled"),
            (Recalled, "inspection quarantine damaged expired"),
            (Returned, "available inspection quality_hold quarantine damaged expired recalled"),
        ] {
            let may = StockStatus::ALL.into_iter().filter(|to| transition(from, *to).is_ok());
            assert_eq!(may.map(StockStatus::as_str).collect::<Vec<_>>().join(" "), expected, "{from}");
        }
    }

    #[test]
    fn a_refusal_names_both() {
        let refusal = transition(Expired, Available).unwrap_err();
        let expected = "goods that are expired cannot become available: change them to inspection first";
        assert_eq!(refusal.to_string(), expected);
    }
}
