use catalog_core::{Key, merge};
use proto::catalog::v1::Location;
use sea_orm::DatabaseTransaction;

use super::table::Table;
use super::{Mutation, StoreError, load, mutation};

/// What will be written, once every decision has been taken.
#[derive(Debug)]
pub(super) enum Plan<R> {
    /// New rows, and the locations that come with them.
    Insert(Vec<R>, Vec<Location>),
    /// A changed row.
    Update(R),
    /// Nothing: the record is so already.
    Nothing(R),
}

/// Decides. Reads, and writes nothing.
pub(super) async fn plan_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    mutation: &Mutation<R>,
) -> Result<Plan<R>, StoreError> {
    match mutation {
        Mutation::Create { records, fields } => create_in_tx(tx, records, fields).await,
        Mutation::Update { newer, mask } => update_in_tx(tx, newer, mask).await,
        Mutation::Retire { key, etag } => retire_in_tx(tx, key, etag).await,
        Mutation::Restore { key, etag } => restore_in_tx(tx, key, etag).await,
    }
}

async fn create_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    records: &[R],
    fields: &[String],
) -> Result<Plan<R>, StoreError> {
    let keys: Vec<Key> = records.iter().map(R::key).collect();
    let existing = load::many::<R>(tx, &keys).await?;
    let stays = |key: &Key| existing.get(key).is_some_and(|record| !record.gives_way());
    if let Some((key, field)) = keys.iter().zip(fields).find(|(key, _)| stays(key)) {
        return Err(mutation::exists(key, field, "exists already: update it, or choose another key").into());
    }
    R::admit_new_in_tx(tx, records, fields).await?;
    // Kinds that give way are created one at a time.
    if let ([record], false) = (records, existing.is_empty()) {
        return Ok(Plan::Update(record.clone()));
    }
    let companions = records.iter().flat_map(R::companions).collect();
    Ok(Plan::Insert(records.to_vec(), companions))
}

async fn update_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    newer: &R,
    mask: &[String],
) -> Result<Plan<R>, StoreError> {
    let kind = R::KIND.as_str();
    let before: R = existing_in_tx(tx, &newer.key(), kind).await?;
    check_etag(&before, newer.etag(), &format!("{kind}.etag"))?;
    let after = merge(&before, newer, mask)?.normalised().map_err(|refusal| refusal.within(kind))?;
    R::admit_update_in_tx(tx, &before, &after).await.map_err(|error| error.within(kind))?;
    Ok(if after == before { Plan::Nothing(before) } else { Plan::Update(after) })
}

async fn retire_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    key: &Key,
    etag: &str,
) -> Result<Plan<R>, StoreError> {
    let mut record: R = existing_in_tx(tx, key, "").await?;
    check_etag(&record, etag, "etag")?;
    if !record.is_active() {
        return Ok(Plan::Nothing(record));
    }
    record.retire()?;
    Ok(Plan::Update(record))
}

async fn restore_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    key: &Key,
    etag: &str,
) -> Result<Plan<R>, StoreError> {
    let mut record: R = existing_in_tx(tx, key, "").await?;
    check_etag(&record, etag, "etag")?;
    if record.is_active() {
        return Ok(Plan::Nothing(record));
    }
    record.restore()?;
    Ok(Plan::Update(record))
}

async fn existing_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    key: &Key,
    within: &'static str,
) -> Result<R, StoreError> {
    load::one(tx, key).await?.ok_or_else(|| StoreError::NotFound { key: key.clone(), within })
}

fn check_etag<R: Table>(record: &R, etag: &str, field: &str) -> Result<(), StoreError> {
    if etag.is_empty() || etag == record.etag() {
        return Ok(());
    }
    Err(StoreError::StaleEtag { key: record.key(), field: field.into() })
}
