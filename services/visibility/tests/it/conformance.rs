//! What both caches promise.

use visibility::store::Cache;

use crate::caches::{apply, both, code, logged, memory, redis, redis_config, show, told};
use crate::journal::{EPOCH_MICROS, journal};

const STORY: &str = "1 SUPPLIER>A pen 10; SUPPLIER>A ink 5.5
                     2 A>B pen 4
                     3 reserve pen 3; reserve ink 1
                     4 rejected
                     5 release 3-0 2; B>CUSTOMER pen 2
                     6 release 3-0 1; release 3-1 0.5; SUPPLIER>A pad 1";

const END: &str = "6: pen 8 0, ink 5.5 0.5, pad 1 0, cap -";
const SKUS: [&str; 4] = ["pen", "ink", "pad", "cap"];

#[tokio::test]
async fn entries_are_applied_with_one_change_an_item() {
    for cache in both() {
        let applied = apply(&cache, "BER", &logged(journal("BER", STORY)), 0).await;
        assert_eq!(
            told(&applied),
            "0..6 +6: 1 pen 10 0, 1 ink 5.5 0, 3 pen 10 3, 3 ink 5.5 1, 5 pen 8 1, 6 pen 8 0, 6 ink 5.5 0.5, 6 pad 1 0"
        );
        assert_eq!(show(&cache, "BER", &SKUS).await, END);
        assert_eq!(applied.head.recorded_at.micros(), EPOCH_MICROS + 6_000_000);
    }
}

#[tokio::test]
async fn duplicates_and_replays_change_nothing() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..4], 0).await;
        assert_eq!(told(&apply(&cache, "BER", &entries[..4], 4).await), "4..4 +0: ");
        assert_eq!(told(&apply(&cache, "BER", &entries[2..5], 4).await), "4..5 +1: 5 pen 8 1");
        apply(&cache, "BER", &entries, 5).await;
        apply(&cache, "BER", &entries, 6).await;
        assert_eq!(show(&cache, "BER", &SKUS).await, END);
    }
}

#[tokio::test]
async fn a_gap_stops_before_it() {
    for cache in both() {
        let mut entries = logged(journal("BER", STORY));
        entries.remove(3);
        let applied = apply(&cache, "BER", &entries, 0).await;
        assert_eq!(
            told(&applied),
            "0..3 +3: 1 pen 10 0, 1 ink 5.5 0, 3 pen 10 3, 3 ink 5.5 1 ! expected 4, found 5"
        );
        assert_eq!(show(&cache, "BER", &["pen"]).await, "3: pen 10 3");
    }
}

#[tokio::test]
async fn an_entry_that_contradicts_the_journal_stops_before_it() {
    for cache in both() {
        let entries =
            logged(journal("BER", "1 SUPPLIER>A pen 10\n2 A>CUSTOMER pen 1; release 1-0 1\n3 rejected"));
        let applied = apply(&cache, "BER", &entries, 0).await;
        assert_eq!(told(&applied), "0..1 +1: 1 pen 10 0 ! 2 reservation 1-0 is released but was not open");
        assert_eq!(show(&cache, "BER", &["pen"]).await, "1: pen 10 0");
    }
}

#[tokio::test]
async fn warehouses_do_not_see_each_other() {
    for cache in both() {
        apply(&cache, "BER", &logged(journal("BER", STORY)), 0).await;
        apply(&cache, "HAM", &logged(journal("HAM", "1 SUPPLIER>A pen 7")), 0).await;
        assert_eq!(show(&cache, "HAM", &["pen", "ink"]).await, "1: pen 7 0, ink -");
        assert_eq!(show(&cache, "MUC", &["pen"]).await, "0: pen -");
    }
}

#[tokio::test]
async fn lists_page_in_the_order_of_the_items() {
    for cache in both() {
        let lines: Vec<String> =
            (0..25).map(|n| format!("SUPPLIER>A item-{:02} {n}", (n * 7) % 25)).collect();
        let text = format!("1 {}", lines.join("; "));
        apply(&cache, "BER", &logged(journal("BER", &text)), 0).await;
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let (head, page) = cache.list("BER", &after, 10).await.unwrap();
            assert_eq!(head.sequence.get(), 1);
            let Some((last, _)) = page.last() else { break };
            after = last.to_string();
            seen.extend(page.into_iter().map(|(sku, _)| sku.to_string()));
        }
        let expected: Vec<String> = (0..25).map(|n| format!("item-{n:02}")).collect();
        assert_eq!(seen, expected);
        assert!(cache.list("MUC", "", 10).await.unwrap().1.is_empty());
    }
}

#[tokio::test]
async fn large_entries_and_long_batches_are_applied() {
    for cache in both() {
        let receive: Vec<String> = (0..1000).map(|n| format!("SUPPLIER>A item-{n} 10")).collect();
        let reserve: Vec<String> = (0..1000).map(|n| format!("reserve item-{n} 2")).collect();
        let fulfil: Vec<String> =
            (0..1000).map(|n| format!("release 2-{n} 1; A>CUSTOMER item-{n} 1")).collect();
        let (receive, reserve, fulfil) = (receive.join("; "), reserve.join("; "), fulfil.join("; "));
        let small: Vec<String> = (4..2500).map(|n| format!("{n} SUPPLIER>A item-{} 1", n % 7)).collect();
        let text = format!("1 {receive}\n2 {reserve}\n3 {fulfil}\n{}", small.join("\n"));
        let applied = apply(&cache, "BER", &logged(journal("BER", &text)), 0).await;
        assert_eq!((applied.entries, applied.changes.len(), applied.after.get()), (2499, 3000 + 2496, 0));
        assert_eq!(show(&cache, "BER", &["item-999"]).await, "2499: item-999 9 1");
    }
}

#[tokio::test]
async fn a_draft_takes_the_place_of_the_view_when_it_is_as_far() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..4], 0).await;
        let mut draft = cache.draft(&code("BER"));
        let since = vocabulary::Sequence::new(4);
        cache.apply_draft(&mut draft, &entries[..3], since).await.unwrap();
        assert!(!cache.swap(&code("BER"), &mut draft).await.unwrap(), "it is behind");
        let applied = cache.apply_draft(&mut draft, &entries[2..], since).await.unwrap();
        assert_eq!(told(&applied), "4..6 +3: 5 pen 8 1, 6 pen 8 0, 6 ink 5.5 0.5, 6 pad 1 0");
        assert_eq!(show(&cache, "BER", &["pen"]).await, "4: pen 10 3", "the draft is not seen yet");
        assert!(cache.swap(&code("BER"), &mut draft).await.unwrap());
        assert_eq!(show(&cache, "BER", &SKUS).await, END);
        assert_eq!(cache.list("BER", "", 10).await.unwrap().1.len(), 3);
        let more = logged(journal("BER", "7 release 3-1 0.5"));
        assert_eq!(told(&apply(&cache, "BER", &more, 6).await), "6..7 +1: 7 ink 5.5 0");
    }
}

#[tokio::test]
async fn readers_always_see_one_head_whole() {
    for cache in both() {
        // Every entry adds one to both items: a reader that saw parts of two heads would see them differ.
        let text: Vec<String> =
            (1..=600).map(|n| format!("{n} SUPPLIER>A pen 1; SUPPLIER>A ink 1")).collect();
        let entries = logged(journal("BER", &text.join("\n")));
        let writer = async {
            for chunk in entries.chunks(7) {
                apply(&cache, "BER", chunk, 0).await;
                tokio::task::yield_now().await;
            }
        };
        let reader = async {
            let mut last = 0;
            while last < 600 {
                let seen = show(&cache, "BER", &["pen", "ink"]).await;
                let (head, _) = seen.split_once(':').unwrap();
                last = head.parse().unwrap();
                let whole = format!("{last}: pen {last} 0, ink {last} 0");
                assert!(last == 0 || seen == whole, "{seen}");
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(writer, reader);
    }
}

#[tokio::test]
async fn replicas_racing_on_one_redis_apply_every_entry_once_and_all_tell_it() {
    let config = redis_config();
    let replicas: Vec<Cache> = (0..3).map(|_| redis(&config)).collect();
    let text: Vec<String> = (1..=300).map(|n| format!("{n} SUPPLIER>A pen 1; reserve ink 1")).collect();
    let entries = logged(journal("BER", &text.join("\n")));
    let follow = async |cache: &Cache, step: usize| {
        let (mut since, mut told_of, mut applied_here) = (0, Vec::new(), 0);
        for chunk in entries.chunks(step) {
            let applied = apply(cache, "BER", chunk, since).await;
            assert_eq!(applied.after.get(), since, "no hole");
            since = applied.head.sequence.get();
            told_of.extend(applied.changes.iter().map(|c| (c.sequence.get(), c.sku.to_string(), c.value)));
            applied_here += applied.entries;
        }
        (told_of, applied_here)
    };
    let (a, b, c) = tokio::join!(follow(&replicas[0], 3), follow(&replicas[1], 5), follow(&replicas[2], 11));
    assert_eq!(a.1 + b.1 + c.1, 300, "every entry was applied by exactly one");
    assert_eq!(a.0.len(), 600);
    assert_eq!(a.0, b.0);
    assert_eq!(a.0, c.0);
    let alone = memory();
    apply(&alone, "BER", &entries, 0).await;
    assert_eq!(show(&replicas[0], "BER", &["pen", "ink"]).await, show(&alone, "BER", &["pen", "ink"]).await);
}
