//! Values as people of a language write them.

use crate::{Cell, Issued, Language};

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

impl Cell {
    /// In a language.
    pub(crate) fn shown(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Word(word) => word.in_language(language).to_owned(),
            Self::Quantity(value, unit) => quantity(value, unit, language),
            Self::Date(date) => day(date, language),
            Self::Empty | Self::Blank => String::new(),
        }
    }
}

/// The decimal sign of the language, and digits in one row: no reader takes a thousand for a thousandth.
fn quantity(value: &str, unit: &str, language: Language) -> String {
    let value = match language {
        Language::En => value.to_owned(),
        Language::De | Language::Fr | Language::Es => value.replace('.', ","),
    };
    if unit.is_empty() { value } else { format!("{value}{NO_BREAK}{unit}") }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day as the language writes it. In English the month is a word, since half of its readers would take 02/03 for another day.
pub(crate) fn day(date: &str, language: Language) -> String {
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return date.to_owned();
    };
    match language {
        Language::En => {
            let name = month.parse().ok().and_then(|month: usize| MONTHS.get(month.checked_sub(1)?));
            name.map_or_else(|| date.to_owned(), |name| format!("{day}{NO_BREAK}{name}{NO_BREAK}{year}"))
        }
        Language::De => format!("{day}.{month}.{year}"),
        Language::Fr | Language::Es => format!("{day}/{month}/{year}"),
    }
}

/// The day and the time of issue, with the zone.
pub(crate) fn issued(issued: &Issued, language: Language) -> String {
    let (date, time) = issued.at.split_once('T').unwrap_or((&issued.at, ""));
    let time = time.get(..5).unwrap_or_default();
    format!("{} {time} ({})", day(date, language), issued.time_zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_of_the_language_do() {
        for (cell, shown) in [
            (
                Cell::Quantity("1234.5".into(), "KG".into()),
                ["1234.5 KG", "1234,5 KG", "1234,5 KG", "1234,5 KG"],
            ),
            (Cell::Quantity("40".into(), String::new()), ["40", "40", "40", "40"]),
            (Cell::Date("2026-03-01".into()), ["01 Mar 2026", "01.03.2026", "01/03/2026", "01/03/2026"]),
            (Cell::Date("soon".into()), ["soon"; 4]),
            (Cell::Text("Grüße".into()), ["Grüße"; 4]),
            (Cell::Blank, [""; 4]),
        ] {
            for (language, shown) in Language::ALL.into_iter().zip(shown) {
                assert_eq!(cell.shown(language).replace(NO_BREAK, " "), shown, "{language}");
            }
        }
    }
}
