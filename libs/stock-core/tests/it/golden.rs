//! The bytes of entries written by the first version of the journal: they are read, replayed and written again for ever.

use std::fmt::Write;

use stock_core::verify::Verifier;
use stock_core::{ChainHash, decode_entry, encode_entry};

use crate::language::{Warehouse, code};

/// One entry a line, in hex, as the first version wrote the documents of `SCRIPT`.
const V1: &str = include_str!("../golden/v1.hex");

/// The hash of the journal.
const HASH: &str = "c40f17d0742647a1a8e60cf188d88068a190cfb8882aa39af37f3106c1d760ba";
/// The digest of the state it leads to.
const STATE: &str = "5a24dca69e1d1e0adee5c072ee30c4a6443533f3ffe72167c5ceecc78cafc88e";

/// Every kind of fact and of refusal that the first version knew, with places of both sorts and both policies.
const SCRIPT: [&str; 14] = [
    "receive A MAIN 10",
    "receive N PICK 2.5; issue N PICK 4; return A PICK 1",
    "move A MAIN PICK 3; adjust A PICK -1 broken; adjust A MAIN 0.000000001 found",
    "reserve A MAIN 4; reserve A PICK 2",
    "issue A MAIN 9",
    "release 4-0 1; fulfil 4-0 2",
    "fulfil 4-1",
    "release 9-9",
    "fulfil 4-0 5",
    "receive B MAIN 1000000000000000000",
    "receive B MAIN 1",
    "receive A+ A-1/2.3 1",
    "issue A+ MAIN 12",
    "receive Größe MAIN 7",
];

fn entries() -> Vec<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    V1.lines().map(|line| line.as_bytes().chunks(2).map(byte).collect()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn documents_of_then_still_become_the_same_bytes() {
    let mut warehouse = Warehouse::new();
    SCRIPT.iter().for_each(|document| {
        warehouse.post(document);
    });
    let now: Vec<String> = warehouse.journal.iter().map(|(bytes, _)| hex(bytes)).collect();
    assert_eq!(now, V1.lines().collect::<Vec<_>>());
}

#[test]
fn bytes_of_then_are_read_and_written_as_they_are() {
    for (number, bytes) in entries().iter().enumerate() {
        assert_eq!(&encode_entry(&decode_entry(bytes).unwrap()), bytes, "entry {}", number + 1);
    }
}

#[test]
fn a_journal_of_then_replays() {
    let (mut verifier, mut hash) = (Verifier::new(code()), ChainHash::START);
    for bytes in entries() {
        hash = hash.next(&bytes);
        verifier.push(&bytes, hash.as_bytes()).unwrap();
    }
    let state = verifier.state();
    for (sku, location, expected) in [
        ("A", "MAIN", "-6.999999999 1"),
        ("A", "PICK", "1 0"),
        ("A", "A-1/2.3", "1 0"),
        ("N", "PICK", "-1.5 0"),
        ("B", "MAIN", "1000000000000000000 0"),
        ("Größe", "MAIN", "7 0"),
    ] {
        let balance = state.balance(sku, location);
        assert_eq!(format!("{} {}", balance.on_hand, balance.reserved), expected, "{sku} at {location}");
    }
    let verified = verifier.finish();
    assert_eq!(verified.hash.to_string(), HASH);
    assert_eq!(verified.state_digest.to_string(), STATE);
}
