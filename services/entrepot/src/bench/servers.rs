//! The servers that the environment names.

use crate::output::Failure;

/// Addresses, as `tests/servers/servers with` sets them.
#[derive(Debug, Clone)]
pub(super) struct Servers {
    pub(super) postgres: Option<String>,
    pub(super) redis: Option<String>,
    pub(super) kafka: Option<String>,
    /// A file of real order lines, in the form of `maps/uci_retail.toml`.
    pub(super) orders: Option<String>,
}

impl Servers {
    pub(super) fn of_environment() -> Self {
        let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            postgres: of("ENTREPOT_TEST_POSTGRES"),
            redis: of("ENTREPOT_TEST_REDIS"),
            kafka: of("ENTREPOT_TEST_KAFKA"),
            orders: of("ENTREPOT_BENCH_ORDERS"),
        }
    }

    pub(super) fn postgres(&self) -> Result<&str, Failure> {
        named(self.postgres.as_ref(), "ENTREPOT_TEST_POSTGRES")
    }

    pub(super) fn redis(&self) -> Result<&str, Failure> {
        named(self.redis.as_ref(), "ENTREPOT_TEST_REDIS")
    }

    pub(super) fn kafka(&self) -> Result<&str, Failure> {
        named(self.kafka.as_ref(), "ENTREPOT_TEST_KAFKA")
    }
}

fn named<'a>(value: Option<&'a String>, name: &str) -> Result<&'a str, Failure> {
    value.map(String::as_str).ok_or_else(|| Failure::usage(format!("{name} is not set: run `make bench`")))
}
