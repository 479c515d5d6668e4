use proto::stock::v1::{
    GetJournalHeadRequest, GetPositionRequest, ListBalancesRequest, ListPositionsRequest,
    ListReservationsRequest, ReadJournalRequest, TailJournalRequest,
};

use crate::calls::{head, in_short, position, post, read_journal, refused, say};
use crate::fixtures::document;
use crate::streams::stream;
use crate::test_app::TestApp;

fn list(page_size: i32, filter: &str) -> ListPositionsRequest {
    let (warehouse, filter) = ("BER".into(), filter.into());
    ListPositionsRequest { warehouse, page_size, filter, ..ListPositionsRequest::default() }
}

async fn positions(app: &TestApp, mut request: ListPositionsRequest) -> Vec<String> {
    let mut found = Vec::new();
    loop {
        let page = app.client().list_positions(request.clone()).await.unwrap().into_inner();
        let row = |p: &proto::stock::v1::Position| format!("{} {} {}", p.sku, p.location, in_short(p));
        found.extend(page.positions.iter().map(row));
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

pub(crate) async fn pages_filters_and_the_past(app: &mut TestApp) {
    say(app, "receive A MAIN 10; receive A PICK 2; receive B PICK 3; receive C MAIN 4; receive D MAIN 5")
        .await;
    say(app, "reserve A MAIN 9; issue D MAIN 5").await;
    let all = ["A MAIN 10/9/1", "A PICK 2/0/2", "B PICK 3/0/3", "C MAIN 4/0/4", "D MAIN 0/0/0"];
    for size in [0, 1, 2, 3] {
        assert_eq!(positions(app, list(size, "on_hand >= 0")).await, all, "pages of {size}");
    }
    assert_eq!(positions(app, list(1, "location = \"PICK\"")).await, &all[1..3]);
    assert_eq!(positions(app, list(0, "sku = \"A\" AND available < 2")).await, &all[..1]);
    let then = ListPositionsRequest { as_of_sequence: 1, ..list(2, "sku = \"A\" AND location = \"MAIN\"") };
    assert_eq!(positions(app, then).await, ["A MAIN 10/0/10"]);
    let balances = |filter: &str, as_of_sequence| ListBalancesRequest {
        warehouse: "BER".into(),
        filter: filter.into(),
        as_of_sequence,
        ..ListBalancesRequest::default()
    };
    let totals = app.client().list_balances(balances("sku = \"A\"", 0)).await.unwrap().into_inner();
    assert_eq!(totals.as_of_sequence, 2);
    assert_eq!(totals.balances[0].available.as_ref().unwrap().value, "3");
    let totals = app.client().list_balances(balances("sku = \"A\"", 1)).await.unwrap().into_inner();
    assert_eq!(totals.balances[0].available.as_ref().unwrap().value, "12");
}

/// Reads of the past end long before the journal does, and must leave every connection as it was.
pub(crate) async fn the_past_of_a_long_journal(app: &mut TestApp) {
    app.restart_with(|limits| limits.remembered_answers_max = 1).await;
    let messages: Vec<Vec<_>> =
        (0..13).map(|_| (0..1000).map(|_| document("receive A MAIN 1")).collect()).collect();
    let oldest = messages[0][0].clone();
    stream(app, messages).await;
    for sequence in 1..=12 {
        let request = GetPositionRequest {
            warehouse: "BER".into(),
            sku: "A".into(),
            location: "MAIN".into(),
            as_of_sequence: sequence,
            ..GetPositionRequest::default()
        };
        let answer = app.client().get_position(request).await.unwrap().into_inner();
        assert_eq!(answer.position.unwrap().on_hand.unwrap().value, sequence.to_string());
    }
    let again = post(app, &oldest).await.unwrap();
    assert_eq!((again.sequence, again.remembered), (1, true), "found in the store");
    app.restart().await;
    assert_eq!(position(app, "A", "MAIN").await, "13000/0/13000");
}

pub(crate) async fn bad_reads_are_named(app: &mut TestApp) {
    say(app, "receive A MAIN 1; receive B MAIN 1").await;
    let mut client = app.client();
    let page = client.list_positions(list(1, "")).await.unwrap().into_inner().next_page_token;
    let with_token =
        |token: &str, filter| ListPositionsRequest { page_token: token.into(), ..list(1, filter) };
    for (request, expected) in [
        (list(-1, ""), "BAD_PAGE_SIZE page_size"),
        (list(1001, ""), "BAD_PAGE_SIZE page_size"),
        (list(1, "colour = \"red\""), "BAD_FILTER filter"),
        (list(1, "on_hand >"), "BAD_FILTER filter"),
        (with_token("nonsense", ""), "BAD_PAGE_TOKEN page_token"),
        (with_token(&page, "on_hand > 0"), "BAD_PAGE_TOKEN page_token"),
        (ListPositionsRequest { as_of_sequence: 9, ..list(1, "") }, "AS_OF_IN_FUTURE as_of_sequence"),
    ] {
        assert_eq!(refused(client.list_positions(request).await), expected);
    }
    for (sku, location, expected) in
        [("X", "MAIN", "UNKNOWN_ITEM sku"), ("A", "X", "UNKNOWN_LOCATION location")]
    {
        let (sku, location) = (sku.into(), location.into());
        let get =
            GetPositionRequest { warehouse: "BER".into(), sku, location, ..GetPositionRequest::default() };
        assert_eq!(refused(client.get_position(get).await), expected);
    }
    let get = ReadJournalRequest { warehouse: "BER".into(), after_sequence: 0, page_size: 10_001 };
    assert_eq!(refused(app.journal().read_journal(get).await), "BAD_PAGE_SIZE page_size");
    let of = GetJournalHeadRequest { warehouse: "OTHER".into() };
    assert_eq!(refused(app.journal().get_journal_head(of).await), "WAREHOUSE_NOT_SERVED warehouse");
}

pub(crate) async fn the_journal_is_read_and_tailed(app: &mut TestApp) {
    // So little memory that the beginning has to come from the store.
    app.restart_with(|limits| limits.tail_bytes_max = 600).await;
    assert_eq!(head(app).await.unwrap().hash, [0; 32]);
    for _ in 0..20 {
        say(app, "receive A MAIN 1").await;
    }
    assert_eq!(read_journal(app, 3).await, read_journal(app, 0).await);
    let from = TailJournalRequest { warehouse: "BER".into(), after_sequence: 5 };
    let mut tail = app.journal().tail_journal(from).await.unwrap().into_inner();
    let mut seen = Vec::new();
    while seen.len() < 20 {
        if seen.len() == 15 {
            for _ in 0..5 {
                say(app, "issue A MAIN 1").await;
            }
        }
        seen.extend(tail.message().await.unwrap().unwrap().records);
    }
    assert_eq!(seen, read_journal(app, 0).await[5..]);
}

/// A filter that matches little gives short pages, not a long stop of the owner.
pub(crate) async fn a_page_looks_at_only_so_much(app: &mut TestApp) {
    for n in 0..21 {
        let receipts: Vec<_> = (0..1000).map(|lot| format!("receive L MAIN 1 @ lot=N{n}-{lot}")).collect();
        assert_eq!(say(app, &receipts.join(";")).await, "ok");
        let promises: Vec<_> = (0..1000).map(|lot| format!("reserve L MAIN 1 @ lot=N{n}-{lot}")).collect();
        assert_eq!(say(app, &promises.join(";")).await, "ok");
    }
    assert_eq!(say(app, "receive A MAIN 1; reserve A MAIN 1").await, "ok");
    let request = list(0, "lot = \"N9-999\"");
    let page = app.client().list_positions(request.clone()).await.unwrap().into_inner();
    assert!(page.positions.is_empty() && !page.next_page_token.is_empty(), "the last of all lots");
    assert_eq!(positions(app, request).await, ["L MAIN 1/1/0"]);
    assert_eq!(positions(app, list(1000, "sku = \"L\"")).await.len(), 21_000);
    let mut request = ListReservationsRequest {
        warehouse: "BER".into(),
        filter: "sku = \"A\"".into(),
        ..Default::default()
    };
    let page = app.client().list_reservations(request.clone()).await.unwrap().into_inner();
    assert!(page.reservations.is_empty());
    request.page_token = page.next_page_token;
    let page = app.client().list_reservations(request).await.unwrap().into_inner();
    assert_eq!((page.reservations.len(), page.next_page_token.as_str()), (1, ""));
}
