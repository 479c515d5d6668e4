//! What documents name and only the warehouse knows, looked up before they are parsed.

use std::collections::HashMap;

use catalog_view::CatalogView;
use proto::stock::v1::{Document, DocumentLine};
use rpc::{ApiError, Reason};
use stock_core::LINES_MAX;
use vocabulary::ReservationId;

use super::announced_units::{self, AnnouncedUnits};
use super::reserved::{self, Reserved};
use super::reverse::{self, Movements};
use crate::engine::Handle;

/// Most documents name nothing of it, and then nobody is asked.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The reservations of which a part is taken, or something that was weighed.
    pub(super) reserved: HashMap<ReservationId, Reserved>,
    /// What is to be taken back.
    pub(super) movements: Movements,
    /// What announced handling units hold that are to be received.
    pub(super) units: AnnouncedUnits,
}

impl Found {
    pub(super) async fn of(
        partition: &Handle,
        catalog: &CatalogView,
        documents: &[Document],
    ) -> Result<Self, ApiError> {
        let reserved = reserved::items(partition, documents).await?;
        let movements = reverse::movements(partition, catalog, documents).await?;
        Ok(Self { reserved, movements, units: announced_units::units(partition, documents).await? })
    }
}

/// All lines of these documents, but for those with more than may be: they are refused unread.
pub(super) fn lines(documents: &[Document]) -> impl Iterator<Item = &DocumentLine> {
    let readable = documents.iter().filter(|document| document.lines.len() <= LINES_MAX);
    readable.flat_map(|document| &document.lines)
}

/// What a message names is looked up before it is judged, and so only so much of it.
pub(super) fn check_count(what: &'static str, count: usize, max: usize) -> Result<(), ApiError> {
    if count <= max {
        return Ok(());
    }
    let message = format!("the documents name {count} {what}: name at most {max} in a message");
    Err(ApiError::new(Reason::TooManyReferences, message).with("limit", max))
}
