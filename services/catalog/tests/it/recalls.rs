use proto::catalog::v1::{
    CreateRecallRequest, EndRecallRequest, GetRecallRequest, Item, ListRecallsRequest, Recall, RecallState,
    Tracking,
};

use crate::fixtures::{create_item, id, item};
use crate::test_app::{TestApp, refused};

fn create(sku: &str, lot: &str) -> CreateRecallRequest {
    let recall = Recall { sku: sku.into(), lot: lot.into(), reason: "glass".into(), ..Default::default() };
    CreateRecallRequest { request_id: id(), recall: Some(recall), validate_only: false }
}

fn end(sku: &str, lot: &str) -> EndRecallRequest {
    EndRecallRequest { request_id: id(), sku: sku.into(), lot: lot.into(), ..Default::default() }
}

async fn state_of(app: &TestApp, sku: &str, lot: &str) -> (RecallState, bool) {
    let get = GetRecallRequest { sku: sku.into(), lot: lot.into() };
    let recall = app.client().get_recall(get).await.unwrap().into_inner().recall.unwrap();
    (recall.state(), recall.ended_at.is_some())
}

pub(crate) async fn a_lot_is_called_back_until_that_ends(app: &mut TestApp) {
    let mut client = app.client();
    let by_lot = |sku: &str| Item { tracking: Tracking::Lot.into(), ..item(sku) };
    client.create_item(create_item(by_lot("L-1"))).await.unwrap();
    client.create_item(create_item(by_lot("L-2"))).await.unwrap();
    let request = create("L-1", "A7");
    let first = client.create_recall(request.clone()).await.unwrap().into_inner();
    assert_eq!(client.create_recall(request).await.unwrap().into_inner(), first, "the answer is remembered");
    assert_eq!(state_of(app, "L-1", "A7").await, (RecallState::Active, false));
    assert_eq!(refused(client.create_recall(create("L-1", "A7")).await), "ALREADY_EXISTS recall.lot");
    client.create_recall(create("L-1", "B/2")).await.unwrap();
    client.create_recall(create("L-2", "A7")).await.unwrap();
    let ended = client.end_recall(end("L-1", "A7")).await.unwrap().into_inner();
    assert_eq!(state_of(app, "L-1", "A7").await, (RecallState::Ended, true));
    let again = client.end_recall(end("L-1", "A7")).await.unwrap().into_inner();
    assert_eq!(again.recall, ended.recall, "ending it again changes nothing");
    let listed = async |filter: &str| -> Vec<String> {
        let request = ListRecallsRequest { filter: filter.into(), ..Default::default() };
        let page = app.client().list_recalls(request).await.unwrap().into_inner();
        page.recalls.iter().map(|recall| format!("{} {}", recall.sku, recall.lot)).collect()
    };
    assert_eq!(listed("").await, ["L-1 A7", "L-1 B/2", "L-2 A7"]);
    assert_eq!(listed("state = ACTIVE AND sku = \"L-1\"").await, ["L-1 B/2"]);
    // Called back again: a recall of its own, which takes the place of the one before.
    let second = client.create_recall(create("L-1", "A7")).await.unwrap().into_inner();
    assert!(second.revision > ended.revision);
    assert_eq!(state_of(app, "L-1", "A7").await, (RecallState::Active, false));
    let stale = EndRecallRequest { etag: ended.recall.unwrap().etag, ..end("L-1", "A7") };
    assert_eq!(refused(client.end_recall(stale).await), "STALE_ETAG etag");
    let keys = app.topic(second.revision).await.into_iter();
    let keys: Vec<String> =
        keys.map(|delivered| String::from_utf8_lossy(&delivered.record.key).into_owned()).collect();
    assert_eq!(keys, ["item/L-1", "item/L-2", "recall/L-1 B/2", "recall/L-2 A7", "recall/L-1 A7"]);
}

pub(crate) async fn only_lots_are_called_back(app: &mut TestApp) {
    let mut client = app.client();
    client.create_item(create_item(item("A-1"))).await.unwrap();
    for (request, expected) in [
        (create("A-1", "A7"), "LOT_NOT_TRACKED recall.sku"),
        (create("NONE", "A7"), "UNKNOWN_ITEM recall.sku"),
        (create("", "A7"), "BAD_CODE recall.sku"),
        (create("A-1", "a b"), "BAD_CODE recall.lot"),
        (CreateRecallRequest { recall: None, ..create("A-1", "A7") }, "BAD_FIELD recall"),
        (
            CreateRecallRequest { request_id: String::new(), ..create("A-1", "A7") },
            "REQUEST_ID_MISSING request_id",
        ),
    ] {
        assert_eq!(refused(client.create_recall(request).await), expected);
    }
    assert_eq!(refused(client.end_recall(end("A-1", "A7")).await), "UNKNOWN_RECALL lot");
    let get = GetRecallRequest { sku: "A-1".into(), lot: "A7".into() };
    assert_eq!(refused(client.get_recall(get).await), "UNKNOWN_RECALL lot");
}
