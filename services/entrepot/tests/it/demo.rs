//! `entrepot demo`: on a server of its own, and the same story every time.

use crate::support::{entrepot, run};

fn demo(seed: &str) -> String {
    let ran = run(&mut entrepot(&["demo", "--seed", seed]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let story = demo("7");
    assert_eq!(demo("7"), story);
    assert_ne!(demo("8"), story);
    for word in [
        "BER",
        "HAM",
        "accepted",
        "refused: INSUFFICIENT_AVAILABLE",
        "fell off the trolley",
        "first to expire first",
        "recall lot OIL-1 of chain oil, 50 ml",
        "on a pallet",
        "refused: PACKED_IN_UNIT",
        "(00)376104250000000017",
        "move the pallet to PICK",
        "ship the pallet to RIDERS-CLUB",
        "(00)376104250000000017  shipped",
        "for the scanner",
        "of which some are kept for SCANNER-1",
        "declined: QUOTA_EXCEEDED",
        "2 accepted, 1 refused, 0 left to take",
        "for a person: operation 4",
        "rejected NOT_STOCK",
    ] {
        assert!(story.contains(word), "{word} is missing in\n{story}");
    }
}
