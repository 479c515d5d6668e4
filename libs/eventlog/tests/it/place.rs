use std::path::PathBuf;
use std::sync::Mutex;

use eventlog::{EventLog, EventLogConfig, TopicSpec};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use testkit::TempDir;

/// Where the log of one test is: nobody else's.
pub(crate) struct Place {
    pub(crate) config: EventLogConfig,
    topics: Mutex<Vec<&'static str>>,
    _directory: Option<TempDir>,
}

impl Place {
    pub(crate) fn embedded() -> Self {
        let directory = testkit::temp_dir();
        let path = directory.path().join("log.sqlite");
        Self {
            config: EventLogConfig::Embedded { path },
            topics: Mutex::default(),
            _directory: Some(directory),
        }
    }

    pub(crate) fn kafka() -> Self {
        let topic_prefix = format!("{}.", testkit::unique("eventlog"));
        let config = EventLogConfig::Kafka { bootstrap_servers: testkit::kafka(), topic_prefix };
        Self { config, topics: Mutex::default(), _directory: None }
    }

    /// Another handle of the same log, as another process has it.
    pub(crate) async fn open(&self) -> EventLog {
        EventLog::open(&self.config).await.expect("the log opens")
    }

    pub(crate) async fn open_with(&self, spec: &TopicSpec) -> EventLog {
        let log = self.open().await;
        log.ensure_topic(spec).await.expect("the topic is made");
        self.topics.lock().expect("not poisoned").push(spec.name);
        log
    }

    pub(crate) fn path(&self) -> PathBuf {
        match &self.config {
            EventLogConfig::Embedded { path } => path.clone(),
            EventLogConfig::Kafka { .. } => unreachable!("only embedded tests ask for it"),
        }
    }

    pub(crate) fn full_name(&self, topic: &str) -> String {
        match &self.config {
            EventLogConfig::Embedded { .. } => topic.to_owned(),
            EventLogConfig::Kafka { topic_prefix, .. } => format!("{topic_prefix}{topic}"),
        }
    }

    pub(crate) fn admin(&self) -> AdminClient<DefaultClientContext> {
        ClientConfig::new().set("bootstrap.servers", testkit::kafka()).create().expect("an admin client")
    }

    /// Leaves no topics behind on a broker that lives on.
    pub(crate) async fn clean_up(&self) {
        let names: Vec<String> =
            self.topics.lock().expect("not poisoned").iter().map(|topic| self.full_name(topic)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.admin().delete_topics(&names, &AdminOptions::new()).await.expect("the topics are deleted");
    }
}

pub(crate) const JOURNAL: TopicSpec = TopicSpec { name: "journal", partitions: 3, compacted: false };
pub(crate) const CATALOG: TopicSpec = TopicSpec { name: "catalog", partitions: 1, compacted: true };
