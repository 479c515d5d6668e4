//! What documents name and only the warehouse knows, looked up before they are parsed.

use std::collections::HashMap;

use proto::stock::v1::Document;
use rpc::ApiError;
use vocabulary::{ReservationId, Sku};

use super::reserved;
use super::reverse::{self, Movements};
use crate::engine::Handle;

/// Most documents name nothing of it, and then nobody is asked.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Items of the reservations of which a part is taken.
    pub(super) reserved: HashMap<ReservationId, Sku>,
    /// What is to be taken back.
    pub(super) movements: Movements,
}

impl Found {
    pub(super) async fn of(partition: &Handle, documents: &[Document]) -> Result<Self, ApiError> {
        let reserved = reserved::items(partition, documents).await?;
        Ok(Self { reserved, movements: reverse::movements(partition, documents).await? })
    }
}
