//! Remembers everything that was sent and every answer that was heard, outside of the process that is killed.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};

use proto::stock::v1::Receipt;
use rpc::client::RemoteError;
use tokio::sync::{oneshot, watch};
use uuid::Uuid;

use super::merges::{Merged, Shift};
use super::news::{News, Notice};
use super::paper::{Paper, Step};
use super::weighed;
use crate::support::Server;

/// The reason of a refusal that is not remembered: it may be otherwise tomorrow.
const LOT_RECALLED: &str = "LOT_RECALLED";

/// Shared by all clients.
#[derive(Debug)]
pub(super) struct Auditor {
    book: Mutex<Book>,
    heard: watch::Sender<u64>,
    armed: Mutex<Option<Trap>>,
}

/// The end of a process, at a moment that is an answer.
#[derive(Debug)]
struct Trap {
    /// How many answers have been heard then.
    at: u64,
    server: Server,
    sprung: oneshot::Sender<()>,
}

/// What the auditor remembers.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) papers: HashMap<Uuid, Sent>,
    /// The newest sequence that an answer named, per warehouse.
    newest: BTreeMap<&'static str, u64>,
    /// Documents that were asked for again after their answer.
    pub(super) asked_again: u64,
    pub(super) news: News,
    /// What each device did.
    pub(super) shifts: BTreeMap<&'static str, Shift>,
}

/// A document that somebody sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) paper: Arc<Paper>,
    /// Answers up to this sequence were out before it was sent for the first time: it must stand after them.
    pub(super) after: u64,
    pub(super) answer: Option<Answer>,
    /// Whether it came too late, or is wrong in itself, and will not be posted.
    pub(super) is_over: bool,
    /// The line for which it was refused because a lot is called back, and how many notices may have been known then.
    pub(super) recalled: Option<(u32, RangeInclusive<usize>)>,
    /// How many notices of the catalog it demands to be known.
    pub(super) known: usize,
    /// What became of it, if a device merged it.
    pub(super) merged: Option<Merged>,
}

/// An answer that settles a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(super) sequence: u64,
    pub(super) verdict: Verdict,
}

/// Accepted or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Accepted {
        reservations: Vec<String>,
        /// Numbers of handling units that were opened.
        boxes: Vec<String>,
        recorded_at: (i64, i32),
        effective_at: (i64, i32),
    },
    Refused {
        reason: String,
        line: u32,
    },
}

impl Auditor {
    pub(super) fn new() -> Self {
        Self { book: Mutex::default(), heard: watch::Sender::new(0), armed: Mutex::default() }
    }

    /// Has the process killed as soon as `more` answers are heard, by the one who hears the last of them: an answer that is not
    /// durable yet would be lost with it. Resolves when the process has ended.
    pub(super) fn kill_after(&self, more: u64, server: Server) -> oneshot::Receiver<()> {
        let (sprung, ended) = oneshot::channel();
        let at = *self.heard.borrow() + more;
        *self.armed.lock().unwrap() = Some(Trap { at, server, sprung });
        ended
    }

    /// Before the first attempt.
    pub(super) fn sends(&self, paper: &Arc<Paper>) {
        let mut book = self.book.lock().unwrap();
        let after = book.newest.get(paper.warehouse).copied().unwrap_or_default();
        let known = book.news.answered();
        let (paper, merged, recalled) = (Arc::clone(paper), None, None);
        let request_id = paper.request_id;
        let sent = Sent { paper, after, answer: None, is_over: false, recalled, known, merged };
        assert!(book.papers.insert(request_id, sent).is_none(), "the clients made an id twice");
    }

    /// Before the first attempt to tell the catalog.
    pub(super) fn announces(&self, notice: Notice) {
        let mut book = self.book.lock().unwrap();
        let newest = book.newest.clone();
        book.news.begins(notice, newest);
    }

    /// The catalog is so, as of this revision.
    pub(super) fn announced(&self, revision: u64) {
        self.book.lock().unwrap().news.is_so(revision);
    }

    /// What every document demands to be known of the catalog.
    pub(super) fn revision(&self) -> u64 {
        self.book.lock().unwrap().news.revision()
    }

    /// An answer; every later one to the same document must be the same. Whether it is the first.
    pub(super) fn hears(&self, paper: &Paper, answer: &Answer) -> bool {
        let mut book = self.book.lock().unwrap();
        let newest = book.newest.entry(paper.warehouse).or_default();
        *newest = answer.sequence.max(*newest);
        let sent = book.papers.get_mut(&paper.request_id).unwrap();
        let is_first = sent.answer.is_none();
        let first = sent.answer.get_or_insert_with(|| answer.clone());
        assert_eq!(first, answer, "another answer to the same document {paper:?}");
        book.asked_again += u64::from(!is_first);
        drop(book);
        self.count();
        is_first
    }

    /// A promise in it would have ended before it was made, or it contradicts the catalog: the document was not posted, and will not be.
    pub(super) fn gives_up(&self, paper: &Paper, error: &RemoteError) {
        let mut book = self.book.lock().unwrap();
        let all = book.news.all();
        let sent = book.papers.get_mut(&paper.request_id).unwrap();
        sent.is_over = true;
        if error.reason == LOT_RECALLED {
            sent.recalled = Some((line_of(error).unwrap(), sent.known..=all));
        }
        drop(book);
        self.count();
    }

    /// A device has recorded an operation, and needs no network for it.
    pub(super) fn records(&self, (device, warehouse): (&'static str, &str), id: Uuid, step: Option<&Step>) {
        let mut book = self.book.lock().unwrap();
        let after = book.newest.get(warehouse).copied().unwrap_or_default();
        let shift = book.shifts.entry(device).or_default();
        assert!(shift.recorded.insert(id, (after, step.cloned())).is_none(), "{device} made an id twice");
    }

    /// The line of an operation that a device recorded.
    pub(super) fn step_of(&self, id: Uuid) -> Step {
        let book = self.book.lock().unwrap();
        let recorded = book.shifts.values().find_map(|shift| shift.recorded.get(&id));
        recorded.and_then(|(_, step)| step.clone()).expect("it was recorded with its line")
    }

    /// A device takes so many.
    pub(super) fn takes(&self, device: &'static str, quantity: i64) {
        self.book.lock().unwrap().shifts.entry(device).or_default().taken += quantity;
    }

    /// Waits until so many more answers were heard.
    pub(super) async fn more_answers(&self, count: u64) {
        let mut heard = self.heard();
        let until = *heard.borrow() + count;
        heard.wait_for(|heard| *heard >= until).await.unwrap();
    }

    /// An answer was heard.
    pub(super) fn count(&self) {
        self.heard.send_modify(|heard| *heard += 1);
        let heard = *self.heard.borrow();
        if let Some(trap) = self.armed.lock().unwrap().take_if(|trap| trap.at <= heard) {
            trap.server.kill();
            trap.sprung.send(()).unwrap();
        }
    }

    /// How many answers have been heard, as they come.
    pub(super) fn heard(&self) -> watch::Receiver<u64> {
        self.heard.subscribe()
    }

    /// Nothing is sent any more.
    pub(super) fn close(&self) -> Book {
        std::mem::take(&mut *self.book.lock().unwrap())
    }
}

impl Answer {
    pub(super) fn accepted(receipt: &Receipt) -> Self {
        let time = |time: Option<prost_types::Timestamp>| time.map(|t| (t.seconds, t.nanos)).unwrap();
        Self {
            sequence: receipt.sequence,
            verdict: Verdict::Accepted {
                reservations: receipt.reservation_ids.clone(),
                boxes: receipt.handling_units.clone(),
                recorded_at: time(receipt.recorded_at),
                effective_at: time(receipt.effective_at),
            },
        }
    }

    /// Whether the error says nothing about the document: it must be sent again.
    pub(crate) fn is_lost(error: &RemoteError) -> bool {
        error.reason.is_empty() || error.is_retryable() || error.reason == "DEADLINE_EXCEEDED"
    }

    /// Whether the document will never be posted: a promise in it would have ended by now, it is wrong in itself, or it brings back
    /// what is called back.
    pub(super) fn is_over(error: &RemoteError, paper: &Paper) -> bool {
        ["EXPIRES_AT_IN_PAST", LOT_RECALLED].contains(&&*error.reason) || weighed::is_wrong(error, paper)
    }

    /// `None` when the answer was lost.
    pub(super) fn refused(error: &RemoteError) -> Option<Self> {
        if Self::is_lost(error) {
            return None;
        }
        let (Some(sequence), Some(line)) = (error.metadata.get("sequence"), line_of(error)) else {
            panic!("a refusal without sequence or line: {error:?}");
        };
        let verdict = Verdict::Refused { reason: error.reason.clone(), line };
        Some(Self { sequence: sequence.parse().unwrap(), verdict })
    }
}

/// The line that an error is about: `document.lines[3]`, or `documents[7].lines[3]`.
pub(super) fn line_of(error: &RemoteError) -> Option<u32> {
    let (_, rest) = error.field.split_once("lines[")?;
    rest.split_once(']').map(|(line, _)| line.parse().unwrap())
}
