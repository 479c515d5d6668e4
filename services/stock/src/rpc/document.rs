//! Documents as they are sent, into documents as the core judges them. Everything that does not depend on the warehouse's
//! stock is refused here.

use std::sync::Arc;

use prost::Message;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, clock};
use stock_core::{Document, LINES_MAX, RequestDigest};
use vocabulary::{Date, RequestId, Timestamp, WarehouseCode};

use super::StockRpc;
use super::delivery_line;
use super::expectation_line;
use super::found::Found;
use super::line::LineParser;
use super::lock::LockPassing;
use crate::config::Limits;
use crate::engine::{Request, day_at, is_own};

const REFERENCE_CHARS_MAX: usize = 128;
const MICROS_A_DAY: i64 = 86_400_000_000;

/// Parses documents for one warehouse.
#[derive(Debug)]
pub(super) struct DocumentParser<'a> {
    limits: &'a Limits,
    passing: LockPassing,
    /// One look at the clock for all documents of a message: what is later than one that lies in the future does so, too.
    now: Timestamp,
    /// The day at the warehouse then.
    today: Date,
    lines: Result<LineParser<'a>, ApiError>,
    traceparent: Option<Arc<str>>,
}

impl<'a> DocumentParser<'a> {
    pub(super) fn new(service: &'a StockRpc, warehouse: &WarehouseCode, found: Found) -> Self {
        // Only sampled requests are followed: the last two digits of a traceparent are its flags.
        let sampled = telemetry::traceparent().filter(|parent| parent.ends_with("-01"));
        let traceparent = sampled.map(Arc::from);
        let lines = LineParser::new(&service.catalog, warehouse, found);
        let (limits, passing, now) = (&service.limits, service.passing, clock::now());
        let today = day_at(&service.catalog, warehouse, now);
        Self { limits, passing, now, today, lines, traceparent }
    }

    /// An id that cannot be read is an error of the request; anything else is kept with the id, which may have an answer.
    pub(super) fn parse(&self, document: &wire::Document) -> Result<Request, ApiError> {
        let request_id = request_id(&document.request_id)?;
        let content = document.encode_to_vec();
        let (digest, bytes) = (RequestDigest::of(&content), content.len());
        let document = self.document(document, request_id, digest);
        Ok(Request { request_id, digest, bytes, document, traceparent: self.traceparent.clone() })
    }

    fn document(
        &self,
        document: &wire::Document,
        request_id: RequestId,
        digest: RequestDigest,
    ) -> Result<Document, ApiError> {
        let parser = self.lines.as_ref().map_err(Clone::clone)?;
        if document.lines.is_empty() {
            return Err(ApiError::invalid(
                Reason::NoLines,
                "lines",
                "the document has no lines: give 1 to 1,000",
            ));
        }
        if document.lines.len() > LINES_MAX {
            let message =
                format!("the document has {} lines: give at most {LINES_MAX}", document.lines.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "lines", message));
        }
        if document.reference.chars().count() > REFERENCE_CHARS_MAX {
            let message = format!("the reference is longer than {REFERENCE_CHARS_MAX} characters");
            return Err(ApiError::invalid(Reason::TextTooLong, "reference", message));
        }
        let line = |(number, line): (usize, &wire::DocumentLine)| {
            let parsed = parser.parse(line).and_then(|parsed| delivery_line::for_delivery(line, parsed));
            let parsed = parsed.and_then(|parsed| expectation_line::meeting(line, parsed));
            parsed.map_err(|error| error.in_field(format_args!("lines[{number}]")))
        };
        Ok(Document {
            request_id,
            digest,
            effective_at: self.effective_at(document.effective_at.as_ref())?,
            reference: document.reference.clone(),
            lines: document.lines.iter().enumerate().map(line).collect::<Result<_, _>>()?,
            pass_lock: self.passing.judge(document)?,
            time_may_move: document.effective_at_may_move,
            today: Some(self.today),
        })
    }

    fn effective_at(&self, time: Option<&prost_types::Timestamp>) -> Result<Option<Timestamp>, ApiError> {
        let Some(time) = time else { return Ok(None) };
        let bad = |reason, message: String| ApiError::invalid(reason, "effective_at", message);
        let effective = Timestamp::from_parts(time.seconds, time.nanos);
        let effective = effective.map_err(|e| match time.seconds {
            _ if !(0..1_000_000_000).contains(&time.nanos) => bad(Reason::BadTime, e.to_string()),
            ..0 => bad(Reason::EffectiveAtTooOld, e.to_string()),
            0.. => bad(Reason::EffectiveAtInFuture, e.to_string()),
        })?;
        let now = self.now.micros();
        let ahead_max = i64::from(self.limits.effective_at_ahead_ms_max) * 1000;
        if effective.micros() > now.saturating_add(ahead_max) {
            let message = format!("{} lies in the future: give when it happened", clock::rfc3339(effective));
            return Err(bad(Reason::EffectiveAtInFuture, message));
        }
        let age_days_max = self.limits.effective_at_age_days_max;
        if effective.micros() < now.saturating_sub(i64::from(age_days_max) * MICROS_A_DAY) {
            let message = format!("{} is more than {age_days_max} days ago", clock::rfc3339(effective));
            return Err(bad(Reason::EffectiveAtTooOld, message));
        }
        Ok(Some(effective))
    }
}

/// A mutation's request id.
fn request_id(text: &str) -> Result<RequestId, ApiError> {
    if text.is_empty() {
        let message = "the request id is missing: give a new UUID, and the same one when you send it again";
        return Err(ApiError::invalid(Reason::RequestIdMissing, "request_id", message));
    }
    let malformed = |message: String| ApiError::invalid(Reason::RequestIdMalformed, "request_id", message);
    let id = RequestId::parse(text).map_err(|e| malformed(e.to_string()))?;
    if is_own(id) {
        let message =
            format!("{id} is of version 8, which only the warehouse itself gives: send another UUID");
        return Err(malformed(message));
    }
    Ok(id)
}
