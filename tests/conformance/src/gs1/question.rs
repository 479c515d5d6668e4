use gs1::{Checks, ReferenceYear, Rules};
use serde_json::Value;

use crate::case::Case;
use crate::verdict::Verdict;

/// The year in which a case without one reads its dates: that of the dictionary's release.
const REFERENCE_YEAR: u16 = 2026;

/// Options that some kind knows.
const OPTIONS: &[&str] = &["gcp_length", "permit_zero_suppressed_gtin", "reference_year", "stem"];

/// The text to be read.
pub(super) fn input(case: &Case) -> Result<&str, Verdict> {
    case.text("input").ok_or_else(|| Verdict::malformed("it has no input"))
}

/// How it is to be read.
pub(super) fn rules(case: &Case) -> Result<Rules, Verdict> {
    let options = case.fields.get("options").and_then(Value::as_object).into_iter().flatten();
    if let Some((option, _)) = options.into_iter().find(|(option, _)| !OPTIONS.contains(&option.as_str())) {
        return Err(Verdict::unsupported(format!("option {option}")));
    }
    let year = match option(case, "reference_year") {
        Some(year) => year.as_u64().and_then(|year| u16::try_from(year).ok()),
        None => Some(REFERENCE_YEAR),
    };
    let reference_year = year.and_then(|year| ReferenceYear::parse(year).ok());
    let reference_year = reference_year.ok_or_else(|| Verdict::malformed("its reference year is none"))?;
    Ok(Rules { checks: checks(case)?, reference_year })
}

/// One of its options.
pub(super) fn option<'a>(case: &'a Case, name: &str) -> Option<&'a Value> {
    case.fields.get("options")?.get(name)
}

/// The layers that the verdict uses. Syntax and content, where the case does not say.
fn checks(case: &Case) -> Result<Checks, Verdict> {
    let Some(names) = case.fields.get("checks").and_then(Value::as_array) else { return Ok(Checks::CONTENT) };
    names.iter().try_fold(Checks::SYNTAX, |checks, name| match name.as_str() {
        Some("syntax") => Ok(checks),
        Some("content") => Ok(checks.and(Checks::CONTENT)),
        Some("association") => Ok(checks.and(Checks::ASSOCIATION)),
        _ => Err(Verdict::unsupported(format!("check {name}"))),
    })
}
