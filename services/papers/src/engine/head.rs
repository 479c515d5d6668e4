use paper_core::{Head, Issuer, Kind, Language, Number, Place};
use proto::catalog::v1::Warehouse;
use rpc::{ApiError, Reason};
use vocabulary::Timestamp;

use super::issue::Wish;
use super::{Engine, when};

impl Engine {
    /// What a paper says of itself. Its number has the kind and the year; its place comes from the store.
    pub(super) fn head(
        &self,
        wish: &Wish,
        warehouse: &Warehouse,
        legal_entity: String,
        now: Timestamp,
    ) -> Result<Head, ApiError> {
        let issued = when::issued(now, &warehouse.time_zone, wish.issue_date)?;
        let year = issued.date.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
        let entity = self.config.entities.get(&legal_entity).cloned().unwrap_or_default();
        check_open(year, entity.closed_through, &legal_entity)?;
        let name = if entity.name.is_empty() { legal_entity.clone() } else { entity.name };
        let (code, gln) = (warehouse.code.clone(), warehouse.gln.clone());
        Ok(Head {
            number: first(wish.kind, year)?,
            language: wish.language.or(entity.language).unwrap_or(self.config.language),
            issuer: Issuer { legal_entity, name, address: entity.address },
            warehouse: Place { code, name: warehouse.name.clone(), gln },
            issued,
            as_of: Vec::new(),
            corrects: wish.corrects.clone(),
        })
    }

    /// The language of a paper that nobody chose one for, which is that of the paper it corrects.
    pub(super) const fn language_like(asked: Option<Language>, wrong: Language) -> Option<Language> {
        match asked {
            Some(language) => Some(language),
            None => Some(wrong),
        }
    }
}

fn check_open(year: u16, closed_through: Option<u16>, legal_entity: &str) -> Result<(), ApiError> {
    let Some(closed) = closed_through.filter(|closed| year <= *closed) else { return Ok(()) };
    let message = format!(
        "the legal entity {legal_entity} issues no papers of {year}: its years up to {closed} are closed, so choose a later day"
    );
    Err(ApiError::invalid(Reason::PaperYearClosed, "issue_date", message).with("year", year))
}

fn first(kind: Kind, year: u16) -> Result<Number, ApiError> {
    Number::try_new(kind, year, 1).map_err(|invalid| ApiError::internal(invalid.to_string()))
}
