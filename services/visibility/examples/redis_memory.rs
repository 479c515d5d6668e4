//! What a view costs in Redis: `servers with cargo run -p visibility --example redis_memory -- [KEYS]` fills one with plain items in
//! ten warehouses and prints how much memory that took. It needs a Redis in which nothing else happens meanwhile; what it wrote is
//! deleted.

use std::error::Error;
use std::io::Write;
use std::ops::Range;

use proto::common::v1::Decimal;
use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{Fact, JournalEntry, Moved, MovementKind, Posted};
use redis::aio::MultiplexedConnection;
use visibility::store::{Cache, LogPosition, Logged, RedisCache, RedisConfig};
use vocabulary::{Sequence, WarehouseCode};

const WAREHOUSES: usize = 10;
const LINES: usize = 1000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let keys: usize = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let url = std::env::var("ENTREPOT_TEST_REDIS")?;
    let prefix = format!("memory-{}", std::process::id());
    let config = RedisConfig { prefix: prefix.clone(), timeout_ms: 10_000, ..RedisConfig::at(url.as_str()) };
    let cache = Cache::Redis(RedisCache::open(&config)?);
    let client = redis::Client::open(url)?;
    let mut connection = client.get_multiplexed_async_connection().await?;
    let before = used(&mut connection).await?;
    let share = keys / WAREHOUSES;
    for number in 0..WAREHOUSES {
        let warehouse = WarehouseCode::parse(&format!("W{number:02}"))?;
        for start in (0..share).step_by(LINES) {
            let sequence = u32::try_from(start / LINES)?.saturating_add(1);
            let entries = [received(&warehouse, sequence, start..share.min(start + LINES))];
            cache.apply(&warehouse, &entries, Sequence::START).await?;
        }
    }
    let after = used(&mut connection).await?;
    let bytes = after.saturating_sub(before);
    let each = bytes / u64::try_from(keys)?.max(1);
    writeln!(std::io::stdout(), "{keys} keys: {} MiB, {each} bytes a key", bytes / 1024 / 1024)?;
    let pattern = format!("{prefix}:*");
    let found: Vec<String> = redis::cmd("KEYS").arg(pattern).query_async(&mut connection).await?;
    redis::cmd("UNLINK").arg(found).query_async::<()>(&mut connection).await?;
    Ok(())
}

/// A document that receives these items.
fn received(warehouse: &WarehouseCode, sequence: u32, items: Range<usize>) -> Logged {
    let fact = |number: usize| Fact {
        line: 0,
        fact: Some(Kind::Moved(Moved {
            kind: MovementKind::Receipt.into(),
            sku: format!("ITEM-{number:08}"),
            from_location: "SUPPLIER".into(),
            to_location: "MAIN".into(),
            quantity: Some(Decimal { value: format!("{}", 100 + number % 900) }),
            from_virtual: true,
            ..Moved::default()
        })),
    };
    let entry = JournalEntry {
        sequence: sequence.into(),
        warehouse: warehouse.to_string(),
        outcome: Some(Outcome::Posted(Posted { facts: items.map(fact).collect() })),
        ..JournalEntry::default()
    };
    Logged { entry, next: LogPosition { partition: 0, offset: sequence.into() } }
}

async fn used(connection: &mut MultiplexedConnection) -> Result<u64, Box<dyn Error>> {
    let info: String = redis::cmd("INFO").arg("memory").query_async(connection).await?;
    let line = info.lines().find_map(|line| line.strip_prefix("used_memory:"));
    Ok(line.ok_or("Redis does not say how much memory it uses")?.trim().parse()?)
}
