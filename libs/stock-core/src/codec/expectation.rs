//! Facts and refusals about what is expected.

use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode, Sku};

use super::CodecError;
use super::decode::{fields, given, is_set, number, quantity, text};
use super::encode::texts;
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::{
    Direction, Expectation, ExpectationChange, ExpectationRejection, ExpectedBefore, ExpectedKind, Met,
};

/// Numbers of the facts in `Fact`.
const FACTS: std::ops::RangeInclusive<u64> = 20..=22;
/// Numbers of the refusals in `Rejected`.
const REJECTIONS: std::ops::RangeInclusive<u64> = 45..=48;

/// Whether this field of `Fact` is about what is expected.
pub(super) fn is_fact(number: u64) -> bool {
    FACTS.contains(&number)
}

/// Whether this field of `Rejected` is about what is expected.
pub(super) fn is_rejection(number: u64) -> bool {
    REJECTIONS.contains(&number)
}

pub(super) fn write_change(writer: &mut Writer, change: &ExpectationChange) {
    match change {
        ExpectationChange::Set { before, after } => writer.message(20, |writer| {
            writer.message(1, |writer| write_expectation(writer, after));
            if let Some(ExpectedBefore { kind, day, open }) = before {
                writer.message(2, |writer| {
                    writer.number(1, kind_number(*kind));
                    writer.text(2, &day.to_string());
                    writer.decimal(3, open);
                });
            }
        }),
        ExpectationChange::Met(met) => writer.message(21, |writer| write_met(writer, met)),
        ExpectationChange::Reopened(met) => writer.message(22, |writer| write_met(writer, met)),
    }
}

fn write_met(writer: &mut Writer, met: &Met) {
    writer.message(1, |writer| write_expectation(writer, &met.expectation));
    writer.decimal(2, met.quantity);
}

fn write_expectation(writer: &mut Writer, expectation: &Expectation) {
    let Expectation { code, kind, sku, day, expected, met, open, partner, channel } = expectation;
    writer.text(1, code.as_str());
    writer.number(2, kind_number(*kind));
    writer.text(3, sku.as_str());
    writer.text(4, &day.to_string());
    for (field, quantity) in [(5, expected), (6, met), (7, open)] {
        writer.decimal(field, quantity);
    }
    writer.text(8, partner.as_ref().map_or("", PartyCode::as_str));
    writer.text(9, channel.as_ref().map_or("", ChannelCode::as_str));
}

pub(super) fn read_change(number: u64, fact: Reader<'_>) -> Result<ExpectationChange, CodecError> {
    let [expectation, second] = fields(fact)?;
    let expectation = expectation.ok_or(CodecError::Missing("expectation"))?;
    let expectation = read_expectation(expectation.message())?;
    let met = |expectation| Ok::<_, CodecError>(Met { quantity: quantity(second)?, expectation });
    Ok(match number {
        20 => {
            let before = second.map(|before| read_before(before.message())).transpose()?;
            ExpectationChange::Set { before, after: expectation }
        }
        21 => ExpectationChange::Met(met(expectation)?),
        _ => ExpectationChange::Reopened(met(expectation)?),
    })
}

fn read_before(before: Reader<'_>) -> Result<ExpectedBefore, CodecError> {
    let [kind, day, open] = fields(before)?;
    Ok(ExpectedBefore { kind: read_kind(kind)?, day: Date::parse(text(day)?)?, open: quantity(open)? })
}

fn read_expectation(expectation: Reader<'_>) -> Result<Expectation, CodecError> {
    let [code, kind, sku, day, expected, met, open, partner, channel] = fields(expectation)?;
    Ok(Expectation {
        code: ExpectationCode::parse(text(code)?)?,
        kind: read_kind(kind)?,
        sku: Sku::parse(text(sku)?)?,
        day: Date::parse(text(day)?)?,
        expected: quantity(expected)?,
        met: quantity(met)?,
        open: quantity(open)?,
        partner: given(partner, PartyCode::parse)?,
        channel: given(channel, ChannelCode::parse)?,
    })
}

const fn kind_number(kind: ExpectedKind) -> u32 {
    match kind {
        ExpectedKind::Purchase => 1,
        ExpectedKind::Transfer => 2,
        ExpectedKind::DispatchedTransfer => 3,
        ExpectedKind::Production => 4,
        ExpectedKind::Return => 5,
        ExpectedKind::Demand => 6,
    }
}

fn read_kind(field: Option<Field<'_>>) -> Result<ExpectedKind, CodecError> {
    let given = number(field);
    let known = ExpectedKind::ALL.into_iter().find(|kind| u64::from(kind_number(*kind)) == given);
    known.ok_or_else(|| CodecError::Protobuf(format!("no kind of expectation is {given}")))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &ExpectationRejection) {
    match rejection {
        ExpectationRejection::NotFound { expectation } => texts(writer, 45, &[expectation.as_str()]),
        ExpectationRejection::OtherItem { expectation, sku, given } => {
            texts(writer, 46, &[expectation.as_str(), sku.as_str(), given.as_str()]);
        }
        ExpectationRejection::OtherDirection { expectation, direction } => writer.message(47, |writer| {
            writer.text(1, expectation.as_str());
            writer.number(2, *direction == Direction::Demand);
        }),
        ExpectationRejection::TooMany => texts(writer, 48, &[]),
    }
}

pub(super) fn read_rejection(number: u64, rejection: Reader<'_>) -> Result<ExpectationRejection, CodecError> {
    let [first, second, third] = fields(rejection)?;
    let expectation = || Ok::<_, CodecError>(ExpectationCode::parse(text(first)?)?);
    Ok(match number {
        45 => ExpectationRejection::NotFound { expectation: expectation()? },
        46 => ExpectationRejection::OtherItem {
            expectation: expectation()?,
            sku: Sku::parse(text(second)?)?,
            given: Sku::parse(text(third)?)?,
        },
        47 => ExpectationRejection::OtherDirection {
            expectation: expectation()?,
            direction: if is_set(second) { Direction::Demand } else { Direction::Supply },
        },
        _ => ExpectationRejection::TooMany,
    })
}
