use std::collections::BTreeMap;

use clap::Args;
use proto::catalog::v1::GetRecallRequest;
use proto::visibility::v1::{
    Freshness, ListRecipientsRequest, ListRecipientsResponse, TraceEvent, TraceEventKind, TraceKey, TraceNode,
};
use rpc::Reason;
use serde::Serialize;

use crate::cli::Context;
use crate::cli::text::{number, rfc3339, short_name};
use crate::client::{Client, pages};
use crate::output::{Failure, View};

/// `… show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The item.
    sku: String,
    /// The lot.
    lot: String,
}

/// What there is in a warehouse of a lot or of what was made of it, or what somebody got of that; and until when the view knows the
/// warehouse.
#[derive(Debug, Default, Serialize)]
struct WhereView {
    recall: String,
    warehouse: String,
    what: String,
    /// Of what: the lot that is called back, or the last that was made of it.
    sku: String,
    lot: String,
    serial: String,
    status: String,
    partner: String,
    reference: String,
    quantity: String,
    count: u64,
    last_at: String,
    last_sequence: u64,
}

impl View for WhereView {
    const COLUMNS: &'static [&'static str] = &[
        "recall",
        "warehouse",
        "what",
        "sku",
        "lot",
        "serial",
        "status",
        "partner",
        "reference",
        "quantity",
        "count",
        "last_at",
    ];
}

impl WhereView {
    /// Until when a warehouse is known: what happened there later is missing.
    fn known(recall: &str, fresh: Freshness) -> Self {
        Self {
            recall: recall.to_owned(),
            warehouse: fresh.warehouse,
            what: "known_until".to_owned(),
            last_at: rfc3339(fresh.recorded_at.as_ref()),
            last_sequence: fresh.as_of_sequence,
            ..Self::default()
        }
    }

    /// A limit was reached: there may be more.
    fn not_all(recall: &str) -> Self {
        Self { recall: recall.to_owned(), what: "not_all".to_owned(), ..Self::default() }
    }

    fn new(recall: &str, of: TraceKey, event: TraceEvent) -> Self {
        Self {
            sku: of.sku,
            lot: of.lot,
            serial: of.serial,
            recall: recall.to_owned(),
            what: short_name(event.kind().as_str_name(), "TRACE_EVENT_KIND").to_lowercase(),
            warehouse: event.warehouse,
            status: event.status,
            partner: event.partner,
            reference: event.reference,
            quantity: number(event.quantity),
            count: event.count,
            last_at: rfc3339(event.last_at.as_ref()),
            last_sequence: event.last_sequence,
        }
    }
}

/// Everything that was found, and where the view stood.
#[derive(Debug, Default)]
struct Found {
    /// What happened, to what, and how far that is from the lot.
    events: Vec<(TraceNode, TraceEvent)>,
    truncated: bool,
    /// The oldest answer of each warehouse.
    known: BTreeMap<String, Freshness>,
}

pub(super) async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let get = GetRecallRequest { sku: args.sku.clone(), lot: args.lot.clone() };
    let recall = match client.call(&get, async |r| client.catalog().get_recall(r).await).await {
        Ok(answer) => answer.recall.map(|recall| short_name(recall.state().as_str_name(), "RECALL_STATE")),
        // A lot can be looked for before it is called back.
        Err(failure) if failure.reason() == Reason::UnknownRecall.as_str() => Some("NONE".to_owned()),
        Err(failure) => return Err(failure),
    };
    let recall = recall.unwrap_or_default();
    let found = match find(&client, TraceKey { sku: args.sku, lot: args.lot, ..TraceKey::default() }).await {
        Ok(found) => found,
        // Called back before any came.
        Err(failure) if recall != "NONE" && failure.reason() == Reason::UnknownLot.as_str() => {
            Found::default()
        }
        Err(failure) => return Err(failure),
    };
    let mut views = Vec::new();
    for (node, event) in found.events {
        views.push(WhereView::new(&recall, node.key.unwrap_or_default(), event));
    }
    if found.truncated {
        views.push(WhereView::not_all(&recall));
    }
    views.extend(found.known.into_values().map(|fresh| WhereView::known(&recall, fresh)));
    context.output().many(&views)
}

/// All there is of a lot and of what was made of it; who supplied it is told of the lot alone.
async fn find(client: &Client, key: TraceKey) -> Result<Found, Failure> {
    let kinds = [TraceEventKind::Held, TraceEventKind::Received, TraceEventKind::Issued];
    let answers = pages(None, async |page_size, page_token| {
        let request = ListRecipientsRequest {
            key: Some(key.clone()),
            page_size,
            page_token,
            through_production: true,
            kinds: kinds.map(i32::from).into(),
            ..ListRecipientsRequest::default()
        };
        let page = client.call(&request, async |r| client.trace().list_recipients(r).await).await?;
        let next = page.next_page_token.clone();
        Ok((vec![page], next))
    });
    let mut found = Found::default();
    for answer in answers.await? {
        found.add(answer);
    }
    found.events.sort_by_key(|(node, _)| node.level);
    Ok(found)
}

impl Found {
    fn add(&mut self, answer: ListRecipientsResponse) {
        self.truncated |= answer.truncated;
        for fresh in answer.freshness {
            let known = self.known.entry(fresh.warehouse.clone()).or_insert_with(|| fresh.clone());
            if fresh.as_of_sequence < known.as_of_sequence {
                *known = fresh;
            }
        }
        for event in answer.recipients {
            let node = usize::try_from(event.node).ok().and_then(|at| answer.nodes.get(at));
            let node = node.cloned().unwrap_or_default();
            if node.level == 0 || event.kind() != TraceEventKind::Received {
                self.events.push((node, event));
            }
        }
    }
}
