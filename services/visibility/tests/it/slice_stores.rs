//! What both caches promise of slices, and of what is kept for channels.

use visibility::store::{Cache, Depth, SliceWant, Want};
use vocabulary::ChannelCode;

use crate::caches::{apply, both, code, logged};
use crate::journal::journal;

const STORY: &str = "1 SUPPLIER>A lot:L1 10; SUPPLIER>A#quality_hold lot:L2 4; SUPPLIER>A pen 3
                     2 A>A#damaged pen 1; SUPPLIER>A#@ACME pen 7; reserve lot:L1~WEB 4
                     3 A#quality_hold>A lot:L2 1; A>B lot:L1 2
                     4 release 2-2:L1 3 & B>CUSTOMER lot:L1~WEB 3
                     5 A#damaged>SCRAP pen 1; SUPPLIER>A ink 2";

const END: &str =
    "ink 2 0, lot/L1 7 1, lot/L2 1 0, lot/L2/quality_hold 3 0, pen 2 0, pen///consignment:ACME 7 0";

fn want(sku: Option<&str>, after: &str, limit: usize) -> [SliceWant; 1] {
    [SliceWant { warehouse: "BER".into(), sku: sku.map(Into::into), after: after.into(), limit }]
}

/// `SKU/LOT/STATUS/OWNER on_hand reserved` of every slice; what is plain is empty.
async fn show(cache: &Cache, sku: Option<&str>, limit: usize) -> String {
    let (mut shown, mut after) = (Vec::new(), String::new());
    loop {
        let page = cache.slices(&want(sku, &after, limit)).await.unwrap().pop().unwrap();
        assert!(page.slices.len() <= limit);
        shown.extend(page.slices.iter().map(|(slice, value)| {
            let parts: Vec<String> = slice.to_string().split('\0').map(Into::into).collect();
            format!("{} {} {}", parts.join("/").trim_end_matches('/'), value.on_hand, value.reserved)
        }));
        let Some(next) = page.next else { return shown.join(", ") };
        after = next;
    }
}

#[tokio::test]
async fn slices_add_up_by_lot_status_and_owner() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        // Told twice, in pieces: nothing counts twice.
        apply(&cache, "BER", &entries[..3], 0).await;
        apply(&cache, "BER", &entries[..2], 0).await;
        apply(&cache, "BER", &entries, 0).await;
        for limit in [1, 2, 100] {
            assert_eq!(show(&cache, None, limit).await, END, "{limit} a page");
        }
        assert_eq!(show(&cache, Some("lot"), 1).await, "lot/L1 7 1, lot/L2 1 0, lot/L2/quality_hold 3 0");
        assert_eq!(show(&cache, Some("pen"), 5).await, "pen 2 0, pen///consignment:ACME 7 0");
        assert_eq!(show(&cache, Some("cap"), 5).await, "");
        let elsewhere = [SliceWant { warehouse: "MUC".into(), ..want(None, "", 5)[0].clone() }];
        assert_eq!(cache.slices(&elsewhere).await.unwrap()[0].slices, []);
    }
}

#[tokio::test]
async fn a_draft_brings_its_slices() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..2], 0).await;
        let mut draft = cache.draft(&code("BER"));
        let since = vocabulary::Sequence::new(2);
        cache.apply_draft(&mut draft, &entries, since).await.unwrap();
        assert!(cache.swap(&code("BER"), &mut draft).await.unwrap());
        assert_eq!(show(&cache, None, 100).await, END);
    }
}

/// What WEB, and POS, may take of a pen.
async fn open(cache: &Cache) -> [String; 2] {
    let wants = [Want { warehouse: "BER", skus: vec!["pen"], depth: Depth::Details }];
    let snapshot = cache.read(&wants).await.unwrap().pop().unwrap();
    let value = snapshot.values[0].unwrap();
    ["WEB", "POS"].map(|channel| {
        snapshot.details[0].open_to(&ChannelCode::parse(channel).unwrap(), value).unwrap().to_text()
    })
}

#[tokio::test]
async fn quotas_are_used_up_and_given_back() {
    for cache in both() {
        for (entry, expected) in [
            ("1 SUPPLIER>A pen 20", ["20", "20"]),
            ("2 quota pen~WEB 8; buffer pen 2", ["18", "10"]),
            ("3 reserve pen~WEB 5; reserve pen~POS 1", ["12", "9"]),
            ("4 release 3-0 2", ["14", "9"]),
            ("5 release 3-0 1 & A>CUSTOMER pen~WEB 1", ["14", "9"]),
            ("6 A>CUSTOMER pen~WEB 4", ["10", "9"]),
            ("7 quota pen~POS 20", ["0", "9"]),
            ("8 quota pen~POS none; buffer pen none", ["12", "11"]),
            ("9 quota pen~WEB 3; A#damaged>SCRAP pen 1", ["12", "9"]),
        ] {
            apply(&cache, "BER", &logged(journal("BER", entry)), 0).await;
            assert_eq!(open(&cache).await, expected, "{entry}");
        }
    }
}
