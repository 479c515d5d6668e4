//! What both caches promise of alerts.

use visibility::core::{AlertKind, Due};
use visibility::store::{AlertWant, Cache};
use vocabulary::{Date, Timestamp};

use crate::caches::{apply, both, code, logged};
use crate::journal::journal;

const STORY: &str = "1 SUPPLIER>A pen 10; least pen 5; record lot:L1 2030-06-30; SUPPLIER>A lot:L1 3
                     2 reserve pen!1700000060 6; record lot:L2 2031-01-01; SUPPLIER>A lot:L2 3
                     3 A>CUSTOMER nail+ 3; reserve pen!1700009999 1
                     4 B>CUSTOMER nail+ 1; SUPPLIER>A nail+ 4
                     5 A>CUSTOMER lot:L2 3; release 3-1 1";

const END: &str = "B/pen/5 4; E/2030-06-30/lot/L1 3; N/nail/B -1; R/001700000060000000/pen/2-0 6";

/// Those that are due, page by page.
async fn show(cache: &Cache, due: Due, limit: usize) -> String {
    let mut shown = Vec::new();
    for kind in AlertKind::KEPT {
        let mut after = String::new();
        loop {
            let range = kind.range(due);
            let want = [AlertWant { warehouse: "BER".into(), range, after, limit }];
            let page = cache.alerts(&want).await.unwrap().pop().unwrap();
            assert!(page.alerts.len() <= limit);
            let text = |alert: &visibility::core::Alert| {
                format!("{} {}", alert.key.to_string().replace('\0', "/"), alert.quantity)
            };
            shown.extend(page.alerts.iter().map(text));
            let Some(next) = page.next else { break };
            after = next;
        }
    }
    shown.join("; ")
}

fn due(day: &str, second: i64) -> Due {
    let time = Timestamp::from_micros(second * 1_000_000).unwrap();
    Due { day: Date::parse(day).unwrap(), time }
}

/// The head, and when alerts of each kind last differed.
async fn differed(cache: &Cache) -> (u64, [u64; 4]) {
    let state = cache.alert_states(&["BER"]).await.unwrap().remove(0);
    let of = |kind| state.differed.get(&kind).map_or(0, |sequence| sequence.get());
    (state.head.sequence.get(), AlertKind::KEPT.map(of))
}

#[tokio::test]
async fn alerts_are_kept_with_the_view_and_told_when_they_are_due() {
    for cache in both() {
        assert_eq!(cache.alert_states(&[]).await.unwrap(), []);
        assert_eq!(differed(&cache).await, (0, [0; 4]));
        let entries = logged(journal("BER", STORY));
        for upto in 1..=entries.len() {
            apply(&cache, "BER", &entries[upto - 1..upto], 0).await;
        }
        let all = due("2040-01-01", 1_800_000_000);
        for limit in [1, 100] {
            assert_eq!(show(&cache, all, limit).await, END);
        }
        assert_eq!(show(&cache, due("2030-06-29", 1_700_000_059), 100).await, "B/pen/5 4; N/nail/B -1");
        assert_eq!(differed(&cache).await, (5, [2, 5, 4, 5]));
        apply(&cache, "BER", &logged(journal("BER", "6 A>CUSTOMER pen 1\n7 SUPPLIER>A ink 1")), 0).await;
        assert_eq!(differed(&cache).await, (7, [2, 5, 4, 5]), "only how much it is about");
        assert_eq!(show(&cache, all, 100).await, END.replace("pen/5 4", "pen/5 3"));
    }
}

#[tokio::test]
async fn a_draft_brings_its_alerts() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..2], 0).await;
        let mut draft = cache.draft(&code("BER"));
        cache.apply_draft(&mut draft, &entries, vocabulary::Sequence::new(2)).await.unwrap();
        assert!(cache.swap(&code("BER"), &mut draft).await.unwrap());
        assert_eq!(show(&cache, due("2040-01-01", 1_800_000_000), 100).await, END);
    }
}
