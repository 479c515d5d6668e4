use std::collections::BTreeSet;

use rpc::{ApiError, Reason};
use tokio::sync::oneshot;
use tokio::time::timeout_at;
use vocabulary::WarehouseCode;

use super::{Engine, Fresh, Until, refusals};
use crate::feed::{RebuildFault, RebuildRequest};

impl Engine {
    /// Builds the view of a warehouse anew ("" is all of them), while the old one is read. When the caller leaves or its deadline
    /// passes, it goes on nevertheless.
    pub(crate) async fn rebuild(&self, warehouse: &str, until: Until) -> Result<Vec<Fresh>, ApiError> {
        self.ready(until).await?;
        let warehouses: BTreeSet<WarehouseCode> = if warehouse.is_empty() {
            self.board.warehouses()
        } else {
            [self.known_warehouse(warehouse, || "warehouse".into(), until).await?].into()
        };
        let (done, ended) = oneshot::channel();
        let request = RebuildRequest { warehouses: warehouses.clone(), done: Some(done) };
        self.rebuilds.try_send(request).map_err(|_| refusals::too_many_rebuilds())?;
        let ended = timeout_at(until.instant(), ended).await.map_err(|_| refusals::rebuilding(warehouse))?;
        match ended {
            Ok(Ok(())) => self.freshness(&warehouses.into_iter().collect::<Vec<_>>()).await,
            Ok(Err(fault @ RebuildFault::Journal { .. })) => Err(ApiError::new(
                Reason::JournalDamaged,
                format!("{fault}: the old view stays; verify the journal and publish it again"),
            )),
            Ok(Err(RebuildFault::Cache { warehouse })) => Err(refusals::rebuilding(warehouse.as_str())),
            Err(_) => Err(refusals::shutting_down()),
        }
    }
}
