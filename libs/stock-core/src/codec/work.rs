//! Facts and refusals about the documents of warehouse work.

use super::reader::Reader;
use super::writer::Writer;
use super::{CodecError, count, delivery, order, production, task};
use crate::{Fact, Rejection};

/// Whether a number in `Fact` is of one of them.
pub(super) const fn is_fact(number: u64) -> bool {
    matches!(number, delivery::FACT | count::FACT | order::FACT | production::FACT | task::FACT)
}

/// Whether a number in `Rejected` is of one of them.
pub(super) const fn is_rejection(number: u64) -> bool {
    matches!(
        number,
        delivery::REJECTION | count::REJECTION | order::REJECTION | production::REJECTION | task::REJECTION
    )
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
pub(super) fn write_fact(writer: &mut Writer, fact: &Fact) {
    match fact {
        Fact::Delivery(fact) => {
            writer.number(1, fact.line);
            delivery::write_change(writer, &fact.change);
        }
        Fact::Order(fact) => {
            writer.number(1, fact.line);
            order::write_change(writer, &fact.change);
        }
        Fact::Production(fact) => {
            writer.number(1, fact.line);
            production::write_change(writer, &fact.change);
        }
        Fact::Task(fact) => {
            writer.number(1, fact.line);
            task::write_change(writer, &fact.change);
        }
        Fact::Count(fact) => {
            writer.number(1, fact.line);
            count::write_change(writer, &fact.change);
        }
        _ => {}
    }
}

pub(super) fn read_fact(number: u64, line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    match number {
        delivery::FACT => delivery::read_fact(line, changed),
        order::FACT => order::read_fact(line, changed),
        production::FACT => production::read_fact(line, changed),
        task::FACT => task::read_fact(line, changed),
        _ => count::read_fact(line, changed),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
pub(super) fn write_rejection(writer: &mut Writer, rejection: &Rejection) {
    match rejection {
        Rejection::Delivery(rejection) => delivery::write_rejection(writer, rejection),
        Rejection::Order(rejection) => order::write_rejection(writer, rejection),
        Rejection::Production(rejection) => production::write_rejection(writer, rejection),
        Rejection::Task(rejection) => task::write_rejection(writer, rejection),
        Rejection::Count(rejection) => count::write_rejection(writer, rejection),
        _ => {}
    }
}

pub(super) fn read_rejection(number: u64, rejection: Reader<'_>) -> Result<Rejection, CodecError> {
    Ok(match number {
        delivery::REJECTION => delivery::read_rejection(rejection)?.into(),
        order::REJECTION => order::read_rejection(rejection)?.into(),
        production::REJECTION => production::read_rejection(rejection)?.into(),
        task::REJECTION => task::read_rejection(rejection)?.into(),
        _ => count::read_rejection(rejection)?.into(),
    })
}
