//! The bytes of entries written by earlier versions of the journal: they are read, replayed and written again for ever.

use std::fmt::Write;

use stock_core::verify::{Verifier, state_digest};
use stock_core::{ChainHash, decode_entry, encode_entry};

use crate::language::{Warehouse, code};

/// What a version wrote.
struct Golden {
    /// The documents.
    script: &'static [&'static str],
    /// Numbers of those that are judged otherwise since: their entries stay what they are.
    judged_otherwise: &'static [usize],
    /// One entry a line, in hex.
    bytes: &'static str,
    /// The hash of the journal.
    hash: &'static str,
    /// The digest of the state it leads to.
    state: &'static str,
}

const V1: Golden = Golden {
    script: &SCRIPT_1,
    judged_otherwise: &[],
    bytes: include_str!("../golden/v1.hex"),
    hash: "c40f17d0742647a1a8e60cf188d88068a190cfb8882aa39af37f3106c1d760ba",
    state: "5a24dca69e1d1e0adee5c072ee30c4a6443533f3ffe72167c5ceecc78cafc88e",
};

/// With goods that are told apart, promises on terms, rules, times, reversals and handling units.
const V2: Golden = Golden {
    script: &SCRIPT_2,
    // A date ends promises.
    judged_otherwise: &[16],
    bytes: include_str!("../golden/v2.hex"),
    hash: "183834c8c26d9a33cc9d97ee1c103358286a0ea66774a7b7d74c173736c8cae2",
    state: "2dbe8a147108bf58fd9bfbafe7318edfad75636fce5afa67b9df49156a5130fd",
};

/// With statuses that count as available, minimums, expected supply and demand, and weights.
const V3: Golden = Golden {
    script: &SCRIPT_3,
    judged_otherwise: &[],
    bytes: include_str!("../golden/v3.hex"),
    hash: "1aa232e786fe94f5498b87cc9872d5854b2d9074d47ffd60d2411b37edcc18d4",
    state: "b7eba4c8cc329f612395142cefa341d0e3751578de3ed08c6d9e777210de682e",
};

/// Every kind of fact and of refusal that the first version knew, with places of both sorts and both policies.
const SCRIPT_1: [&str; 14] = [
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

/// The facts and refusals that came with the second.
const SCRIPT_2: [&str; 27] = [
    "receive L MAIN 9 @ lot=A expiry=2027-01-31 origin=DE partner=ACME; receive L MAIN 4 @ lot=B expiry=2027-02-28",
    "receive S MAIN 3 @ serials=1,2,3",
    "receive S PICK 1 @ serials=2",
    "status L MAIN 2 quarantine @ lot=A; status S MAIN 1 damaged @ serials=3",
    "receive A MAIN 8 @ owner=consignment:ACME",
    "own A MAIN 5 @ owner=consignment:ACME",
    "reserve L * 5 @ by=lot holder=C-1 channel=WEB priority=3 until=9 pick=fifo min=2027-01-01",
    "rule quota L WEB 2; rule buffer A 1; rule maximum L * 9; rule life C-1 30",
    "reserve S MAIN 1 @ serials=1 holder=C-2",
    "fulfil 9-0 @ serials=1 partner=C-2",
    "reserve L * 9 @ by=lot holder=C-2 may=partial",
    "expire 7-0 10",
    "issue A MAIN 9",
    "consume L MAIN 1 @ lot=B; produce P PICK 2 @ lot=P1",
    "issue L MAIN 1 @ lot=Z",
    "outdate L A",
    "recall L B",
    "at 5 receive T MAIN 4",
    "at 7 issue T MAIN 3",
    "at 8 receive T MAIN 5",
    "at 6 issue T MAIN 2",
    "reverse 6-0",
    "reverse 22-0",
    "range 7610425 3 0 9; open PALLET MAIN; open BOX MAIN",
    "receive A MAIN 6; pack #1 A 2; nest #1 #0; receive T MAIN 6",
    "shift #0 PICK; ship #0",
    "lock 1",
];

/// The facts and refusals that came with the third.
const SCRIPT_3: [&str; 19] = [
    "rule counts returned yes; rule least A 5",
    "receive A MAIN 3 @ status=returned; receive A MAIN 2",
    "reserve A * 4",
    "rule counts returned no",
    "reserve A MAIN 1 @ status=damaged",
    "fulfil 3-0 3; release 3-0 1",
    "expect PO-1 purchase B 10 2026-03-01 ACME; expect SO-1 demand B 3 2026-03-04 C-1 WEB",
    "for PO-1 receive B MAIN 4",
    "for SO-1 issue B MAIN 1; for SO-1 reserve B MAIN 1",
    "reverse 8-0",
    "reverse 9-0",
    "for PO-9 receive B MAIN 1",
    "for PO-1 receive A MAIN 1",
    "expect PO-1 demand B 1 2026-03-01",
    "cancel SO-1; expect PO-1 dispatched_transfer B 12 2026-03-02",
    "receive C MAIN 3 @ kg=15",
    "issue C MAIN 1 @ by=kg",
    "issue C MAIN 1 @ kg=4.9; issue C MAIN 2 @ kg=9.7",
    "receive A MAIN 1 @ kg=1",
];

impl Golden {
    fn entries(&self) -> Vec<Vec<u8>> {
        let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
        self.bytes.lines().map(|line| line.as_bytes().chunks(2).map(byte).collect()).collect()
    }

    /// The documents of then become the same bytes, which are read and written as they are.
    fn check_bytes(&self) {
        let mut warehouse = Warehouse::new();
        for ((number, document), bytes) in (1..).zip(self.script).zip(self.entries()) {
            if self.judged_otherwise.contains(&number) {
                warehouse.state.evolve(&decode_entry(&bytes).unwrap()).unwrap();
                warehouse.journal.push((bytes, ChainHash::START));
            } else {
                warehouse.post(document);
            }
        }
        let now: Vec<String> = warehouse.journal.iter().map(|(bytes, _)| hex(bytes)).collect();
        assert_eq!(now, self.bytes.lines().collect::<Vec<_>>());
        for (number, bytes) in self.entries().iter().enumerate() {
            assert_eq!(&encode_entry(&decode_entry(bytes).unwrap()), bytes, "entry {}", number + 1);
        }
    }

    /// The journal replays, to the state of then.
    fn replayed(&self) -> Verifier {
        let (mut verifier, mut hash) = (Verifier::new(code()), ChainHash::START);
        for bytes in self.entries() {
            hash = hash.next(&bytes);
            verifier.push(&bytes, hash.as_bytes()).unwrap();
        }
        assert_eq!(hash.to_string(), self.hash);
        assert_eq!(state_digest(verifier.state()).to_string(), self.state);
        verifier
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn documents_of_then_still_become_the_same_bytes() {
    V1.check_bytes();
    V2.check_bytes();
    V3.check_bytes();
}

#[test]
fn a_journal_of_the_first_version_replays() {
    let verifier = V1.replayed();
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
}

#[test]
fn a_journal_of_the_second_version_replays() {
    V2.replayed();
}

#[test]
fn a_journal_of_the_third_version_replays() {
    V3.replayed();
}
