//! Shell: the event log port, on SQLite topics or Apache Kafka.
