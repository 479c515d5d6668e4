use clap::ValueEnum;

use super::{
    as_of, atp, availability, counts, embedded, fefo, import, labels, memory, orders, papers, recall,
    restart, stream, tasks, tracked, unary, visible,
};
use crate::bench::report::Row;
use crate::bench::run::Bench;
use crate::bench::servers::Servers;
use crate::output::Failure;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::bench) enum Measurement {
    /// Documents in streams on PostgreSQL, over all items and of one; processor time of a movement.
    Stream,
    /// Documents in streams on PostgreSQL, of lots, promises and serial numbers.
    Tracked,
    /// Promises of an item with 10,000 lots, in process.
    Fefo,
    /// Balances as of any time of a position with 1,000,000 movements, in process.
    AsOf,
    /// GS1 labels, in process.
    Labels,
    /// Delivery notes as PDF, in process.
    Papers,
    /// From a recall until all is held and listed, of a lot with 100,000 movements, on servers and embedded.
    Recall,
    /// Allocation, wave and pick list of an order with 1,000 lines, and allocation of 10,000 orders, on servers and embedded.
    Orders,
    /// A plan of counts over 100,000 places, chosen and opened, on servers and embedded.
    Counts,
    /// Tasks claimed and done by 64 people, on servers and embedded.
    Tasks,
    /// What can be promised of 100 keys on 180 days, in process and in Redis.
    Atp,
    /// Documents one by one on PostgreSQL: 1, 64 and 1,024 in flight.
    Unary,
    /// Documents in streams on SQLite.
    Embedded,
    /// The file of real order lines that ENTREPOT_BENCH_ORDERS names.
    Import,
    /// Reads of 100 keys, in process and in Redis.
    Availability,
    /// From a write's answer until the view shows it.
    Visible,
    /// From the start of a process until it answers, with 1,000,000 journal rows after the checkpoint.
    Restart,
    /// Memory of stock with many positions and remembered requests.
    Memory,
}

impl Measurement {
    /// The given ones, each once and in the order they run; all when none is given.
    pub(in crate::bench) fn chosen(only: &[Self]) -> Vec<Self> {
        let all = Self::value_variants().iter().copied();
        all.filter(|measurement| only.is_empty() || only.contains(measurement)).collect()
    }

    pub(in crate::bench) const fn name(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Tracked => "tracked",
            Self::Fefo => "fefo",
            Self::AsOf => "as-of",
            Self::Labels => "labels",
            Self::Papers => "papers",
            Self::Recall => "recall",
            Self::Orders => "orders",
            Self::Counts => "counts",
            Self::Tasks => "tasks",
            Self::Atp => "atp",
            Self::Unary => "unary",
            Self::Embedded => "embedded",
            Self::Import => "import",
            Self::Availability => "availability",
            Self::Visible => "visible",
            Self::Restart => "restart",
            Self::Memory => "memory",
        }
    }

    /// What it lacks, if anything.
    pub(in crate::bench) fn cannot_run(self, servers: &Servers) -> Option<&'static str> {
        let lacks_sql_or_log = servers.postgres.is_none() || servers.kafka.is_none();
        match self {
            Self::Embedded | Self::Fefo | Self::AsOf | Self::Labels | Self::Papers => None,
            Self::Import => servers
                .orders
                .is_none()
                .then_some("ENTREPOT_BENCH_ORDERS names no file of order lines (maps/uci_retail.toml says what it looks like)"),
            Self::Stream | Self::Tracked | Self::Orders | Self::Counts | Self::Tasks | Self::Unary | Self::Restart | Self::Memory => lacks_sql_or_log
                .then_some("it needs ENTREPOT_TEST_POSTGRES and ENTREPOT_TEST_KAFKA: run `make bench`"),
            Self::Availability | Self::Visible | Self::Recall | Self::Atp => (lacks_sql_or_log || servers.redis.is_none())
                .then_some("it needs ENTREPOT_TEST_POSTGRES, _KAFKA and _REDIS: run `make bench`"),
        }
    }

    pub(in crate::bench) async fn run(self, bench: &mut Bench) -> Result<Vec<Row>, Failure> {
        match self {
            Self::Stream => Box::pin(stream::measure(bench)).await,
            Self::Tracked => Box::pin(tracked::measure(bench)).await,
            Self::Fefo => fefo::measure(),
            Self::AsOf => as_of::measure(),
            Self::Labels => labels::measure(),
            Self::Papers => papers::measure(),
            Self::Recall => Box::pin(recall::measure(bench)).await,
            Self::Orders => Box::pin(orders::measure(bench)).await,
            Self::Counts => Box::pin(counts::measure(bench)).await,
            Self::Tasks => Box::pin(tasks::measure(bench)).await,
            Self::Atp => Box::pin(atp::measure(bench)).await,
            Self::Unary => Box::pin(unary::measure(bench)).await,
            Self::Embedded => Box::pin(embedded::measure(bench)).await,
            Self::Import => Box::pin(import::measure(bench)).await,
            Self::Availability => Box::pin(availability::measure(bench)).await,
            Self::Visible => Box::pin(visible::measure(bench)).await,
            Self::Restart => Box::pin(restart::measure(bench)).await,
            Self::Memory => Box::pin(memory::measure(bench)).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_flag_takes() {
        for measurement in Measurement::value_variants() {
            assert_eq!(Measurement::from_str(measurement.name(), false), Ok(*measurement));
        }
    }
}
