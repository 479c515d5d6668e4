use chrono::{Datelike, NaiveDate};
use gs1::ReferenceYear;
use rpc::Reason;

use crate::output::Failure;

/// The year from which centuries are told, by this machine's clock.
pub(super) fn this_year() -> Result<ReferenceYear, Failure> {
    let now = rpc::clock::rfc3339(rpc::clock::now());
    let year = now.get(..4).and_then(|year| year.parse().ok());
    let reference = year.and_then(|year| ReferenceYear::parse(year).ok());
    reference.ok_or_else(|| Failure::fault("this machine's clock shows no usable year"))
}

/// A date as labels have it, YYMMDD, of YYYY-MM-DD.
pub(super) fn six_digits(text: &str) -> Result<String, Failure> {
    six_digits_in(this_year()?, text)
}

fn six_digits_in(reference: ReferenceYear, text: &str) -> Result<String, Failure> {
    let wrong = |message: String| Failure::new(Reason::BadTime, message).at("--expires");
    let date: NaiveDate =
        text.parse().map_err(|e| wrong(format!("\"{text}\" is no date such as 2027-03-31: {e}")))?;
    let two_digits = u16::try_from(date.year().rem_euclid(100)).unwrap_or_default();
    if i32::from(reference.full(two_digits)) == date.year() {
        Ok(date.format("%y%m%d").to_string())
    } else {
        Err(wrong(format!("\"{text}\" cannot stand on a label: its year is more than 49 back or 50 ahead")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_two_digits_on_labels() {
        let in_2026 = |text| six_digits_in(ReferenceYear::parse(2026).unwrap(), text).ok();
        for (text, digits) in [
            ("2027-03-31", Some("270331")),
            ("2076-12-31", Some("761231")),
            ("2077-01-01", None),
            ("1977-01-01", Some("770101")),
            ("1976-12-31", None),
            ("2027-02-29", None),
            ("27-02-01", None),
        ] {
            assert_eq!(in_2026(text).as_deref(), digits, "{text}");
        }
    }
}
