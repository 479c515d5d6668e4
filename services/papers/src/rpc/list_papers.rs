use paper_core::{Kind, Number};
use proto::papers::v1::{ListPapersRequest, ListPapersResponse};
use rpc::{ApiError, PageToken, Reason};

use super::wire;
use crate::engine::Engine;
use crate::store::{Chosen, Place};

const SIZE_DEFAULT: usize = 100;
const SIZE_MAX: usize = 1_000;

/// A page of papers.
pub(super) async fn list_papers(
    engine: &Engine,
    request: ListPapersRequest,
) -> Result<ListPapersResponse, ApiError> {
    let size = size(request.page_size)?;
    let scope = scope(&request);
    let after = after(&request.page_token, &scope)?;
    let chosen = chosen(request)?;
    let (papers, more) = engine.store().list(&chosen, after, size).await?;
    let next_page_token = match papers.last() {
        Some(last) if more => PageToken::encode(&[&last.number.to_string()], &scope),
        Some(_) | None => String::new(),
    };
    Ok(ListPapersResponse { papers: papers.into_iter().map(wire::listed).collect(), next_page_token })
}

fn scope(request: &ListPapersRequest) -> String {
    let ListPapersRequest { legal_entity, kind, year, warehouse, subject, .. } = request;
    format!("papers\n{legal_entity}\n{kind}\n{year}\n{warehouse}\n{subject}")
}

fn chosen(request: ListPapersRequest) -> Result<Chosen, ApiError> {
    if request.legal_entity.is_empty() {
        let message = "legal_entity is missing: say whose papers";
        return Err(ApiError::invalid(Reason::BadField, "legal_entity", message));
    }
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Chosen {
        legal_entity: request.legal_entity,
        kind: wire::kind(request.kind)?,
        year: year(request.year)?,
        warehouse: some(request.warehouse),
        subject: some(request.subject),
    })
}

fn year(year: u32) -> Result<Option<u16>, ApiError> {
    let bad = || ApiError::invalid(Reason::BadField, "year", format!("{year} is not a year of four digits"));
    match u16::try_from(year) {
        Ok(0) => Ok(None),
        // Any kind: only the year is looked at.
        Ok(year) => Number::try_new(Kind::GoodsReceiptNote, year, 1).map(|_| Some(year)).map_err(|_| bad()),
        Err(_) => Err(bad()),
    }
}

fn size(page_size: i32) -> Result<usize, ApiError> {
    match usize::try_from(page_size) {
        Ok(0) => Ok(SIZE_DEFAULT),
        Ok(size) if size <= SIZE_MAX => Ok(size),
        Ok(_) | Err(_) => {
            let message = format!("page_size {page_size} is out of range: 0 to {SIZE_MAX}");
            Err(ApiError::invalid(Reason::BadPageSize, "page_size", message))
        }
    }
}

/// The paper that the page comes after.
fn after(page_token: &str, scope: &str) -> Result<Option<Place>, ApiError> {
    if page_token.is_empty() {
        return Ok(None);
    }
    let parts = PageToken::decode(page_token, scope)?;
    let number = parts.first().and_then(|text| Number::parse(text).ok());
    number.map(|number| Some(Place(number))).ok_or_else(|| {
        let message = "the page token is of another list: leave it empty";
        ApiError::invalid(Reason::BadPageToken, "page_token", message)
    })
}
