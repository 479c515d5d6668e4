//! Many want the last units of one item: sold is exactly what was there.

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{Document, DocumentLine, Fulfil, Issue, PostDocumentRequest, Receipt, Reserve};
use rpc::client::RemoteError;
use tokio::sync::Barrier;
use tokio::task::{JoinSet, block_in_place};
use tonic::Request;
use tonic::transport::Channel;
use uuid::Uuid;

use crate::site::{LOCATIONS, SKUS, Site, WAREHOUSES, on_production, stock_up};

const CLIENTS: usize = 64;
/// No multiple of what a client asks for at first.
const UNITS: u32 = 1_001;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_units_are_sold_once_embedded() {
    fight(&Site::embedded()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_units_are_sold_once_in_production() {
    on_production("fight", async |site: Site| fight(&site).await).await;
}

async fn fight(site: &Site) {
    let (warehouse, sku, location) = (WAREHOUSES[0], SKUS[0], LOCATIONS[0]);
    let server = block_in_place(|| site.start());
    let revision = block_in_place(|| stock_up(&server));
    let receive = format!(
        "stock receive -w {warehouse} -s {sku} -l {location} -q {UNITS} --catalog-revision {revision}"
    );
    block_in_place(|| server.json(&receive));

    let start = std::sync::Arc::new(Barrier::new(CLIENTS));
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        let stock = StockServiceClient::new(rpc::client::connect(server.grpc()).await.unwrap());
        let start = std::sync::Arc::clone(&start);
        clients.spawn(async move {
            start.wait().await;
            buy(stock, if number % 2 == 0 { Way::Issue } else { Way::ReserveThenFulfil }).await
        });
    }
    let bought = clients.join_all().await;

    assert_eq!(bought.iter().sum::<u32>(), UNITS, "{bought:?}");
    let position =
        block_in_place(|| server.json(&format!("stock get -w {warehouse} -s {sku} -l {location}")));
    assert_eq!((&position["on_hand"], &position["reserved"]), (&"0".into(), &"0".into()));
    let head = block_in_place(|| server.json(&format!("journal head -w {warehouse}")))["sequence"].clone();
    let look = format!("availability get -s {sku} -w {warehouse} --at-least {head}");
    assert_eq!(block_in_place(|| server.json(&look))["available"], "0");
    assert_eq!(block_in_place(|| server.json(&format!("journal verify -w {warehouse}")))["sound"], true);
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Issue,
    ReserveThenFulfil,
}

/// Buys three at a time, then two, then one, until there is nothing left; answers how many it got.
async fn buy(mut stock: StockServiceClient<Channel>, way: Way) -> u32 {
    let (mut bought, mut wanted) = (0, 3);
    while wanted > 0 {
        let (sku, location, unit) = (SKUS[0].to_owned(), LOCATIONS[0].to_owned(), String::new());
        let quantity = Some(Decimal { value: wanted.to_string() });
        let action = match way {
            Way::Issue => Action::Issue(Issue { sku, location, quantity, unit, ..Issue::default() }),
            Way::ReserveThenFulfil => {
                Action::Reserve(Reserve { sku, location, quantity, unit, ..Reserve::default() })
            }
        };
        let receipt = match post(&mut stock, action).await {
            Ok(receipt) => receipt,
            Err(error) => {
                assert_eq!(error.reason, "INSUFFICIENT_AVAILABLE", "{error:?}");
                wanted -= 1;
                continue;
            }
        };
        if let [reservation_id] = &receipt.reservation_ids[..] {
            let fulfil =
                Fulfil { reservation_id: reservation_id.clone(), quantity: None, ..Fulfil::default() };
            post(&mut stock, Action::Fulfil(fulfil)).await.unwrap();
        }
        bought += wanted;
    }
    bought
}

async fn post(stock: &mut StockServiceClient<Channel>, action: Action) -> Result<Receipt, RemoteError> {
    let document = Document {
        request_id: Uuid::new_v4().to_string(),
        lines: vec![DocumentLine { action: Some(action) }],
        ..Document::default()
    };
    let request = PostDocumentRequest {
        warehouse: WAREHOUSES[0].to_owned(),
        document: Some(document),
        ..PostDocumentRequest::default()
    };
    let posted = stock.post_document(Request::new(request)).await;
    Ok(posted.map_err(|status| RemoteError::from(&status))?.into_inner().receipt.unwrap())
}
