//! `entrepot stock delivery put-away`: where goods that came are best put, and putting them there.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    DocumentLine, Goods, Move, PostDocumentRequest, PutAwayPlace, PutAwaySuggestion, SuggestPutAwayRequest,
};
use serde::Serialize;

use crate::cli::Context;
use crate::cli::stock::post;
use crate::cli::stock::verbs::Header;
use crate::cli::text::{number, short_name};
use crate::output::{Failure, View};

/// The most lines a document may have.
const LINES_MAX: usize = 1000;

/// `… delivery put-away`
#[derive(Debug, Args)]
pub(crate) struct PutAwayArgs {
    /// The delivery's key: what came of it and stands where goods arrive.
    #[arg(required_unless_present = "location", conflicts_with = "location")]
    delivery: Option<String>,
    /// Everything at a location instead.
    #[arg(long, short)]
    location: Option<String>,
    /// Move the goods as suggested, in one document of at most 1,000 moves; what is left after it is asked for again.
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    header: Header,
}

pub(super) async fn run(args: PutAwayArgs, context: &Context) -> Result<(), Failure> {
    let PutAwayArgs { delivery, location, confirm, header } = args;
    let client = context.client().await?;
    let (delivery, location) = (delivery.unwrap_or_default(), location.unwrap_or_default());
    let request = SuggestPutAwayRequest { warehouse: header.warehouse.clone(), delivery, location };
    let answer = client.call(&request, async |r| client.stock().suggest_put_away(r).await).await?;
    if !confirm {
        let (as_of, more) = (answer.as_of_sequence, answer.more);
        let views = answer.suggestions.into_iter().flat_map(|goods| PutAwayView::of(goods, as_of, more));
        return context.output().many(&views.collect::<Vec<_>>());
    }
    let moves = answer.suggestions.into_iter().flat_map(moves).take(LINES_MAX).collect::<Vec<_>>();
    match document(header, moves)? {
        Some(document) => post::send(document, context).await,
        None => {
            Err(Failure::usage("there is nothing to put away, or no place for it: ask without --confirm why"))
        }
    }
}

/// `None` when there is nothing to move.
fn document(header: Header, moves: Vec<Move>) -> Result<Option<PostDocumentRequest>, Failure> {
    let mut lines = moves.into_iter().map(Action::Move);
    let Some(first) = lines.next() else { return Ok(None) };
    let mut request = header.post(first)?;
    if let Some(document) = &mut request.document {
        document.lines.extend(lines.map(|action| DocumentLine { action: Some(action) }));
    }
    Ok(Some(request))
}

fn moves(goods: PutAwaySuggestion) -> Vec<Move> {
    let PutAwaySuggestion { sku, from_location, lot, status, owner, places, .. } = goods;
    let one = |place: PutAwayPlace| {
        let (lot, status, owner, serials) = (lot.clone(), status.clone(), owner.clone(), place.serials);
        Move {
            sku: sku.clone(),
            from_location: from_location.clone(),
            to_location: place.location,
            quantity: place.quantity,
            goods: Some(Goods { lot, serials, status, owner, ..Goods::default() }),
            ..Move::default()
        }
    };
    places.into_iter().map(one).collect()
}

/// Goods, and a place for them, or why there is none.
#[derive(Debug, Serialize)]
struct PutAwayView {
    sku: String,
    lot: String,
    status: String,
    owner: String,
    from_location: String,
    /// Empty for what stays.
    to_location: String,
    quantity: String,
    /// Why there, or why it stays.
    reason: String,
    serials: Vec<String>,
    /// Whether there are more goods than are shown.
    more: bool,
    as_of_sequence: u64,
}

impl View for PutAwayView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "lot",
        "status",
        "owner",
        "from_location",
        "to_location",
        "quantity",
        "reason",
        "serials",
        "more",
        "as_of_sequence",
    ];
}

impl PutAwayView {
    fn of(goods: PutAwaySuggestion, as_of_sequence: u64, more: bool) -> Vec<Self> {
        let PutAwaySuggestion { sku, from_location, lot, status, owner, places, left, .. } = goods;
        let view = |to_location: String, quantity, reason: &str, serials| Self {
            sku: sku.clone(),
            lot: lot.clone(),
            status: status.clone(),
            owner: owner.clone(),
            from_location: from_location.clone(),
            to_location,
            quantity: number(quantity),
            reason: reason.to_lowercase(),
            serials,
            more,
            as_of_sequence,
        };
        let places = places.into_iter().map(|place| {
            let why = place.reason().as_str_name();
            view(place.location, place.quantity, &short_name(why, "PUT_AWAY_REASON"), place.serials)
        });
        let left = left.into_iter().map(|left| {
            let why = left.reason().as_str_name();
            view(String::new(), left.quantity, &short_name(why, "NOT_PUT_AWAY_REASON"), Vec::new())
        });
        places.chain(left).collect()
    }
}
