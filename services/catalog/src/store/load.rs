use std::collections::BTreeMap;

use catalog_core::Key;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::table::{self, Table};
use super::{Store, StoreError};

/// One record, or `None`.
pub(super) async fn one<R: Table>(
    connection: &impl ConnectionTrait,
    key: &Key,
) -> Result<Option<R>, StoreError> {
    let query = R::Entity::find().filter(table::is_key::<R>(key)).select_only().column(R::RECORD);
    let bytes: Option<Vec<u8>> = query.into_tuple().one(connection).await?;
    bytes.map(|bytes| decode(&bytes)).transpose()
}

/// The records of these keys that exist.
pub(super) async fn many<R: Table>(
    connection: &impl ConnectionTrait,
    keys: &[Key],
) -> Result<BTreeMap<Key, R>, StoreError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = R::Entity::find().filter(table::may_be_any::<R>(keys)).select_only().column(R::RECORD);
    let rows: Vec<Vec<u8>> = query.into_tuple().all(connection).await?;
    let mut records = BTreeMap::new();
    for bytes in rows {
        let record: R = decode(&bytes)?;
        records.insert(record.key(), record);
    }
    let wanted: std::collections::BTreeSet<&Key> = keys.iter().collect();
    records.retain(|key, _| wanted.contains(key));
    Ok(records)
}

/// Records of a kind without scope, by code.
pub(super) async fn by_code<'a, R: Table>(
    connection: &impl ConnectionTrait,
    codes: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, R>, StoreError> {
    let codes: std::collections::BTreeSet<&str> = codes.filter(|code| !code.is_empty()).collect();
    let key = |code: &&str| Key { kind: R::KIND, scope: String::new(), code: (*code).into() };
    let keys: Vec<Key> = codes.iter().map(key).collect();
    let records = many::<R>(connection, &keys).await?;
    Ok(records.into_iter().map(|(key, record)| (key.code, record)).collect())
}

/// A record from its stored bytes.
pub(super) fn decode<R: Table>(bytes: &[u8]) -> Result<R, StoreError> {
    R::decode(bytes).map_err(|_| StoreError::Damaged("record"))
}

impl Store {
    /// One record, retired ones too.
    pub(crate) async fn get<R: Table>(&self, key: &Key) -> Result<Option<R>, StoreError> {
        one(self.database.orm(), key).await
    }

    /// The records of these keys that exist, by key.
    pub(crate) async fn get_many<R: Table>(&self, keys: &[Key]) -> Result<BTreeMap<Key, R>, StoreError> {
        many(self.database.orm(), keys).await
    }
}
