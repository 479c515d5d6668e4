use paper_core::{Kind, Language, Number, Paper};
use vocabulary::{Sscc, Timestamp};

use super::StoreError;
use super::entity::paper;

/// Parts of a subject as it is stored stand apart by this, which no code has in it.
const APART: char = '\t';

/// A paper that has no number yet.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// What it is about.
    pub(crate) subject: Subject,
    /// When it is written.
    pub(crate) at: Timestamp,
    /// What stands on it; of its number only kind and year count.
    pub(crate) paper: Paper,
}

/// What a paper is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A delivery, by its key.
    Delivery(String),
    /// A handling unit.
    Unit(Sscc),
    /// A count, by its key.
    Count(String),
    /// An outbound order, by its key.
    Order(String),
    /// A wave, by its key.
    Wave(String),
    /// A lot or a unit of an item.
    Traced { sku: String, lot: String, serial: String },
}

impl Subject {
    /// For people, and for lists.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Delivery(key) | Self::Count(key) | Self::Order(key) | Self::Wave(key) => key.clone(),
            Self::Unit(sscc) => sscc.to_string(),
            Self::Traced { sku, lot, serial } if lot.is_empty() => format!("{sku} {serial}"),
            Self::Traced { sku, lot, .. } => format!("{sku} {lot}"),
        }
    }

    /// As the database has it.
    pub(super) fn written(&self) -> String {
        let parts = match self {
            Self::Delivery(delivery) => vec!["delivery", delivery],
            Self::Unit(sscc) => vec!["unit", sscc.as_str()],
            Self::Count(count) => vec!["count", count],
            Self::Order(order) => vec!["order", order],
            Self::Wave(wave) => vec!["wave", wave],
            Self::Traced { sku, lot, serial } => vec!["traced", sku, lot, serial],
        };
        parts.join(&String::from(APART))
    }

    /// Reads what `written` wrote.
    fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(APART).collect();
        match parts.as_slice() {
            ["delivery", delivery] => Some(Self::Delivery((*delivery).to_owned())),
            ["count", count] => Some(Self::Count((*count).to_owned())),
            ["order", order] => Some(Self::Order((*order).to_owned())),
            ["wave", wave] => Some(Self::Wave((*wave).to_owned())),
            ["unit", sscc] => Sscc::parse(sscc).ok().map(Self::Unit),
            ["traced", sku, lot, serial] => {
                let [sku, lot, serial] = [sku, lot, serial].map(|part| (*part).to_owned());
                Some(Self::Traced { sku, lot, serial })
            }
            _ => None,
        }
    }
}

/// A paper as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) legal_entity: String,
    pub(crate) number: Number,
    pub(crate) warehouse: String,
    pub(crate) subject: Subject,
    pub(crate) language: Language,
    pub(crate) issue_date: String,
    pub(crate) issued_at: Timestamp,
    pub(crate) corrects: Option<Number>,
    pub(crate) corrected_by: Option<Number>,
    pub(crate) digest: Vec<u8>,
    /// As JSON; empty where only a list of papers was read.
    pub(crate) content: String,
}

impl Stored {
    pub(super) fn of_row(row: paper::Model, corrected_by: Option<Number>) -> Result<Self, StoreError> {
        let kind = Kind::parse(&row.kind).map_err(|_| StoreError::Damaged("kind of a paper"))?;
        let corrects = match (row.corrects_year, row.corrects_place) {
            (Some(year), Some(place)) => Some(number(kind, year, place)?),
            (None, None) => None,
            _ => return Err(StoreError::Damaged("correction of a paper")),
        };
        Ok(Self {
            number: number(kind, row.year, row.place)?,
            warehouse: row.warehouse,
            subject: Subject::read(&row.about).ok_or(StoreError::Damaged("subject of a paper"))?,
            language: Language::parse(&row.language)
                .map_err(|_| StoreError::Damaged("language of a paper"))?,
            issue_date: row.issue_date,
            issued_at: Timestamp::from_micros(row.issued_at)
                .map_err(|_| StoreError::Damaged("time of a paper"))?,
            corrects,
            corrected_by,
            digest: row.digest,
            content: String::from_utf8(row.content).map_err(|_| StoreError::Damaged("content of a paper"))?,
            legal_entity: row.legal_entity,
        })
    }
}

/// A number as the database has it.
pub(super) fn number(kind: Kind, year: i64, place: i64) -> Result<Number, StoreError> {
    let damaged = || StoreError::Damaged("number of a paper");
    let (Ok(year), Ok(place)) = (year.try_into(), place.try_into()) else { return Err(damaged()) };
    Number::try_new(kind, year, place).map_err(|_| damaged())
}

/// The place of a number as the database has it.
pub(super) fn place(number: Number) -> i64 {
    i64::try_from(number.place()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_as_they_are_written() {
        let [sku, lot, serial] = ["A 1/x", "L|7", ""].map(str::to_owned);
        for subject in [
            Subject::Delivery("PO-17/a".into()),
            Subject::Count("C-17".into()),
            Subject::Order("SO-17".into()),
            Subject::Wave("W-17".into()),
            Subject::Unit(Sscc::parse("376104250021234569").unwrap()),
            Subject::Traced { sku, lot, serial },
        ] {
            assert_eq!(Subject::read(&subject.written()), Some(subject));
        }
        assert_eq!(Subject::read("delivery"), None);
        assert_eq!(Subject::read("unit\t17"), None);
    }
}
