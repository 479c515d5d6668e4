use thiserror::Error;

/// Why the log did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LogFault {
    /// The log cannot be reached or has no room at the moment; the same call may work later.
    #[error("the event log is not available, try again later: {reason}")]
    Unavailable {
        /// What was seen.
        reason: String,
    },
    /// There is no such topic; it is made by [`crate::EventLog::ensure_topic`].
    #[error("there is no topic `{topic}`: create it first")]
    UnknownTopic {
        /// Its name; with Kafka it may have the configured prefix.
        topic: String,
    },
    /// The asked position is not in the topic (any more): it was truncated or made anew. What was built from it must be
    /// built again from the start.
    #[error("the topic no longer holds the position asked for, read it again from the start: {reason}")]
    Truncated {
        /// Topic, partition and offset as far as they are known.
        reason: String,
    },
    /// Asking again cannot help: a limit, a wrong argument or configuration, a damaged file.
    #[error("the event log refused it: {reason}")]
    Rejected {
        /// What has to be changed.
        reason: String,
    },
}

impl LogFault {
    /// Whether the same call may work later without anyone changing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }

    pub(crate) fn unavailable(reason: impl Into<String>) -> Self {
        Self::Unavailable { reason: reason.into() }
    }

    pub(crate) fn rejected(reason: impl Into<String>) -> Self {
        Self::Rejected { reason: reason.into() }
    }

    pub(crate) fn unknown_topic(topic: &str) -> Self {
        Self::UnknownTopic { topic: topic.to_owned() }
    }

    pub(crate) fn truncated(topic: &str, partition: i32, offset: i64) -> Self {
        Self::Truncated { reason: format!("topic {topic}, partition {partition}, offset {offset}") }
    }
}
