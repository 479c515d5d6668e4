//! What all clients of the cluster have in common.

use rdkafka::client::ClientContext;
use rdkafka::config::{ClientConfig, RDKafkaLogLevel};
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::fault::LogFault;

/// Bytes of a record as librdkafka and the brokers count it: our own largest record and what the formats add.
pub(super) const MESSAGE_BYTES_MAX: &str = "2097152";

pub(super) fn config(bootstrap_servers: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", bootstrap_servers)
        .set("client.id", "entrepot")
        .set("allow.auto.create.topics", "false")
        .set("message.max.bytes", MESSAGE_BYTES_MAX)
        .set("socket.keepalive.enable", "true")
        .set("reconnect.backoff.max.ms", "2000")
        .set_log_level(RDKafkaLogLevel::Warning);
    config
}

/// Runs a call of librdkafka that blocks on the network.
pub(super) async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, LogFault> + Send + 'static,
) -> Result<T, LogFault> {
    let joined = tokio::task::spawn_blocking(call).await;
    joined.unwrap_or_else(|error| Err(LogFault::unavailable(format!("a call to Kafka was cut off: {error}"))))
}

/// Brings what librdkafka says into our own log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context;

impl ClientContext for Context {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        tracing::warn!(facility, message, "librdkafka");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        // Every reader asks to be told that it has read everything: no trouble, and far too often for a log.
        if error.rdkafka_error_code() == Some(RDKafkaErrorCode::PartitionEOF) {
            return;
        }
        tracing::warn!(%error, reason, "kafka client");
    }
}

impl ConsumerContext for Context {}
