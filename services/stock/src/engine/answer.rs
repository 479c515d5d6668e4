use rpc::ApiError;
use stock_core::{Entry, Outcome, Refusal, RequestDigest};
use vocabulary::{DocumentCode, Quantity, ReservationId, Sequence, Sscc, Timestamp};

/// What a request is answered.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The journal has an entry for it, now or since long.
    Recorded(Recorded),
    /// It was only judged, and is not recorded.
    Judged {
        /// As it was given.
        effective_at: Option<Timestamp>,
        /// What would have been recorded.
        verdict: Result<(), Refusal>,
    },
    /// The journal has an entry for its id, with other content.
    Reused(Sequence),
    /// It could not be judged, and the journal has no entry for it.
    Invalid(ApiError),
}

/// The answer that the journal remembers.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) sequence: Sequence,
    pub(crate) digest: RequestDigest,
    pub(crate) effective_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    pub(crate) verdict: Verdict,
    /// Whether it was there before this request.
    pub(crate) origin: Origin,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Judged now.
    Fresh,
    /// From an earlier request with the same id.
    Remembered,
}

/// Accepted or refused.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// With what it made.
    Accepted(Made),
    /// With the reason.
    Refused(Box<Refusal>),
}

/// What an accepted document made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// Reservations, and what each holds.
    pub(crate) reservations: Box<[(ReservationId, Quantity)]>,
    /// Handling units that it opened.
    pub(crate) handling_units: Box<[Sscc]>,
    /// Tasks that were claimed.
    pub(crate) tasks: Box<[DocumentCode]>,
}

impl Recorded {
    /// The answer in an entry.
    pub(crate) fn of(entry: &Entry) -> Self {
        let verdict = match &entry.outcome {
            Outcome::Posted(_) => Verdict::Accepted(Made {
                reservations: entry.reservations().into_boxed_slice(),
                handling_units: entry.opened_units().into_boxed_slice(),
                tasks: entry.claimed_tasks().into_boxed_slice(),
            }),
            Outcome::Rejected(refusal) => Verdict::Refused(Box::new(refusal.clone())),
        };
        Self {
            sequence: entry.sequence,
            digest: entry.digest,
            effective_at: entry.effective_at,
            recorded_at: entry.recorded_at,
            verdict,
            origin: Origin::Fresh,
        }
    }

    /// The answer to another request with the same id.
    pub(crate) fn again(&self, digest: RequestDigest) -> Answer {
        if self.digest == digest {
            Answer::Recorded(Self { origin: Origin::Remembered, ..self.clone() })
        } else {
            Answer::Reused(self.sequence)
        }
    }
}
