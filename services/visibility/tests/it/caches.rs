//! A cache of each kind for every test, and short words for what the tests do with it.

use proto::events::v1::JournalEntry;
use visibility::store::{
    Applied, Cache, Depth, LogPosition, Logged, MemoryCache, RedisCache, RedisConfig, Stop, Want,
};
use vocabulary::{Sequence, WarehouseCode};

pub(crate) fn memory() -> Cache {
    Cache::Memory(MemoryCache::default())
}

pub(crate) fn redis_config() -> RedisConfig {
    RedisConfig {
        prefix: testkit::unique("visibility"),
        timeout_ms: 5000,
        ..RedisConfig::at(testkit::redis_url())
    }
}

pub(crate) fn redis(config: &RedisConfig) -> Cache {
    Cache::Redis(RedisCache::open(config).unwrap())
}

/// Both kinds, empty.
pub(crate) fn both() -> [Cache; 2] {
    [memory(), redis(&redis_config())]
}

pub(crate) fn code(warehouse: &str) -> WarehouseCode {
    WarehouseCode::parse(warehouse).unwrap()
}

/// As if the entries were all of partition 0, from its start.
pub(crate) fn logged(entries: Vec<JournalEntry>) -> Vec<Logged> {
    let place =
        |entry: &JournalEntry| LogPosition { partition: 0, offset: i64::try_from(entry.sequence).unwrap() };
    entries.into_iter().map(|entry| Logged { next: place(&entry), entry }).collect()
}

pub(crate) async fn apply(cache: &Cache, warehouse: &str, entries: &[Logged], since: u64) -> Applied {
    cache.apply(&code(warehouse), entries, Sequence::new(since)).await.unwrap()
}

/// `SKU on_hand reserved` of these items, after the head: `3: pen 10 2, ink -`.
pub(crate) async fn show(cache: &Cache, warehouse: &str, skus: &[&str]) -> String {
    let wants = [Want { warehouse, skus: skus.to_vec(), depth: Depth::Values }];
    let snapshot = cache.read(&wants).await.unwrap().pop().unwrap();
    let values = skus.iter().zip(snapshot.values).map(|(sku, value)| match value {
        Some(value) => format!("{sku} {} {}", value.on_hand, value.reserved),
        None => format!("{sku} -"),
    });
    format!("{}: {}", snapshot.head.sequence, values.collect::<Vec<_>>().join(", "))
}

/// `AFTER..HEAD +ENTRIES: SEQUENCE SKU on_hand reserved, … ! why it stopped`
pub(crate) fn told(applied: &Applied) -> String {
    let change = |c: &visibility::store::Change| {
        format!("{} {} {} {}", c.sequence, c.sku, c.value.on_hand, c.value.reserved)
    };
    let changes: Vec<_> = applied.changes.iter().map(change).collect();
    let stop = match &applied.stop {
        None => String::new(),
        Some(Stop::Gap { expected, found }) => format!(" ! expected {expected}, found {found}"),
        Some(Stop::Malformed { sequence, malformed }) => format!(" ! {sequence} {malformed}"),
    };
    format!("{}..{} +{}: {}{stop}", applied.after, applied.head.sequence, applied.entries, changes.join(", "))
}

/// `on_hand reserved INBOUND:IN_TRANSIT:DEMAND`, then the plan, as it is stored.
pub(crate) async fn planned(cache: &Cache, warehouse: &str, sku: &str) -> String {
    let wants = [Want { warehouse, skus: vec![sku], depth: Depth::Details }];
    let snapshot = cache.read(&wants).await.unwrap().pop().unwrap();
    let value = snapshot.values[0].unwrap_or_default();
    format!("{} {} {}{}", value.on_hand, value.reserved, value.expected, snapshot.details[0].plan)
}
