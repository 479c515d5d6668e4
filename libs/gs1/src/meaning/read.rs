use rust_decimal::Decimal;
use vocabulary::Currency;

use super::date::{Date, Time};
use crate::table::Measure;
use crate::{Ai, Element, ReferenceYear};

/// What the value of an element means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A day, and the time where the AI has one.
    Date { date: Date, time: Option<Time> },
    /// From a day to another.
    Period { first: Date, last: Date },
    /// A measure.
    Measure { amount: Decimal, measure: Measure },
    /// Money; in the currency that is said, else in the local one.
    Money { amount: Decimal, currency: Option<Currency> },
    /// A percentage.
    Percentage(Decimal),
    /// How many.
    Count(u64),
    /// The value itself.
    Text,
}

impl Meaning {
    /// What an element means. Its content has been checked; of one whose content has not, what cannot be is text.
    pub fn of(element: &Element<'_>, reference: ReferenceYear) -> Self {
        let (ai, value) = (element.ai(), element.value());
        if let Some(measure) = ai.measure() {
            return decimal(ai, value).map_or(Self::Text, |amount| Self::Measure { amount, measure });
        }
        let meaning = match ai.as_str() {
            "11" | "12" | "13" | "15" | "16" | "17" | "4324" | "4325" | "4326" | "7003" | "7006" | "7011"
            | "8008" => moment(Date::of_six_digits(value, reference), value.get(6..)),
            "7007" => period(value, reference),
            "7250" | "7251" => moment(Date::of_eight_digits(value), value.get(8..)),
            "30" | "37" => value.parse().ok().map(Self::Count),
            other => amount(other.get(..3).unwrap_or_default(), ai, value),
        };
        meaning.unwrap_or(Self::Text)
    }
}

/// Amounts are told by the first three digits of their AI.
fn amount(family: &str, ai: Ai, value: &str) -> Option<Meaning> {
    match family {
        "390" | "392" | "395" => Some(Meaning::Money { amount: decimal(ai, value)?, currency: None }),
        "391" | "393" => {
            let (currency, amount) = value.split_at_checked(3)?;
            let currency = Some(Currency::of_numeric(currency.parse().ok()?)?);
            Some(Meaning::Money { amount: decimal(ai, amount)?, currency })
        }
        "394" => Some(Meaning::Percentage(decimal(ai, value)?)),
        _ => None,
    }
}

fn moment(date: Option<Date>, time: Option<&str>) -> Option<Meaning> {
    Some(Meaning::Date { date: date?, time: time.and_then(Time::of_digits) })
}

fn period(value: &str, reference: ReferenceYear) -> Option<Meaning> {
    let first = Date::of_six_digits(value, reference)?;
    match value.get(6..).filter(|last| !last.is_empty()) {
        Some(last) => Some(Meaning::Period { first, last: Date::of_six_digits(last, reference)? }),
        None => Some(Meaning::Date { date: first, time: None }),
    }
}

/// The digits of a value; the last digit of the AI says how many of them are decimals.
fn decimal(ai: Ai, digits: &str) -> Option<Decimal> {
    let decimals = ai.as_str().chars().next_back()?.to_digit(10)?;
    Decimal::try_from_i128_with_scale(digits.parse().ok()?, decimals).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::content;

    /// `AI value | meaning`, read in 2026.
    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let (ai, value) = input.split_once(' ').unwrap();
        let element = Element::parse(ai, value, &content()).unwrap();
        let got = match Meaning::of(&element, content().reference_year) {
            Meaning::Date { date, time: None } => date.to_string(),
            Meaning::Date { date, time: Some(time) } => format!("{date} {time}"),
            Meaning::Period { first, last } => format!("{first} to {last}"),
            Meaning::Measure { amount, measure } => {
                format!("{} {amount} {}", measure.measurand.as_str(), measure.unit)
            }
            Meaning::Money { amount, currency: None } => format!("{amount} local"),
            Meaning::Money { amount, currency: Some(currency) } => format!("{amount} {currency}"),
            Meaning::Percentage(amount) => format!("{amount} %"),
            Meaning::Count(count) => format!("{count} pieces"),
            Meaning::Text => "text".to_owned(),
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn dates() {
        check("17 280200 | 2028-02-29");
        check("17 270200 | 2027-02-28");
        check("15 261231 | 2026-12-31");
        check("11 770101 | 1977-01-01");
        check("4324 2612312359 | 2026-12-31 23:59:00");
        check("4326 261231 | 2026-12-31");
        check("7003 2612310005 | 2026-12-31 00:05:00");
        check("7007 261201 | 2026-12-01");
        check("7007 261201261203 | 2026-12-01 to 2026-12-03");
        check("7011 261201 | 2026-12-01");
        check("7011 2612011530 | 2026-12-01 15:30:00");
        check("8008 26120115 | 2026-12-01 15:00:00");
        check("8008 261201153045 | 2026-12-01 15:30:45");
        check("7250 19991231 | 1999-12-31");
        check("7251 199912310800 | 1999-12-31 08:00:00");
    }

    #[test]
    fn measures_and_amounts() {
        check("3103 000195 | net_weight 0.195 kg");
        check("3105 000001 | net_weight 0.00001 kg");
        check("3100 123456 | net_weight 123456 kg");
        check("3202 001250 | net_weight 12.50 lb");
        check("3301 001250 | gross_weight 125.0 kg");
        check("3922 0299 | 2.99 local");
        check("3909 999999999999999 | 999999.999999999 local");
        check("3932 8400001999 | 19.99 USD");
        check("3910 9785 | 5 EUR");
        check("3942 0525 | 5.25 %");
        check("3953 001999 | 1.999 local");
    }

    #[test]
    fn counts_and_texts() {
        check("30 7 | 7 pieces");
        check("37 00000048 | 48 pieces");
        check("10 261231 | text");
        check("8005 000199 | text");
        check("400 1 | text");
    }
}
