//! Reading papers.

use std::collections::{BTreeMap, BTreeSet};

use paper_core::{Kind, Number};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{paper, request};
use super::issue::Call;
use super::stored::{Stored, number, place};
use super::{Store, StoreError};

/// Which papers are listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    pub(crate) legal_entity: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) year: Option<u16>,
    pub(crate) warehouse: Option<String>,
    pub(crate) subject: Option<String>,
}

/// Where a page begins: after this paper.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place(pub(crate) Number);

impl Store {
    /// One paper.
    pub(crate) async fn get(&self, legal_entity: &str, number: Number) -> Result<Stored, StoreError> {
        one(self.database.orm(), legal_entity, number).await?.ok_or(StoreError::NotFound(number))
    }

    /// The first `count_max` papers of those that are chosen, after a place, and whether there are more. Without their content.
    pub(crate) async fn list(
        &self,
        chosen: &Chosen,
        after: Option<Place>,
        count_max: usize,
    ) -> Result<(Vec<Stored>, bool), StoreError> {
        let mut query = paper::Entity::find().filter(paper::Column::LegalEntity.eq(&chosen.legal_entity));
        if let Some(kind) = chosen.kind {
            query = query.filter(paper::Column::Kind.eq(kind.name()));
        }
        if let Some(year) = chosen.year {
            query = query.filter(paper::Column::Year.eq(i64::from(year)));
        }
        if let Some(warehouse) = &chosen.warehouse {
            query = query.filter(paper::Column::Warehouse.eq(warehouse));
        }
        if let Some(subject) = &chosen.subject {
            query = query.filter(paper::Column::Subject.eq(subject));
        }
        if let Some(place) = after {
            query = query.filter(is_after(place));
        }
        let limit = u64::try_from(count_max).unwrap_or(u64::MAX).saturating_add(1);
        let query = query.order_by_asc(paper::Column::Kind).order_by_asc(paper::Column::Year);
        let query = query.order_by_asc(paper::Column::Place).limit(limit);
        let query = query.select_only().columns(listed()).expr_as(Expr::value(Vec::<u8>::new()), "content");
        let mut rows: Vec<paper::Model> = query.into_model().all(self.database.orm()).await?;
        let more = rows.len() > count_max;
        rows.truncate(count_max);
        let corrections = corrections(self.database.orm(), &rows).await?;
        let paper = |row: paper::Model| {
            let by = corrections.get(&(row.kind.clone(), row.year, row.place)).copied();
            Stored::of_row(row, by)
        };
        Ok((rows.into_iter().map(paper).collect::<Result<_, _>>()?, more))
    }
}

/// All columns but the content.
fn listed() -> impl Iterator<Item = paper::Column> {
    paper::Column::iter().filter(|column| !matches!(column, paper::Column::Content))
}

/// What corrects which, of the years and kinds of these papers: one statement, however many they are.
async fn corrections(
    connection: &impl ConnectionTrait,
    rows: &[paper::Model],
) -> Result<BTreeMap<(String, i64, i64), Number>, StoreError> {
    let years = rows.iter().map(|row| row.year);
    let (Some(first), Some(from), Some(to)) = (rows.first(), years.clone().min(), years.max()) else {
        return Ok(BTreeMap::new());
    };
    let kinds: BTreeSet<String> = rows.iter().map(|row| row.kind.clone()).collect();
    let query = paper::Entity::find()
        .filter(paper::Column::LegalEntity.eq(&first.legal_entity))
        .filter(paper::Column::Kind.is_in(kinds))
        .filter(paper::Column::CorrectsYear.between(from, to))
        .select_only()
        .column(paper::Column::Kind)
        .column(paper::Column::CorrectsYear)
        .column(paper::Column::CorrectsPlace)
        .column(paper::Column::Year)
        .column(paper::Column::Place);
    let found: Vec<(String, i64, i64, i64, i64)> = query.into_tuple().all(connection).await?;
    let by = |(kind, of_year, of_place, year, place): (String, i64, i64, i64, i64)| {
        let number = number(read_kind(&kind)?, year, place)?;
        Ok(((kind, of_year, of_place), number))
    };
    found.into_iter().map(by).collect()
}

fn read_kind(name: &str) -> Result<Kind, StoreError> {
    Kind::parse(name).map_err(|_| StoreError::Damaged("kind of a paper"))
}

/// Behind a place, in the order of lists.
fn is_after(Place(number): Place) -> Condition {
    let (kind, year) = (number.kind().name(), i64::from(number.year()));
    let same_kind = || Condition::all().add(paper::Column::Kind.eq(kind));
    Condition::any()
        .add(paper::Column::Kind.gt(kind))
        .add(same_kind().add(paper::Column::Year.gt(year)))
        .add(same_kind().add(paper::Column::Year.eq(year)).add(paper::Column::Place.gt(place(number))))
}

/// A paper, and what corrects it.
pub(super) async fn one(
    connection: &impl ConnectionTrait,
    legal_entity: &str,
    number: Number,
) -> Result<Option<Stored>, StoreError> {
    let key =
        (legal_entity.to_owned(), number.kind().name().to_owned(), i64::from(number.year()), place(number));
    match paper::Entity::find_by_id(key).one(connection).await? {
        Some(row) => with_correction(connection, row).await.map(Some),
        None => Ok(None),
    }
}

async fn with_correction(connection: &impl ConnectionTrait, row: paper::Model) -> Result<Stored, StoreError> {
    let kind = read_kind(&row.kind)?;
    let query = paper::Entity::find()
        .filter(paper::Column::LegalEntity.eq(&row.legal_entity))
        .filter(paper::Column::Kind.eq(&row.kind))
        .filter(paper::Column::CorrectsYear.eq(row.year))
        .filter(paper::Column::CorrectsPlace.eq(row.place))
        .select_only()
        .column(paper::Column::Year)
        .column(paper::Column::Place);
    let by: Option<(i64, i64)> = query.into_tuple().one(connection).await?;
    let by = by.map(|(year, place)| number(kind, year, place)).transpose()?;
    Stored::of_row(row, by)
}

/// The paper that a request was answered with, as it is now.
pub(super) async fn remembered(
    connection: &impl ConnectionTrait,
    call: Call,
) -> Result<Option<Stored>, StoreError> {
    let id = call.request_id.as_bytes().to_vec();
    let Some(row) = request::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    if row.digest != call.digest {
        return Err(StoreError::RequestIdReused);
    }
    let kind = read_kind(&row.kind)?;
    let number = number(kind, row.year, row.place)?;
    one(connection, &row.legal_entity, number).await?.map(Some).ok_or(StoreError::NotFound(number))
}
