use std::time::Duration;

use proto::visibility::v1::AtLeast;
use rpc::{ApiError, Deadline};
use tokio::time::{Instant, timeout_at};
use vocabulary::Sequence;

use super::{Engine, refusals};

/// How long a read may wait for the view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Until(Instant);

/// Kept back from the caller's deadline, so that the answer says why before the deadline says only that it is late.
const MARGIN_MIN: Duration = Duration::from_millis(5);
const MARGIN_MAX: Duration = Duration::from_millis(100);

impl Until {
    pub(super) fn instant(self) -> Instant {
        self.0
    }
}

impl Engine {
    /// The caller's deadline less a margin, and never more than the server's own limit.
    pub(crate) fn until(&self, deadline: Deadline) -> Until {
        let patience = match deadline.remaining() {
            None => self.wait_max,
            Some(remaining) => {
                let margin = (remaining / 10).clamp(MARGIN_MIN, MARGIN_MAX);
                self.wait_max.min(remaining.saturating_sub(margin))
            }
        };
        let now = Instant::now();
        Until(now.checked_add(patience).unwrap_or(now))
    }

    /// Waits until the log was read to its end for the first time: before that, the view is true but may be of last year.
    pub(crate) async fn ready(&self, until: Until) -> Result<(), ApiError> {
        if self.board.caught_up_at().is_some() {
            return Ok(());
        }
        timeout_at(until.0, self.board.caught_up()).await.map_err(|_| refusals::rebuilding(""))
    }

    /// Waits until the catalog was read to its end for the first time: before that, what is not in it may only not be read yet.
    pub(super) async fn catalog_ready(&self, until: Until) -> Result<(), ApiError> {
        timeout_at(until.0, self.catalog.caught_up()).await.map_err(|_| refusals::rebuilding(""))
    }

    /// Waits until the view contains all of `wanted`, whoever applies it.
    pub(crate) async fn at_least(&self, wanted: &[AtLeast], until: Until) -> Result<(), ApiError> {
        for (at, wish) in wanted.iter().enumerate() {
            let sequence = Sequence::new(wish.sequence);
            let track = match self.board.track(&wish.warehouse) {
                Some(track) => track,
                None => {
                    let field = || format!("at_least[{at}].warehouse");
                    let code = self.known_warehouse(&wish.warehouse, field, until).await?;
                    self.board.track_or_new(&code)
                }
            };
            if track.seen() >= sequence {
                continue;
            }
            // Another replica may have applied it already.
            let heads = self.cache.heads(&[&wish.warehouse]).await.map_err(|fault| self.failed(&fault))?;
            track.see(heads.first().map_or(Sequence::START, |head| head.sequence));
            let reached = timeout_at(until.0, track.reached(sequence)).await;
            reached.map_err(|_| refusals::not_reached(&wish.warehouse, sequence, track.seen()))?;
        }
        Ok(())
    }
}
