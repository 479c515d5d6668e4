use std::sync::Arc;

use rpc::{ApiError, Reason};
use stock_core::State;
use tokio::sync::Mutex;
use vocabulary::{Sequence, WarehouseCode};

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
}

impl History {
    /// The state that a request asks for; 0 stands for now.
    pub(super) async fn as_of(&self, partition: &Handle, sequence: u64) -> Result<AsOf, ApiError> {
        let durable = partition.tail.durable().borrow().sequence;
        if sequence == 0 {
            return Ok(AsOf::Now);
        }
        let sequence = Sequence::new(sequence);
        if sequence > durable {
            let message =
                format!("the journal of {} ends at {durable}: ask for at most that", partition.warehouse);
            return Err(
                ApiError::invalid(Reason::AsOfInFuture, "as_of_sequence", message).with("sequence", durable)
            );
        }
        self.past(partition, sequence).await.map(AsOf::Past)
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
        F: FnOnce(&State) -> T + Send + 'static,
    {
        match self {
            Self::Now => partition.look(look).await,
            Self::Past(state) => Ok(look(&state)),
        }
    }
}

fn is(state: &State, warehouse: &WarehouseCode, sequence: Sequence) -> bool {
    state.warehouse() == warehouse && state.sequence() == sequence
}
