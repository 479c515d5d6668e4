use proto::visibility::v1::AvailabilityKey;
use rpc::ApiError;
use vocabulary::{ChannelCode, Date, Timestamp};

use super::read::seen;
use super::today::today_at;
use super::{Engine, Fresh, Until};
use crate::core::{Horizon, Outlook, Plan, Total};
use crate::store::{Depth, Snapshot};

/// What an outlook is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Looking {
    /// What the clock says.
    pub(crate) now: Timestamp,
    /// The first day; `None` for today.
    pub(crate) from: Option<Date>,
    /// How many days.
    pub(crate) days: u16,
    /// Who asks; `None` for nobody in particular.
    pub(crate) channel: Option<ChannelCode>,
}

/// What can be promised of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ahead {
    /// Now.
    pub(crate) available: Total,
    /// The day it is at its warehouse.
    pub(crate) today: Date,
    /// By day.
    pub(crate) outlook: Outlook,
}

impl Engine {
    /// What can be promised of `keys`, in their order, and the freshness of their warehouses.
    pub(crate) async fn outlooks(
        &self,
        keys: &[AvailabilityKey],
        looking: &Looking,
        until: Until,
    ) -> Result<(Vec<Ahead>, Vec<Fresh>), ApiError> {
        let mut found: Vec<Option<Ahead>> = vec![None; keys.len()];
        let fresh = self.each_key((keys, Depth::Details), until, |place, warehouse, snapshot, at| {
            let (is_held, ahead) = self.ahead(looking, warehouse, (snapshot, at))?;
            if let Some(slot) = found.get_mut(place) {
                *slot = Some(ahead);
            }
            Ok(is_held)
        });
        let fresh = fresh.await?;
        Ok((found.into_iter().flatten().collect(), fresh))
    }

    /// Whether the warehouse ever held the item or expected it, and what can be promised of it.
    fn ahead(
        &self,
        looking: &Looking,
        warehouse: &str,
        (snapshot, at): (&Snapshot, usize),
    ) -> Result<(bool, Ahead), ApiError> {
        let seen = seen(snapshot, at, looking.channel.as_ref())?;
        let available = seen.map_or(Total::ZERO, |seen| seen.available);
        let today = today_at(&self.catalog, warehouse, looking.now);
        let horizon = Horizon { today, from: looking.from.unwrap_or(today), days: looking.days };
        let nothing = Plan::default();
        let plan = snapshot.details.get(at).map_or(&nothing, |detail| &detail.plan);
        let start = free(snapshot, at, looking.channel.as_ref())?.unwrap_or(available);
        let outlook = Outlook::of(start, plan, horizon);
        let outlook = outlook.map_err(|overflow| ApiError::internal(overflow.to_string()))?;
        Ok((seen.is_some(), Ahead { available, today, outlook }))
    }
}

/// What a channel may take, and less than nothing where more is kept for others than is there: that has to come first.
fn free(snapshot: &Snapshot, at: usize, channel: Option<&ChannelCode>) -> Result<Option<Total>, ApiError> {
    let value = snapshot.values.get(at).copied().flatten();
    let Some(((channel, detail), value)) = channel.zip(snapshot.details.get(at)).zip(value) else {
        return Ok(None);
    };
    detail.free_for(channel, value).map(Some).map_err(|overflow| ApiError::internal(overflow.to_string()))
}
