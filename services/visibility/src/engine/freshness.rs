use std::time::Duration;

use tokio::time::Instant;
use vocabulary::WarehouseCode;

use super::Engine;
use crate::core::Head;

/// How fresh an answer is for one warehouse (L8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fresh {
    pub(crate) warehouse: String,
    pub(crate) head: Head,
    /// Since the view was last known to be complete.
    pub(crate) age: Duration,
}

impl Engine {
    pub(super) fn fresh(&self, warehouse: &str, head: Head) -> Fresh {
        let complete_at = match self.board.track(warehouse) {
            Some(track) => track.complete_at(),
            None => self.board.caught_up_at(),
        };
        let age = complete_at.map_or(Duration::MAX, |at| Instant::now().saturating_duration_since(at));
        Fresh { warehouse: warehouse.to_owned(), head, age }
    }

    /// The freshness of these warehouses now.
    pub(crate) async fn freshness(&self, warehouses: &[WarehouseCode]) -> Result<Vec<Fresh>, rpc::ApiError> {
        let codes: Vec<&str> = warehouses.iter().map(WarehouseCode::as_str).collect();
        let heads = self.cache.heads(&codes).await.map_err(|fault| self.failed(&fault))?;
        Ok(codes.iter().zip(heads).map(|(code, head)| self.fresh(code, head)).collect())
    }
}
