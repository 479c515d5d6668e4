use std::collections::BTreeSet;

use proto::catalog::v1::Item;
use tokio::task::JoinSet;

use crate::fixtures::{create_item, create_items, item};
use crate::test_app::{TestApp, refused};

const WRITERS: usize = 16;
const REQUESTS: usize = 10;

pub(crate) async fn revisions_of_sixteen_writers_have_no_gap(app: &mut TestApp) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let mut client = app.client();
        writers.spawn(async move {
            let mut revisions = Vec::new();
            for n in 0..REQUESTS {
                let items = vec![item(&format!("W{writer}-{n}-A")), item(&format!("W{writer}-{n}-B"))];
                let created = client.batch_create_items(create_items(items)).await.unwrap().into_inner();
                revisions.push(created.revision);
            }
            revisions
        });
    }
    let revisions: Vec<Vec<u64>> = writers.join_all().await;
    assert!(revisions.iter().all(|own| own.is_sorted()), "a writer sees its own order");
    let all: BTreeSet<u64> = revisions.into_iter().flatten().collect();
    let expected: BTreeSet<u64> = (1..=WRITERS * REQUESTS).map(|n| n as u64 * 2).collect();
    assert_eq!(all, expected);
    let published = app.topic(expected.len() as u64 * 2).await;
    let order: Vec<String> = published
        .iter()
        .map(|delivered| {
            delivered.record.header("ce_sequence").map(|text| String::from_utf8_lossy(text).into_owned())
        })
        .map(Option::unwrap)
        .collect();
    let expected: Vec<String> = (1..=WRITERS * REQUESTS * 2).map(|n| n.to_string()).collect();
    assert_eq!(order, expected, "published once each, in order");
}

pub(crate) async fn one_of_many_gets_a_gtin(app: &mut TestApp) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let mut client = app.client();
        writers.spawn(async move {
            let claim = Item { gtins: vec!["96385074".into()], ..item(&format!("W{writer}")) };
            match client.create_item(create_item(claim)).await {
                Ok(_) => "won".to_owned(),
                refusal => refused(refusal),
            }
        });
    }
    let outcomes = writers.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "won").count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "GTIN_TAKEN item.gtins[0]").count(), WRITERS - 1);
}
