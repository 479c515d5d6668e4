use proto::visibility::v1::{DuplicateSerial, ListDuplicateSerialsRequest, SerialHolder};
use serde::Serialize;

use crate::cli::Context;
use crate::cli::text::rfc3339;
use crate::client::pages;
use crate::output::{Failure, View};

/// A warehouse that has a unit which another one has, too.
#[derive(Debug, Serialize)]
struct DuplicateView {
    sku: String,
    serial: String,
    warehouse: String,
    status: String,
    since_sequence: u64,
    since: String,
    /// Until when the view knows the warehouse.
    as_of: String,
}

impl View for DuplicateView {
    const COLUMNS: &'static [&'static str] =
        &["sku", "serial", "warehouse", "status", "since_sequence", "since", "as_of"];
}

pub(super) async fn list(context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let units = pages(None, async |page_size, page_token| {
        let request = ListDuplicateSerialsRequest { page_size, page_token };
        let page = client.call(&request, async |r| client.trace().list_duplicate_serials(r).await).await?;
        Ok((page.serials, page.next_page_token))
    });
    let views: Vec<DuplicateView> = units.await?.into_iter().flat_map(views).collect();
    context.output().many(&views)
}

fn views(unit: DuplicateSerial) -> impl Iterator<Item = DuplicateView> {
    let DuplicateSerial { sku, serial, holders } = unit;
    holders.into_iter().map(move |holder| {
        let SerialHolder { warehouse, status, since_sequence, since, as_of } = holder;
        let (sku, serial) = (sku.clone(), serial.clone());
        let (since, as_of) = (rfc3339(since.as_ref()), rfc3339(as_of.as_ref()));
        DuplicateView { sku, serial, warehouse, status, since_sequence, since, as_of }
    })
}
