use std::sync::Arc;

use rpc::ApiError;
use stock_core::State;
use tokio::sync::Mutex;
use vocabulary::{Sequence, WarehouseCode};

use super::as_of::{Asked, View, When};
use crate::engine::{Handle, replay_until};

/// States of the past. One is kept, so that the pages of one listing replay the journal once; and only one is made at a
/// time, so that the past never takes more than one core from the present.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    newest: Arc<Mutex<Option<Arc<State>>>>,
}

/// Where a read looks.
pub(super) enum AsOf {
    /// At the partition's own state.
    Now,
    /// At a state of the past.
    Past(Arc<State>),
    /// At an instant, which the partition's own state remembers.
    Then(stock_core::AsOf),
}

impl History {
    /// The state that a request asks for.
    pub(super) async fn as_of(&self, partition: &Handle, asked: Asked<'_>) -> Result<AsOf, ApiError> {
        let When { sequence, effective_at } = asked.when(partition).await?;
        match (effective_at, sequence) {
            (None, None) => Ok(AsOf::Now),
            (None, Some(sequence)) => self.past(partition, sequence).await.map(AsOf::Past),
            (Some(effective_at), sequence) => {
                let sequence = sequence.unwrap_or(Sequence::new(u64::MAX));
                Ok(AsOf::Then(stock_core::AsOf { effective_at, sequence }))
            }
        }
    }

    async fn past(&self, partition: &Handle, sequence: Sequence) -> Result<Arc<State>, ApiError> {
        let mut newest = self.newest.lock().await;
        if let Some(state) = newest.as_ref().filter(|state| is(state, &partition.warehouse, sequence)) {
            return Ok(Arc::clone(state));
        }
        // The one before makes room first.
        *newest = None;
        let journal = partition.journal()?;
        let replayed = replay_until(&partition.warehouse, &journal, sequence).await;
        let state = Arc::new(replayed.map_err(|fault| super::page::store_error(&fault))?);
        *newest = Some(Arc::clone(&state));
        Ok(state)
    }
}

impl AsOf {
    /// Looks at the state.
    pub(super) async fn look<T, F>(self, partition: &Handle, look: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(View<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        match self {
            Self::Now => partition.look(|state| look(View { state, at: None })).await?,
            Self::Past(state) => look(View { state: &state, at: None }),
            Self::Then(at) => partition.look(move |state| look(View { state, at: Some(at) })).await?,
        }
    }
}

fn is(state: &State, warehouse: &WarehouseCode, sequence: Sequence) -> bool {
    state.warehouse() == warehouse && state.sequence() == sequence
}
