//! A history as bytes, for checkpoints: in the order of the journal, so that what is stored once never changes. A movement is
//! four varints (protobuf.dev, encoding): the steps of sequence and effective time since the one before, powers of ten, and the
//! number.

use super::leaf::Leaf;
use super::{History, LEAF_MAX, Long, Movement};
use crate::EvolveError;
use crate::amount::Amount;

/// As many movements as a position's row carries; more go into rows of their own, which are written once.
const RECENT_MAX: usize = 128;
/// Movements of such a row.
const CLOSED_MAX: usize = 4096;

/// What a checkpoint stores of a history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Movements that are in no closed row.
    pub(crate) recent: Vec<u8>,
    /// New rows, with their numbers.
    pub(crate) closed: Vec<(u32, Vec<u8>)>,
}

impl History {
    /// What the next checkpoint stores. Everything before it must have been stored.
    pub(crate) fn take_stored(&mut self) -> Stored {
        let (until, mut number) =
            self.long.as_ref().map_or((0, 0), |long| (long.closed_until, long.closed_rows));
        let leaves = self.long.iter().flat_map(|long| &long.leaves);
        let newer = leaves.filter(|leaf| leaf.is_newer_than(until)).flat_map(|leaf| leaf.movements());
        let mut open: Vec<Movement> =
            newer.chain(&self.tail).filter(|movement| movement.sequence > until).copied().collect();
        open.sort_by_key(|movement| movement.sequence);
        let Some(last) = open.last().filter(|_| open.len() >= RECENT_MAX) else {
            return Stored { recent: encode(&open), closed: Vec::new() };
        };
        let closed_until = last.sequence;
        let mut stored = Stored::default();
        for row in open.chunks(CLOSED_MAX) {
            stored.closed.push((number, encode(row)));
            number = number.saturating_add(1);
        }
        let long = self.long.get_or_insert_default();
        (long.closed_until, long.closed_rows) = (closed_until, number);
        stored
    }

    /// Puts a closed row back; rows come in the order of their numbers, and [`History::restore_recent`] ends it.
    pub(crate) fn restore_closed(&mut self, number: u32, bytes: &[u8]) -> Result<(), EvolveError> {
        let last = self.read(bytes)?;
        let long: &mut Long = self.long.get_or_insert_default();
        long.closed_until = long.closed_until.max(last);
        long.closed_rows = number.saturating_add(1);
        Ok(())
    }

    /// Puts the movements that are in no closed row back. Only now are all of them sorted: one by one, late ones would be dear.
    pub(crate) fn restore_recent(&mut self, bytes: &[u8]) -> Result<(), EvolveError> {
        self.read(bytes)?;
        self.tail.sort_by_key(|movement| movement.effective);
        if self.tail.len() < LEAF_MAX {
            self.tail.shrink_to_fit();
            return Ok(());
        }
        let all = std::mem::take(&mut self.tail);
        let leaves = &mut self.long.get_or_insert_default().leaves;
        let mut parts = all.chunks(LEAF_MAX.saturating_sub(1)).map(<[Movement]>::to_vec).peekable();
        while let Some(part) = parts.next() {
            match parts.peek() {
                Some(_) => leaves.push(Leaf::new(part)),
                None => self.tail = part,
            }
        }
        Ok(())
    }

    /// Adds movements to the tail as they stand; gives the last sequence.
    fn read(&mut self, bytes: &[u8]) -> Result<u64, EvolveError> {
        let (mut rest, mut sequence, mut effective) = (bytes, 0_u64, 0_i64);
        while !rest.is_empty() {
            sequence = sequence.saturating_add(number(&mut rest)?);
            effective = effective.saturating_add(signed(&mut rest)?);
            let zeros = u32::try_from(varint(&mut rest)?).map_err(|_| EvolveError::History)?;
            let amount = unzigzag(varint(&mut rest)?).checked_mul(10_i128.saturating_pow(zeros));
            let amount = amount.ok_or(EvolveError::History)?;
            self.tail.push(Movement { effective, sequence, amount });
        }
        Ok(sequence)
    }
}

fn encode(movements: &[Movement]) -> Vec<u8> {
    let (mut bytes, mut sequence, mut effective) = (Vec::new(), 0_u64, 0_i64);
    for movement in movements {
        write(&mut bytes, movement.sequence.saturating_sub(sequence).into());
        write(&mut bytes, zigzag(movement.effective.saturating_sub(effective).into()));
        let (zeros, number) = without_zeros(movement.amount);
        write(&mut bytes, zeros.into());
        write(&mut bytes, zigzag(number));
        (sequence, effective) = (movement.sequence, movement.effective);
    }
    bytes
}

/// Powers of ten, and the rest: most amounts are whole units, with nine zeros.
fn without_zeros(mut amount: Amount) -> (u32, Amount) {
    let mut zeros = 0_u32;
    while amount != 0 && amount.checked_rem(10) == Some(0) {
        amount = amount.checked_div(10).unwrap_or(0);
        zeros = zeros.saturating_add(1);
    }
    (zeros, amount)
}

const fn zigzag(value: i128) -> u128 {
    ((value << 1) ^ (value >> 127)).cast_unsigned()
}

const fn unzigzag(value: u128) -> i128 {
    (value >> 1).cast_signed() ^ 0_i128.wrapping_sub((value & 1).cast_signed())
}

fn write(bytes: &mut Vec<u8>, mut value: u128) {
    while let Ok(low) = u8::try_from(value & 0x7f)
        && value > 0x7f
    {
        bytes.push(low | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or(u8::MAX));
}

fn varint(rest: &mut &[u8]) -> Result<u128, EvolveError> {
    let mut value = 0_u128;
    for shift in (0_u32..=126).step_by(7) {
        let (byte, after) = rest.split_first().ok_or(EvolveError::History)?;
        *rest = after;
        value |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(EvolveError::History)
}

fn number(rest: &mut &[u8]) -> Result<u64, EvolveError> {
    u64::try_from(varint(rest)?).map_err(|_| EvolveError::History)
}

fn signed(rest: &mut &[u8]) -> Result<i64, EvolveError> {
    i64::try_from(unzigzag(varint(rest)?)).map_err(|_| EvolveError::History)
}
