use std::sync::Arc;

use rpc::ApiError;
use tokio::sync::Mutex;
use vocabulary::Sequence;

use super::as_of::{Asked, View, When};
use super::page::store_error;
use crate::engine::{Handle, Replayed};

/// States of the past. One is kept, so that the pages of one listing replay the journal once; and only one is made at a
/// time, so that the past never takes more than one core from the present.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    newest: Arc<Mutex<Option<Arc<Replayed>>>>,
}

/// Where a read looks.
pub(super) enum AsOf {
    /// At the partition's own state.
    Now,
    /// At a state of the past.
    Past(Arc<Replayed>),
    /// At the state after the newest entry: the partition's own, if no other came meanwhile.
    Newest(History, Sequence),
    /// At an instant, which the partition's own state remembers.
    Then(stock_core::AsOf),
}

impl History {
    /// The state that a request asks for.
    pub(super) async fn as_of(&self, partition: &Handle, asked: Asked<'_>) -> Result<AsOf, ApiError> {
        let When { sequence, effective_at } = asked.when(partition).await?;
        match (effective_at, sequence) {
            (None, None) => Ok(AsOf::Now),
            (None, Some(sequence)) if sequence == partition.tail.durable().borrow().sequence => {
                Ok(AsOf::Newest(self.clone(), sequence))
            }
            (None, Some(sequence)) => self.past(partition, sequence).await.map(AsOf::Past),
            (Some(effective_at), sequence) => {
                let sequence = sequence.unwrap_or(Sequence::new(u64::MAX));
                Ok(AsOf::Then(stock_core::AsOf { effective_at, sequence }))
            }
        }
    }

    async fn past(&self, partition: &Handle, sequence: Sequence) -> Result<Arc<Replayed>, ApiError> {
        let mut newest = self.newest.lock().await;
        // The one before makes room first, or goes on where nobody else looks at it.
        let before = newest.take().filter(|known| known.state.warehouse() == &partition.warehouse);
        let before = match before {
            Some(known) if known.state.sequence() == sequence => {
                *newest = Some(Arc::clone(&known));
                return Ok(known);
            }
            known => known.and_then(Arc::into_inner).filter(|known| known.state.sequence() < sequence),
        };
        let before = before.unwrap_or_else(|| Replayed::start(&partition.warehouse));
        let replayed = before.until(&partition.journal()?, sequence).await;
        let replayed = Arc::new(replayed.map_err(|fault| store_error(&fault))?);
        *newest = Some(Arc::clone(&replayed));
        Ok(replayed)
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
            Self::Past(past) => look(View { state: &past.state, at: None }),
            Self::Then(at) => partition.look(move |state| look(View { state, at: Some(at) })).await?,
            Self::Newest(history, sequence) => {
                let tried = partition.look(move |state| {
                    if state.sequence() == sequence { Ok(look(View { state, at: None })) } else { Err(look) }
                });
                match tried.await? {
                    Ok(seen) => seen,
                    Err(look) => {
                        look(View { state: &history.past(partition, sequence).await?.state, at: None })
                    }
                }
            }
        }
    }
}
