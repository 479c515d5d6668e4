use super::journal::entry;
use super::{AlertKind, Book};

/// Each line of `script` is `ENTRY | the alerts that are kept then`: their keys, and what they are about.
fn check_alerts(script: &str) {
    let mut book = Book::default();
    let mut before = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').expect("ENTRY | RESULT");
        book.offer(&entry("BER", text)).unwrap();
        let kinds = AlertKind::KEPT.map(AlertKind::whole);
        let alerts = kinds.iter().flat_map(|(first, behind)| book.alerts((first, behind), ""));
        let alerts = alerts.map(|(key, quantity)| format!("{} {quantity}", key.replace('\0', "/")));
        let got = alerts.collect::<Vec<_>>().join(", ");
        assert_eq!(got, expected.trim(), "{line}");
        let keys = |alerts: &str, kind: AlertKind| {
            let (first, _) = kind.whole();
            let keys = alerts.split(", ").filter_map(|alert| Some(alert.rsplit_once(' ')?.0.to_owned()));
            keys.filter(|key| key.starts_with(&first.replace('\0', "/"))).collect::<Vec<_>>()
        };
        for kind in AlertKind::KEPT {
            let differ = book.alerts_differed().get(&kind) == Some(&book.head().sequence);
            assert_eq!(differ, keys(&before, kind) != keys(&got, kind), "whether {kind:?} differ: {line}");
        }
        before = got;
    }
}

#[test]
fn an_item_is_below_its_minimum_while_less_is_available() {
    check_alerts(
        "1 SUPPLIER>A pen 10                        |
         2 least pen 5                              |
         3 reserve pen 6                            | B/pen/5 4
         4 A>CUSTOMER pen 1                         | B/pen/5 3
         5 release 3-0 2                            |
         6 least pen 20                             | B/pen/20 5
         7 least pen 30                             | B/pen/30 5
         8 least pen none; least ink 1              | B/ink/1 0
         9 SUPPLIER>A ink 2; A>A#damaged ink 1      |
         10 A>CUSTOMER ink 1; SUPPLIER>A ink 1      | ",
    );
}

#[test]
fn lots_are_kept_while_something_is_there_that_their_date_takes() {
    check_alerts(
        "1 record lot:L1 2030-06-30; SUPPLIER>A lot:L1 10; SUPPLIER>A lot:L2 4   | E/2030-06-30/lot/L1 10
         2 A>A#inspection lot:L1 4; A>B lot:L1 1                                 | E/2030-06-30/lot/L1 10
         3 A#inspection>A#quality_hold lot:L1 4                                  | E/2030-06-30/lot/L1 6
         4 A>A#expired lot:L1 6                                                  |
         5 A#quality_hold>A lot:L1 4                                             | E/2030-06-30/lot/L1 4
         6 record lot:L1 2031-01-01; A>CUSTOMER lot:L1 4                         |
         7 SUPPLIER>A#@ACME lot:L1 1                                             | E/2030-06-30/lot/L1 1",
    );
}

#[test]
fn soft_promises_are_kept_until_they_end() {
    check_alerts(
        "1 SUPPLIER>A pen 10; reserve pen!1700000060 3; reserve pen 1  | R/001700000060000000/pen/1-1 3
         2 release 1-1 1; release 1-2 1                                | R/001700000060000000/pen/1-1 2
         3 release 1-1 2 & A>CUSTOMER pen 2                            |
         4 reserve pen!1700000060^C-1 1                                | R/001700000060000000/pen/4-0/C-1 1
         5 release 4-0 1                                               | ",
    );
}

#[test]
fn positions_are_below_zero_where_that_is_allowed() {
    check_alerts(
        "1 A>CUSTOMER nail+ 3                        | N/nail/A -3
         2 SUPPLIER>B nail+ 5                        | N/nail/A -3
         3 B>A nail+ 2; A>A#damaged nail+ 1          | N/nail/A -2
         4 SUPPLIER>A nail 2                         |
         5 SUPPLIER>A nail+ 1; A>CUSTOMER nail+ 1    |
         6 A>CUSTOMER pen 4                          | ",
    );
    // What was there before it was allowed may be anywhere.
    check_alerts(
        "1 SUPPLIER>A pen 4                          |
         2 B>CUSTOMER pen+ 3                         |
         3 B>CUSTOMER pen+ 2                         | N/pen/B -1
         4 B>CUSTOMER pen 1                          | N/pen/B -2
         5 SUPPLIER>B pen+ 2                         | ",
    );
}
