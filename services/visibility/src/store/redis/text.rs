//! What is stored, as text that an operator can read in `redis-cli`.

use vocabulary::{AvailableStatuses, ChannelCode, Invalid, PartyCode, Sequence, Sku, StockStatus, Timestamp};

use crate::core::{Expected, Head, Open, OpenTerms, Total, Value};
use crate::store::{Change, LogPosition};

const SHAPE: &str = "what this version writes: build the view again";

/// `ON_HAND RESERVED`; where something is expected, `ON_HAND RESERVED,INBOUND:IN_TRANSIT:DEMAND`.
pub(super) fn value(value: Value) -> String {
    if value.expected.is_zero() {
        return format!("{} {}", value.on_hand, value.reserved);
    }
    format!("{} {},{}", value.on_hand, value.reserved, value.expected)
}

pub(super) fn read_value(text: &str) -> Result<Value, Invalid> {
    let (on_hand, rest) = pair(text)?;
    let (reserved, expected) = rest.split_once(',').map_or((rest, None), |(r, e)| (r, Some(e)));
    let expected = expected.map_or(Ok(Expected::ZERO), Expected::parse)?;
    Ok(Value { on_hand: Total::parse(on_hand)?, reserved: Total::parse(reserved)?, expected })
}

/// `REMAINING SKU`; on terms, `REMAINING,CHANNEL,EXPIRES_AT_MICROS SKU`, with `,HOLDER` before the space if it has one.
pub(super) fn open(open: &Open) -> String {
    let Some(terms) = &open.terms else { return format!("{} {}", open.remaining, open.sku) };
    let channel = terms.channel.as_ref().map_or("", ChannelCode::as_str);
    let expires_at = terms.expires_at.map_or(0, Timestamp::micros);
    let holder = terms.holder.as_ref().map_or_else(String::new, |holder| format!(",{holder}"));
    format!("{},{channel},{expires_at}{holder} {}", open.remaining, open.sku)
}

pub(super) fn read_open(text: &str) -> Result<Open, Invalid> {
    let (remaining, sku) = pair(text)?;
    let (remaining, terms) = remaining.split_once(',').map_or((remaining, None), |(r, t)| (r, Some(t)));
    let terms = terms.map(|terms| read_terms(terms).map(Box::new)).transpose()?;
    Ok(Open { sku: Sku::parse(sku)?, remaining: Total::parse(remaining)?, terms })
}

fn read_terms(text: &str) -> Result<OpenTerms, Invalid> {
    let (channel, rest) = text.split_once(',').ok_or_else(|| Invalid::new("stored terms", text, SHAPE))?;
    let (micros, holder) =
        rest.split_once(',').map_or((rest, None), |(micros, holder)| (micros, Some(holder)));
    let channel = (!channel.is_empty()).then(|| ChannelCode::parse(channel)).transpose()?;
    let holder = holder.map(PartyCode::parse).transpose()?;
    let expires_at = match number(micros)? {
        0 => None,
        micros => Some(Timestamp::from_micros(micros)?),
    };
    Ok(OpenTerms { channel, expires_at, holder })
}

/// `SEQUENCE RECORDED_AT_MICROS`, and a word for each status that counts as available beside `available`.
pub(super) fn head(head: Head) -> String {
    let others = head.statuses.others().map(|status| format!(" {status}"));
    std::iter::once(format!("{} {}", head.sequence, head.recorded_at.micros())).chain(others).collect()
}

pub(super) fn read_head(text: &str) -> Result<Head, Invalid> {
    let (sequence, rest) = pair(text)?;
    let mut words = rest.split(' ');
    let recorded_at = Timestamp::from_micros(number(words.next().unwrap_or_default())?)?;
    let mut statuses = AvailableStatuses::default();
    for word in words {
        statuses.set(StockStatus::parse(word)?, true);
    }
    Ok(Head { sequence: Sequence::new(number(sequence)?), recorded_at, statuses })
}

/// `PARTITION OFFSET`
pub(super) fn next(next: LogPosition) -> String {
    format!("{} {}", next.partition, next.offset)
}

pub(super) fn read_next(text: &str) -> Result<LogPosition, Invalid> {
    let (partition, offset) = pair(text)?;
    Ok(LogPosition { partition: number(partition)?, offset: number(offset)? })
}

/// The sequence of the first entry, then `SEQUENCE VALUE SKU`, a change a line. No SKU contains a line feed.
pub(super) fn changes(first: Sequence, changes: &[Change]) -> String {
    let lines = changes.iter().map(|c| format!("\n{} {} {}", c.sequence, value(c.value), c.sku));
    std::iter::once(first.to_string()).chain(lines).collect()
}

pub(super) fn read_changes(text: &str) -> Result<(Sequence, Vec<Change>), Invalid> {
    let mut lines = text.split('\n');
    let first = Sequence::new(number(lines.next().unwrap_or_default())?);
    Ok((first, lines.map(read_change).collect::<Result<_, _>>()?))
}

fn read_change(line: &str) -> Result<Change, Invalid> {
    let invalid = || Invalid::new("stored change", line, SHAPE);
    let (sequence, rest) = line.split_once(' ').ok_or_else(invalid)?;
    // A value is two words.
    let (at, _) = rest.match_indices(' ').nth(1).ok_or_else(invalid)?;
    let (value, sku) = rest.split_at_checked(at).ok_or_else(invalid)?;
    let sku = Sku::parse(sku.get(1..).unwrap_or_default())?;
    Ok(Change { sequence: Sequence::new(number(sequence)?), value: read_value(value)?, sku })
}

fn pair(text: &str) -> Result<(&str, &str), Invalid> {
    text.split_once(' ').ok_or_else(|| Invalid::new("stored text", text, SHAPE))
}

pub(super) fn number<N: std::str::FromStr>(text: &str) -> Result<N, Invalid> {
    text.parse().map_err(|_| Invalid::new("stored number", text, SHAPE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let total = |text| Total::parse(text).unwrap();
        let plain = Value { on_hand: total("-12.5"), reserved: total("0.000000001"), ..Value::ZERO };
        let stored = Value { expected: Expected::parse("5::0.5").unwrap(), ..plain };
        assert_eq!(read_value(&value(plain)), Ok(plain));
        assert_eq!(value(stored), "-12.5 0.000000001,5::0.5");
        assert_eq!(read_value(&value(stored)), Ok(stored));
        let sku = Sku::parse("white, hanging heart").unwrap();
        let terms = |channel: Option<&str>, micros: Option<i64>| OpenTerms {
            channel: channel.map(|code| ChannelCode::parse(code).unwrap()),
            expires_at: micros.map(|micros| Timestamp::from_micros(micros).unwrap()),
            holder: None,
        };
        let held = OpenTerms { holder: PartyCode::parse("C-1").ok(), ..terms(Some("WEB"), Some(7)) };
        for terms in [None, Some(terms(Some("WEB"), None)), Some(terms(None, Some(7))), Some(held)] {
            let promise = Open { sku: sku.clone(), remaining: total("3"), terms: terms.map(Box::new) };
            assert_eq!(read_open(&open(&promise)), Ok(promise));
        }
        let place = LogPosition { partition: 11, offset: 99 };
        assert_eq!(read_next(&next(place)), Ok(place));
        let mut stands = Head { sequence: Sequence::new(7), ..Head::default() };
        assert_eq!(read_head(&head(stands)), Ok(stands));
        stands.statuses.set(StockStatus::Returned, true);
        stands.statuses.set(StockStatus::Damaged, true);
        assert_eq!((head(stands).as_str(), read_head(&head(stands))), ("7 0 damaged returned", Ok(stands)));
        let sequence = Sequence::new(u64::MAX);
        let changed = vec![Change { sequence, sku: Sku::parse("a b").unwrap(), value: stored }; 2];
        assert_eq!(read_changes(&changes(sequence, &changed)), Ok((sequence, changed)));
        assert_eq!(read_changes("5"), Ok((Sequence::new(5), vec![])));
        assert!(read_value("12").is_err());
        assert!(read_head("x 1").is_err());
    }
}
