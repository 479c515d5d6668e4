//! What both caches promise of what is expected.

use visibility::store::Cache;

use crate::caches::{apply, both, code, logged, planned, redis, redis_config, told};
use crate::journal::journal;

const STORY: &str = "1 SUPPLIER>A pen 10; expect pen purchase 2030-03-01 5; expect ink demand 2030-03-01 2
                     2 reserve pen 3; expect pen demand 2030-03-04 2
                     3 SUPPLIER>A pen 4; met pen purchase 2030-03-01 4
                     4 expect pen transfer_dispatched 2030-03-09 1 was purchase 2030-03-01 1
                     5 met pen demand 2030-03-04 1; expect ink demand 2030-03-01 0 was demand 2030-03-01 2
                     6 reopened pen purchase 2030-03-01 4; buffer pen 2";

const END: &str = "14 3 4:1:1 day:21974:4:: day:21977:::1 day:21982::1:";

#[tokio::test]
async fn plans_add_up_by_day() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        // Told twice, in pieces: nothing counts twice.
        apply(&cache, "BER", &entries[..3], 0).await;
        assert_eq!(planned(&cache, "BER", "pen").await, "14 3 1::2 day:21974:1:: day:21977:::2");
        assert_eq!(planned(&cache, "BER", "ink").await, "0 0 ::2 day:21974:::2");
        apply(&cache, "BER", &entries[..2], 0).await;
        apply(&cache, "BER", &entries, 0).await;
        assert_eq!(planned(&cache, "BER", "pen").await, END);
        assert_eq!(planned(&cache, "BER", "ink").await, "0 0 ::");
        assert_eq!(planned(&cache, "MUC", "pen").await, "0 0 ::");
    }
}

#[tokio::test]
async fn a_draft_brings_its_plans() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..2], 0).await;
        let mut draft = cache.draft(&code("BER"));
        cache.apply_draft(&mut draft, &entries, vocabulary::Sequence::new(2)).await.unwrap();
        assert!(cache.swap(&code("BER"), &mut draft).await.unwrap());
        assert_eq!(planned(&cache, "BER", "pen").await, END);
        apply(&cache, "BER", &logged(journal("BER", "7 met pen demand 2030-03-04 1")), 6).await;
        let after = "14 3 4:1: day:21974:4:: day:21982::1:";
        assert_eq!(planned(&cache, "BER", "pen").await, after);
    }
}

#[tokio::test]
async fn what_contradicts_the_journal_changes_nothing() {
    for cache in both() {
        let entries =
            logged(journal("BER", &format!("{STORY}\n7 SUPPLIER>A pen 1; met pen demand 2030-03-04 2")));
        let applied = apply(&cache, "BER", &entries, 6).await;
        let told = told(&applied);
        assert!(
            told.ends_with(" ! 7 line 1 takes more from what is expected of pen than there is"),
            "{told}"
        );
        assert_eq!(planned(&cache, "BER", "pen").await, END);
    }
}

#[tokio::test]
async fn replicas_tell_each_other_what_is_expected() {
    let config = redis_config();
    let replicas: Vec<Cache> = (0..2).map(|_| redis(&config)).collect();
    let entries = logged(journal("BER", STORY));
    let first = apply(&replicas[0], "BER", &entries, 0).await;
    // Nothing is left to apply: the changes come from the stream that the first one wrote.
    let second = apply(&replicas[1], "BER", &entries, 0).await;
    assert_eq!((second.entries, second.changes.len()), (0, first.changes.len()));
    assert_eq!(second.changes, first.changes);
}
