use rpc::filter::Filter;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::table::{self, Table};
use super::{Store, StoreError, filter_sql, load};

/// Some records in key order.
#[derive(Debug)]
pub(crate) struct Page<R> {
    /// The records.
    pub(crate) records: Vec<R>,
    /// Whether there are more after them.
    pub(crate) more: bool,
}

impl Store {
    /// The first `records_max` records that match, after the key `after` (scope and code) if there is one.
    pub(crate) async fn list<R: Table>(
        &self,
        filter: &Filter,
        after: Option<(&str, &str)>,
        records_max: usize,
    ) -> Result<Page<R>, StoreError> {
        let mut query = R::Entity::find().filter(filter_sql::condition::<R>(filter, self.database.backend()));
        if let Some((scope, code)) = after {
            query = query.filter(table::is_after::<R>(scope, code));
        }
        if let Some(scope) = R::SCOPE {
            query = query.order_by_asc(scope);
        }
        let limit = u64::try_from(records_max).unwrap_or(u64::MAX).saturating_add(1);
        let query = query.order_by_asc(R::CODE).limit(limit).select_only().column(R::RECORD);
        let rows: Vec<Vec<u8>> = query.into_tuple().all(self.database.orm()).await?;
        let more = rows.len() > records_max;
        let records =
            rows.iter().take(records_max).map(|bytes| load::decode(bytes)).collect::<Result<_, _>>()?;
        Ok(Page { records, more })
    }
}
