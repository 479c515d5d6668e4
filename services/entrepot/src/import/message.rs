//! The documents of a lane as messages, built as they are sent.

use proto::common::v1::Decimal;
use proto::stock::v1 as pb;
use vocabulary::{Quantity, Timestamp};

use super::document::{Document, Lane};
use super::item::ItemNumber;
use super::opening::Opening;
use super::plan::Plan;
use super::row::{Action, Row};

/// Lines after which a message is full: enough to fill the owner's batches, and far below the limit of a message's size.
const MESSAGE_LINES: usize = 1000;
/// Documents after which a message is full; the server takes 1,000.
const MESSAGE_DOCUMENTS: usize = 250;

/// The messages of one lane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Messages<'p> {
    plan: &'p Plan,
    lane: &'p Lane,
    warehouse: &'p str,
    revision: u64,
}

/// A document of a lane: its openings come first.
#[derive(Debug, Clone, Copy)]
pub(super) enum Posting<'p> {
    /// An opening receipt, with its index.
    Opening(usize, &'p [Opening]),
    /// A document of the file.
    Lines(&'p Document),
}

impl<'p> Messages<'p> {
    pub(super) fn new(plan: &'p Plan, lane: &'p Lane, revision: u64) -> Self {
        Self { plan, lane, warehouse: &plan.warehouse(lane).code, revision }
    }

    /// Code of the warehouse.
    pub(super) fn warehouse(&self) -> &'p str {
        self.warehouse
    }

    /// The rows of the file.
    pub(super) fn rows(&self) -> &'p [Row] {
        &self.plan.orders.rows
    }

    /// How many documents the lane has.
    pub(super) fn documents(&self) -> usize {
        self.plan.opening_documents(self.lane) + self.lane.documents.len()
    }

    /// The document at `index` of the lane.
    pub(super) fn posting(&self, index: usize) -> Option<Posting<'p>> {
        let openings = self.plan.opening_documents(self.lane);
        match index.checked_sub(openings) {
            Some(index) => self.lane.documents.get(index).map(Posting::Lines),
            None => self
                .lane
                .openings
                .chunks(self.plan.map.lines_max)
                .nth(index)
                .map(|o| Posting::Opening(index, o)),
        }
    }

    /// The message that starts with the document at `index`, and the index after it.
    pub(super) fn message(&self, index: usize) -> (pb::PostDocumentsRequest, usize) {
        let mut documents = Vec::new();
        let mut lines = 0;
        let mut next = index;
        while lines < MESSAGE_LINES && documents.len() < MESSAGE_DOCUMENTS {
            let Some(posting) = self.posting(next) else { break };
            let document = self.document(posting);
            lines += document.lines.len();
            documents.push(document);
            next += 1;
        }
        let warehouse = self.warehouse.to_owned();
        (pb::PostDocumentsRequest { warehouse, documents, catalog_revision: self.revision }, next)
    }

    fn document(&self, posting: Posting<'_>) -> pb::Document {
        let (id, time, reference, lines) = match posting {
            Posting::Opening(index, openings) => (
                self.plan.identity.opening(self.warehouse, index),
                self.plan.opened_at,
                "OPENING".to_owned(),
                openings.iter().map(|opening| self.opening_line(opening)).collect(),
            ),
            Posting::Lines(document) => {
                let rows = &self.plan.orders.rows;
                let first = document.rows(rows).next();
                let (ordinal, time) = first.map_or_else(Default::default, |row| (row.ordinal, row.time));
                let reference = format!("line {}", first.map_or(0, |row| row.line));
                let lines = document.rows(rows).map(|row| self.line(row)).collect();
                (self.plan.identity.document(self.warehouse, ordinal), time, reference, lines)
            }
        };
        let (request_id, effective_at) = (id.to_string(), Some(timestamp(time)));
        pb::Document { request_id, effective_at, lines, reference, ..pb::Document::default() }
    }

    fn opening_line(&self, opening: &Opening) -> pb::DocumentLine {
        line(pb::document_line::Action::Receive(pb::Receive {
            sku: self.sku(opening.item),
            location: self.location(),
            quantity: decimal(opening.quantity),
            unit: String::new(),
            ..pb::Receive::default()
        }))
    }

    fn line(&self, row: &Row) -> pb::DocumentLine {
        let (sku, location, unit) = (self.sku(row.item), self.location(), String::new());
        line(match row.action {
            Action::Issue(quantity) => pb::document_line::Action::Issue(pb::Issue {
                sku,
                location,
                quantity: decimal(quantity),
                unit,
                ..pb::Issue::default()
            }),
            Action::Return(quantity) => pb::document_line::Action::Return(pb::Return {
                sku,
                location,
                quantity: decimal(quantity),
                unit,
                ..pb::Return::default()
            }),
            Action::Adjust { delta, reason } => {
                let reason =
                    usize::try_from(reason).ok().and_then(|index| self.plan.orders.reasons.get(index));
                let reason = reason.map_or_else(String::new, |reason| reason.to_string());
                pb::document_line::Action::Adjust(pb::Adjust {
                    sku,
                    location,
                    delta: decimal(delta),
                    unit,
                    reason,
                    ..pb::Adjust::default()
                })
            }
        })
    }

    fn sku(&self, item: ItemNumber) -> String {
        self.plan.orders.items.get(item).map_or_else(String::new, |item| item.sku.as_str().to_owned())
    }

    fn location(&self) -> String {
        self.plan.map.location.as_str().to_owned()
    }
}

fn line(action: pb::document_line::Action) -> pb::DocumentLine {
    pb::DocumentLine { action: Some(action) }
}

fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = time.parts();
    prost_types::Timestamp { seconds, nanos }
}
