use rpc::ApiError;

use crate::engine::Engine;
use crate::store::Duplicate;

impl Engine {
    /// Units in several warehouses after `after`, each with its holders in the order in which it came to them; and where to go on.
    pub(crate) async fn duplicates(
        &self,
        after: &str,
        limit: usize,
    ) -> Result<(Vec<Duplicate>, Option<String>), ApiError> {
        let found = self.cache.duplicates(after, limit).await;
        let (mut units, next) = found.map_err(|fault| self.failed(&fault))?;
        for unit in &mut units {
            unit.holders.sort_by(|a, b| (a.arrived.from, &a.warehouse).cmp(&(b.arrived.from, &b.warehouse)));
        }
        Ok((units, next))
    }
}
