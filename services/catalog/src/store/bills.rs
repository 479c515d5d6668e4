//! Bills and what stands below them, a level a statement.

use std::collections::BTreeSet;

use catalog_core::{Bills, Refusal, Rule};
use proto::catalog::v1::{Bom, Item};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::entity::bom;
use super::{Store, StoreError, load};

/// How many items may stand below one, all bills that are not retired counted.
const ITEMS_BELOW_MAX: usize = 10_000;
/// Keys of a statement.
const KEYS_MAX: usize = 1_000;

/// What a new bill is judged against: its items, the other versions of it, and every bill below it.
pub(super) async fn around_in_tx(tx: &DatabaseTransaction, bom: &Bom) -> Result<Bills, StoreError> {
    let mut bills = versions_in_tx(tx, &bom.sku).await?;
    let named: BTreeSet<&str> = Bills::components(bom).collect();
    let outputs = bom.outputs.iter().map(|output| output.sku.as_str());
    let all = named.iter().copied().chain(outputs).chain(std::iter::once(bom.sku.as_str()));
    add_items(tx, &mut bills, all).await?;
    // Its own versions are there already, and whatever is below them is not below this one.
    let mut seen = BTreeSet::from([bom.sku.clone()]);
    let first = named.into_iter().map(ToOwned::to_owned).collect();
    add_below(tx, &mut bills, &mut seen, first).await?;
    Ok(bills)
}

/// Every version of the bill of an item.
pub(super) async fn versions_in_tx(tx: &DatabaseTransaction, sku: &str) -> Result<Bills, StoreError> {
    let mut bills = Bills::default();
    boms_of(tx, &[sku.to_owned()]).await?.into_iter().for_each(|bom| bills.add_bom(bom));
    Ok(bills)
}

impl Store {
    /// All bills and items below an item, itself included.
    pub(crate) async fn bills_below(&self, sku: &str) -> Result<Bills, StoreError> {
        let connection = self.database.orm();
        let (mut bills, mut seen) = (Bills::default(), BTreeSet::new());
        add_below(connection, &mut bills, &mut seen, BTreeSet::from([sku.to_owned()])).await?;
        add_items(connection, &mut bills, seen.iter().map(String::as_str)).await?;
        Ok(bills)
    }
}

async fn add_below(
    connection: &impl ConnectionTrait,
    bills: &mut Bills,
    seen: &mut BTreeSet<String>,
    first: BTreeSet<String>,
) -> Result<(), StoreError> {
    let mut level: Vec<String> = first.into_iter().collect();
    while !level.is_empty() {
        seen.extend(level.iter().cloned());
        if seen.len() > ITEMS_BELOW_MAX {
            let message =
                format!("more than {ITEMS_BELOW_MAX} items stand below it: retire bills that no longer hold");
            return Err(Refusal::new(Rule::BomTooLarge, "sku", message).into());
        }
        let mut below = BTreeSet::new();
        for bom in boms_of(connection, &level).await? {
            below.extend(Bills::components(&bom).filter(|sku| !seen.contains(*sku)).map(ToOwned::to_owned));
            bills.add_bom(bom);
        }
        level = below.into_iter().collect();
    }
    Ok(())
}

/// The bills of these items that are not retired.
async fn boms_of(connection: &impl ConnectionTrait, skus: &[String]) -> Result<Vec<Bom>, StoreError> {
    let mut boms = Vec::new();
    for keys in skus.chunks(KEYS_MAX) {
        let query = bom::Entity::find()
            .filter(bom::Column::Sku.is_in(keys))
            .filter(bom::Column::State.eq("ACTIVE"))
            .select_only()
            .column(bom::Column::Record);
        let rows: Vec<Vec<u8>> = query.into_tuple().all(connection).await?;
        for bytes in rows {
            boms.push(load::decode(&bytes)?);
        }
    }
    Ok(boms)
}

async fn add_items(
    connection: &impl ConnectionTrait,
    bills: &mut Bills,
    skus: impl Iterator<Item = &str>,
) -> Result<(), StoreError> {
    let skus: Vec<&str> = skus.collect();
    for keys in skus.chunks(KEYS_MAX) {
        let items = load::by_code::<Item>(connection, keys.iter().copied()).await?;
        items.into_values().for_each(|item| bills.add_item(item));
    }
    Ok(())
}
