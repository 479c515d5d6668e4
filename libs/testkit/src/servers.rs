//! Where the real servers are: `make test` starts what is missing and says it in the environment.

/// The URL of a PostgreSQL server with a user that may create schemas (`ENTREPOT_TEST_POSTGRES`).
#[must_use]
pub fn postgres_url() -> String {
    required("ENTREPOT_TEST_POSTGRES")
}

/// The URL of a Redis server (`ENTREPOT_TEST_REDIS`); take keys below a prefix from [`crate::unique`].
#[must_use]
pub fn redis_url() -> String {
    required("ENTREPOT_TEST_REDIS")
}

/// The bootstrap servers of an Apache Kafka cluster (`ENTREPOT_TEST_KAFKA`); take a topic prefix from [`crate::unique`].
#[must_use]
pub fn kafka() -> String {
    required("ENTREPOT_TEST_KAFKA")
}

#[expect(clippy::panic, reason = "a test without its server must fail, not pass by skipping itself")]
fn required(name: &str) -> String {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => value,
        Ok(_) | Err(_) => panic!("{name} is not set: run `make test`, which starts the servers and sets it"),
    }
}
