use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};

use crate::fault::LogFault;

/// What a client call or a delivery that failed means to the caller. `topic` is the one it was about.
pub(super) fn from_kafka(topic: &str, error: &KafkaError) -> LogFault {
    match error.rdkafka_error_code() {
        Some(code) => from_code(topic, code, &error.to_string()),
        None if matches!(
            error,
            KafkaError::ClientConfig(..) | KafkaError::ClientCreation(_) | KafkaError::Nul(_)
        ) =>
        {
            LogFault::rejected(error.to_string())
        }
        None => LogFault::unavailable(error.to_string()),
    }
}

pub(super) fn from_code(topic: &str, code: Code, reason: &str) -> LogFault {
    if is_unknown_topic(code) {
        return LogFault::unknown_topic(topic);
    }
    if is_lasting(code) {
        return LogFault::rejected(format!("topic {topic}: {reason}"));
    }
    LogFault::unavailable(reason)
}

pub(super) fn is_unknown_topic(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownTopic | Code::UnknownTopicOrPartition | Code::UnknownPartition | Code::UnknownTopicId
    )
}

/// What only somebody's hand can change.
pub(super) fn is_lasting(code: Code) -> bool {
    matches!(
        code,
        Code::MessageSizeTooLarge
            | Code::InvalidMessageSize
            | Code::InvalidTopic
            | Code::InvalidRecord
            | Code::InvalidPartitions
            | Code::InvalidReplicationFactor
            | Code::InvalidConfig
            | Code::InvalidArgument
            | Code::PolicyViolation
            | Code::TopicAuthorizationFailed
            | Code::ClusterAuthorizationFailed
            | Code::SaslAuthenticationFailed
            | Code::Authentication
            | Code::UnsupportedVersion
    )
}

/// Faults of the consumer group protocol. The readers ask for no group, but librdkafka looks for the group's
/// coordinator all the same.
pub(super) fn is_of_group(code: Code) -> bool {
    matches!(
        code,
        Code::GroupAuthorizationFailed
            | Code::CoordinatorNotAvailable
            | Code::CoordinatorLoadInProgress
            | Code::NotCoordinator
    )
}
