//! What both caches promise of traces.

use visibility::core::{EdgeKind, Node};
use visibility::store::{Cache, Draft, EdgeWant};
use vocabulary::{LotCode, Sequence, SerialNumber, Sku};

use crate::caches::{apply, both, code, logged, redis, redis_config};
use crate::journal::journal;

pub(crate) fn lot(sku: &str, lot: &str) -> Node {
    Node::Lot(Sku::parse(sku).unwrap(), LotCode::parse(lot).unwrap())
}

fn unit(serial: &str) -> Node {
    Node::Unit(Sku::parse("unit").unwrap(), SerialNumber::parse(serial).unwrap())
}

/// `HEAD: KIND OTHER quantity count, …` and `…` when there are more.
async fn page(cache: &Cache, warehouse: &str, prefix: &str, after: &str, limit: usize) -> String {
    let want = EdgeWant { warehouse: warehouse.into(), prefix: prefix.into(), after: after.into(), limit };
    let page = cache.edges(&[want]).await.unwrap().pop().unwrap();
    let told = page.edges.iter().map(|(key, edge)| {
        let other = key.other.replace('\0', "/");
        format!("{} {other} {} {}", key.kind.as_str(), edge.quantity, edge.count)
    });
    let more = if page.more { ", …" } else { "" };
    format!("{}: {}{more}", page.head.sequence, told.collect::<Vec<_>>().join(", "))
}

async fn all(cache: &Cache, warehouse: &str, node: &Node) -> String {
    page(cache, warehouse, &node.to_string(), "", 100).await
}

const STORY: &str = "1 SUPPLIER>A lot:X 10 =ACME
                     2 A>CUSTOMER lot:X 3 =C-1
                     3 A>CUSTOMER lot:X 1 =C-1; A>CUSTOMER lot:X 1 =C-2
                     4 A>PRODUCTION lot:X 2; PRODUCTION>A made:M 1
                     5 A>A#damaged lot:X 1
                     6 rejected";
const END: &str = "6: 0held available 2 6, 0held damaged 1 1, 1received ACME 10 1, consumed 4 2 1, issued C-1 4 2, issued C-2 1 1";

#[tokio::test]
async fn edges_grow_with_the_view_and_duplicates_add_nothing() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..3], 0).await;
        let then = "3: 0held available 5 4, 1received ACME 10 1, issued C-1 4 2, issued C-2 1 1";
        assert_eq!(all(&cache, "BER", &lot("lot", "X")).await, then);
        apply(&cache, "BER", &entries[1..], 3).await;
        apply(&cache, "BER", &entries, 6).await;
        assert_eq!(all(&cache, "BER", &lot("lot", "X")).await, END);
        let document = Node::Document(Sequence::new(4));
        assert_eq!(all(&cache, "BER", &document).await, "6: made L/made/M/ 1 1, took L/lot/X/ 2 1");
        assert_eq!(all(&cache, "BER", &lot("lot", "Y")).await, "6: ");
        assert_eq!(all(&cache, "HAM", &lot("lot", "X")).await, "0: ");
    }
}

#[tokio::test]
async fn pages_say_whether_there_is_more() {
    for cache in both() {
        apply(&cache, "BER", &logged(journal("BER", STORY)), 0).await;
        let node = lot("lot", "X");
        let issued = EdgeKind::Issued.prefix(&node);
        assert_eq!(page(&cache, "BER", &issued, "", 1).await, "6: issued C-1 4 2, …");
        assert_eq!(page(&cache, "BER", &issued, &format!("{issued}C-1"), 1).await, "6: issued C-2 1 1");
        assert_eq!(page(&cache, "BER", &issued, &format!("{issued}C-2"), 1).await, "6: ");
        assert_eq!(
            page(&cache, "BER", &node.to_string(), "", 2).await,
            "6: 0held available 2 6, 0held damaged 1 1, …"
        );
    }
}

#[tokio::test]
async fn what_is_held_of_nothing_is_forgotten() {
    for cache in both() {
        let text = "1 SUPPLIER>A lot:X 2 =ACME
                    2 A>A#damaged lot:X 2
                    3 A#damaged>CUSTOMER lot:X 2 =C-1";
        apply(&cache, "BER", &logged(journal("BER", text)), 0).await;
        let expected = "3: 1received ACME 2 1, issued C-1 2 1";
        assert_eq!(all(&cache, "BER", &lot("lot", "X")).await, expected);
        assert_eq!(cache.places(&[lot("lot", "X"), lot("lot", "Y")]).await.unwrap(), [vec!["BER"], vec![]]);
    }
}

#[tokio::test]
async fn a_rebuilt_view_has_the_same_edges() {
    for cache in both() {
        let entries = logged(journal("BER", STORY));
        apply(&cache, "BER", &entries[..2], 0).await;
        let mut draft: Draft = cache.draft(&code("BER"));
        for entries in entries.chunks(2) {
            cache.apply_draft(&mut draft, entries, Sequence::START).await.unwrap();
        }
        let before = "2: 0held available 7 2, 1received ACME 10 1, issued C-1 3 1";
        assert_eq!(all(&cache, "BER", &lot("lot", "X")).await, before, "a draft is not seen");
        assert!(cache.swap(&code("BER"), &mut draft).await.unwrap());
        assert_eq!(all(&cache, "BER", &lot("lot", "X")).await, END);
        assert_eq!(cache.places(&[lot("made", "M")]).await.unwrap(), [["BER"]]);
    }
}

/// Two replicas apply the same entries to one Redis, in turns and together.
#[tokio::test]
async fn replicas_do_not_count_twice() {
    let config = redis_config();
    let (one, other) = (redis(&config), redis(&config));
    let entries = logged(journal("BER", STORY));
    let halves = (apply(&one, "BER", &entries[..3], 0), apply(&other, "BER", &entries, 0));
    futures::future::join(halves.0, halves.1).await;
    apply(&one, "BER", &entries, 0).await;
    assert_eq!(all(&one, "BER", &lot("lot", "X")).await, END);
    assert_eq!(all(&other, "BER", &lot("lot", "X")).await, END);
}

async fn duplicates(cache: &Cache) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let (page, next) = cache.duplicates(&after, 1).await.unwrap();
        for unit in page {
            let holders = unit.holders.iter().map(|holder| format!("{} {}", holder.warehouse, holder.status));
            let Node::Unit(_, serial) = unit.unit else { panic!("only units are found") };
            found.push(format!("{serial}: {}", holders.collect::<Vec<_>>().join(", ")));
        }
        match next {
            Some(next) => after = next,
            None => return found,
        }
    }
}

#[tokio::test]
async fn a_unit_in_two_warehouses_is_found_until_one_has_it() {
    for cache in both() {
        let first =
            logged(journal("BER", "1 SUPPLIER>A unit*1,2,3 3\n2 A>CUSTOMER unit*3 1\n3 A>CUSTOMER unit*1 1"));
        let second = logged(journal(
            "HAM",
            "1 SUPPLIER>A unit*2,3,4 3\n2 A>A#damaged unit*2 1\n3 SUPPLIER>A unit*1 1",
        ));
        apply(&cache, "BER", &first[..2], 0).await;
        assert!(duplicates(&cache).await.is_empty());
        apply(&cache, "HAM", &second, 0).await;
        let expected = ["1: BER available, HAM available", "2: BER available, HAM damaged"];
        assert_eq!(duplicates(&cache).await, expected, "3 went out before it came again");
        apply(&cache, "BER", &first, 0).await;
        assert_eq!(duplicates(&cache).await, expected[1..], "the first warehouse was only late to tell");
        assert_eq!(cache.places(&[unit("4")]).await.unwrap(), [["HAM"]]);
        let third = logged(journal("BER", "4 A>CUSTOMER unit*2 1"));
        apply(&cache, "BER", &third, 3).await;
        assert_eq!(cache.duplicates("", 1).await.unwrap(), (vec![], None), "nothing is left to look at");
    }
}

#[tokio::test]
async fn a_rebuilt_view_finds_what_is_in_two_warehouses_and_nothing_else() {
    for cache in both() {
        let first = logged(journal("BER", "1 SUPPLIER>A unit*1,2 2\n2 A>CUSTOMER unit*1 1"));
        let second = logged(journal("HAM", "1 SUPPLIER>A unit*1,2 2"));
        apply(&cache, "BER", &first, 0).await;
        apply(&cache, "HAM", &second, 0).await;
        for (warehouse, entries) in [("BER", &first), ("HAM", &second), ("BER", &first)] {
            let mut draft = cache.draft(&code(warehouse));
            cache.apply_draft(&mut draft, entries, Sequence::START).await.unwrap();
            assert!(cache.swap(&code(warehouse), &mut draft).await.unwrap());
            let (found, next) = cache.duplicates("", 2).await.unwrap();
            assert_eq!((found.len(), next), (1, None), "only 2 is suspected");
        }
    }
}
