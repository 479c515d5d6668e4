use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use http::Response;
use tonic::body::Body;
use tonic::{Code, Status};

use super::methods::Method;
use crate::{ApiError, Reason};

/// Makes ordinary errors with a reason of a handler's panic, and of what tonic itself refuses before a handler is called.
pub(super) async fn recover(method: &Method, call: impl Future<Output = Response<Body>>) -> Response<Body> {
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(answer) => with_reason(answer),
        Err(_) => {
            tracing::error!(rpc.method = method.name, "a handler panicked");
            Status::from(ApiError::internal(
                "the server has a bug here: report it with the time of this answer",
            ))
            .into_http()
        }
    }
}

fn with_reason(answer: Response<Body>) -> Response<Body> {
    let headers = answer.headers();
    if !headers.contains_key(Status::GRPC_STATUS) || headers.contains_key("grpc-status-details-bin") {
        return answer;
    }
    match Status::from_header_map(headers).as_ref().and_then(explained) {
        Some(error) => Status::from(error).into_http(),
        None => answer,
    }
}

/// For handlers that read a stream of requests: what the caller is told when reading the next one failed.
pub fn reading_failed(status: Status) -> Status {
    explained(&status).map_or(status, Status::from)
}

/// The reason of a status that tonic made; `None` for one that has its own.
fn explained(status: &Status) -> Option<ApiError> {
    if !status.details().is_empty() {
        return None;
    }
    let (code, message) = (status.code(), status.message());
    if code == Code::OutOfRange && message.contains("decoded message length too large")
        || code == Code::ResourceExhausted && message.contains("size limit")
    {
        Some(too_large())
    } else if code == Code::Internal && UNREADABLE.iter().any(|start| message.starts_with(start)) {
        Some(unreadable(message))
    } else if code == Code::Unimplemented && message.is_empty() {
        Some(unknown_method())
    } else {
        None
    }
}

/// How tonic's messages about a request that it could not read start.
const UNREADABLE: [&str; 6] = [
    "failed to decode Protobuf message",
    "protocol error: received message with",
    "Error decompressing",
    "Missing request message",
    "Unexpected EOF decoding stream",
    "invalid compression flag",
];

fn too_large() -> ApiError {
    let limit = super::MESSAGE_BYTES_MAX;
    ApiError::new(Reason::MessageTooLarge, format!("the message is larger than {limit} bytes: split it"))
        .with("limit_bytes", limit)
}

fn unreadable(detail: &str) -> ApiError {
    ApiError::new(
        Reason::BadMessage,
        format!("the message cannot be read ({detail}): send what the .proto files say"),
    )
}

fn unknown_method() -> ApiError {
    ApiError::new(
        Reason::UnknownMethod,
        "the server has no such method: check the service's name and which roles it runs",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::RemoteError;

    #[test]
    fn what_tonic_says_about_a_request_gets_a_reason() {
        for (status, reason) in [
            (
                Status::out_of_range(
                    "Error, decoded message length too large: found 9 bytes, the limit is: 4 bytes",
                ),
                "MESSAGE_TOO_LARGE",
            ),
            (
                Status::internal("failed to decode Protobuf message: Head.warehouse: invalid wire type"),
                "BAD_MESSAGE",
            ),
            (Status::internal("Unexpected EOF decoding stream."), "BAD_MESSAGE"),
            (Status::unimplemented(""), "UNKNOWN_METHOD"),
            (Status::cancelled("the caller left"), ""),
            (ApiError::internal("failed to decode Protobuf message of our own").into(), "INTERNAL"),
        ] {
            assert_eq!(RemoteError::from(&reading_failed(status.clone())).reason, reason, "{status:?}");
        }
    }
}
