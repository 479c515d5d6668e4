//! `entrepot stock count plan`: chooses places and plans as many counts as they need.

use clap::Args;
use proto::catalog::v1::{LifecycleState, ListItemsRequest, ListLocationsRequest};
use proto::events::v1::{CountPlace, CountSample, CountTolerance, ItemCost};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{ChooseCountPlacesRequest, Document, DocumentLine, PlanCount, PostDocumentRequest};

use super::verbs::Kind;
use crate::cli::Context;
use crate::cli::stock::post;
use crate::cli::stock::views::ReceiptView;
use crate::cli::text::decimal;
use crate::client::{Client, pages, request_id_or_new};
use crate::output::Failure;

/// Places of one count.
const PLACES_A_COUNT: usize = 1000;
/// Counts of one document.
const COUNTS_A_DOCUMENT: usize = 10;

/// `… count plan`
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// Its key, for example C-17. Of more than 1,000 places this is the key of a plan with counts C-17.1, C-17.2 and so on.
    count: String,
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// How its places are chosen.
    #[arg(long, value_enum, required = false, required_unless_present = "after_short_picks")]
    #[arg(default_value_if("after_short_picks", "true", "short-pick"))]
    kind: Kind,
    /// Where picks were short and nobody has planned a count since; as `--kind short-pick` without --locations. Nothing when there is no
    /// such place: it can be run again and again.
    #[arg(long, conflicts_with = "kind")]
    after_short_picks: bool,
    /// Locations to count with all that is there; with --sku these items there.
    #[arg(long, short, value_name = "LOCATION", num_args = 1..)]
    locations: Vec<String>,
    /// Only at locations whose codes begin so.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    location_prefix: String,
    /// Items to count.
    #[arg(long, value_name = "SKU", num_args = 1..)]
    sku: Vec<String>,
    /// The items of this class of the catalog.
    #[arg(long, value_name = "CLASS", conflicts_with = "sku")]
    item_class: Option<String>,
    /// How much at most is little, in base units.
    #[arg(long, value_name = "QUANTITY", required_if_eq("kind", "low-stock"))]
    low: Option<String>,
    /// What the draw of a sample begins with: the same number draws the same places.
    #[arg(long, value_name = "NUMBER", required_if_eq("kind", "sample"))]
    seed: Option<u64>,
    /// How sure a sample's answer is, in percent: 90, 95 or 99.
    #[arg(long, value_name = "PERCENT", default_value_t = 95)]
    confidence: u32,
    /// How far from a sample's answer the truth may be, in hundredths of a percent.
    #[arg(long, value_name = "PARTS", default_value_t = 500)]
    margin: u32,
    /// The sheets show what should be there.
    #[arg(long)]
    guided: bool,
    #[command(flatten)]
    limits: LimitArgs,
    /// UUID of the document, where one is enough; the same id has one effect, however often it is sent. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// Only check: answer as if it were posted, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// How much may differ.
#[derive(Debug, Args)]
struct LimitArgs {
    /// How much a place may differ without being counted again, in percent of what should be there.
    #[arg(long, value_name = "PERCENT")]
    within_percent: Option<String>,
    /// The same in base units.
    #[arg(long, value_name = "QUANTITY")]
    within_quantity: Option<String>,
    /// The same in money.
    #[arg(long, value_name = "AMOUNT")]
    within_value: Option<String>,
    /// The value of all differences of a count together above which somebody who did not count approves.
    #[arg(long, value_name = "AMOUNT")]
    approval_above: Option<String>,
    /// What the values are in, for example EUR.
    #[arg(long, default_value = "", hide_default_value = true)]
    currency: String,
    /// An item and what a base unit of it is worth; give one an item.
    #[arg(long, num_args = 2, value_names = ["SKU", "COST"])]
    cost: Vec<String>,
}

/// Plans all its counts and shows the receipts.
pub(super) async fn run(args: PlanArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let (places, sample) = args.places(&client).await?;
    if places.is_empty() && args.after_short_picks {
        return context.output().many::<ReceiptView>(&[]);
    }
    if places.is_empty() {
        return Err(Failure::usage("there is nothing to count: no place is so").at("kind"));
    }
    let plans = args.plans(&places, sample);
    let documents: Vec<_> = plans.chunks(COUNTS_A_DOCUMENT).collect();
    let mut receipts: Vec<ReceiptView> = Vec::with_capacity(documents.len());
    for lines in &documents {
        let id = args.request_id.as_deref().filter(|_| documents.len() == 1);
        let lines = lines.iter().map(|plan| DocumentLine { action: Some(Action::PlanCount(plan.clone())) });
        let document =
            Document { request_id: request_id_or_new(id), lines: lines.collect(), ..Document::default() };
        let request = PostDocumentRequest {
            warehouse: args.warehouse.clone(),
            document: Some(document),
            validate_only: args.dry_run,
            catalog_revision: 0,
        };
        receipts.push(post::receipt(&client, &request).await?);
    }
    context.output().many(&receipts)
}

impl PlanArgs {
    /// In order, and how a sample of them was drawn.
    async fn places(&self, client: &Client) -> Result<(Vec<CountPlace>, Option<CountSample>), Failure> {
        let place =
            |location: &String, sku: &str| CountPlace { location: location.clone(), sku: sku.to_owned() };
        match self.kind {
            Kind::Full => Ok((self.all_locations(client).await?, None)),
            Kind::Location | Kind::ShortPick if !self.locations.is_empty() => {
                let each = |location| match self.sku.as_slice() {
                    [] => vec![place(location, "")],
                    skus => skus.iter().map(|sku| place(location, sku)).collect(),
                };
                Ok((self.locations.iter().flat_map(each).collect(), None))
            }
            Kind::Location if !self.location_prefix.is_empty() => {
                Ok((self.all_locations(client).await?, None))
            }
            Kind::Location => Err(Failure::usage("say where to count: give --locations").at("locations")),
            Kind::Class | Kind::LowStock | Kind::ZeroStock | Kind::Sample | Kind::ShortPick => {
                self.chosen(client).await
            }
        }
    }

    /// Every location of the catalog that has stock, or could.
    async fn all_locations(&self, client: &Client) -> Result<Vec<CountPlace>, Failure> {
        let filter = format!("warehouse = \"{}\" AND state = ACTIVE", self.warehouse);
        let locations = pages(None, async |page_size, page_token| {
            let request = ListLocationsRequest { page_size, page_token, filter: filter.clone() };
            let page = client.call(&request, async |r| client.catalog().list_locations(r).await).await?;
            Ok((page.locations, page.next_page_token))
        });
        let is_wanted = |location: &proto::catalog::v1::Location| {
            !location.r#virtual
                && location.state() == LifecycleState::Active
                && location.code.starts_with(&self.location_prefix)
        };
        let wanted = locations.await?.into_iter().filter(is_wanted);
        Ok(wanted.map(|location| CountPlace { location: location.code, sku: String::new() }).collect())
    }

    /// What the warehouse chooses by what is there.
    async fn chosen(&self, client: &Client) -> Result<(Vec<CountPlace>, Option<CountSample>), Failure> {
        let is_sample = self.kind == Kind::Sample;
        let sample = CountSample {
            seed: self.seed.unwrap_or_default(),
            population: 0,
            confidence: self.confidence,
            margin: self.margin,
        };
        let mut request = ChooseCountPlacesRequest {
            warehouse: self.warehouse.clone(),
            kind: self.kind.wire().into(),
            skus: self.skus(client).await?,
            location_prefix: self.location_prefix.clone(),
            low: self.low.as_deref().and_then(decimal),
            sample: is_sample.then_some(sample),
            page_size: 50_000,
            page_token: String::new(),
        };
        let (mut places, mut drawn) = (Vec::new(), None);
        loop {
            let page = client.call(&request, async |r| client.stock().choose_count_places(r).await).await?;
            places.extend(page.places);
            drawn = page.sample.or(drawn);
            if page.next_page_token.is_empty() {
                return Ok((places, drawn));
            }
            request.page_token = page.next_page_token;
        }
    }

    /// The items that are named, or those of the class.
    async fn skus(&self, client: &Client) -> Result<Vec<String>, Failure> {
        match &self.item_class {
            Some(class) => of_class(client, class).await,
            None => Ok(self.sku.clone()),
        }
    }

    fn plans(&self, places: &[CountPlace], sample: Option<CountSample>) -> Vec<PlanCount> {
        let LimitArgs { within_percent, within_quantity, within_value, approval_above, currency, cost } =
            &self.limits;
        let costs = cost.chunks(2).filter_map(|words| {
            let [sku, cost] = words else { return None };
            Some(ItemCost { sku: sku.clone(), cost: decimal(cost) })
        });
        let costs: Vec<_> = costs.collect();
        let optional = |text: &Option<String>| text.as_deref().and_then(decimal);
        let tolerance = CountTolerance {
            percent: optional(within_percent),
            quantity: optional(within_quantity),
            value: optional(within_value),
        };
        let is_one = places.len() <= PLACES_A_COUNT;
        let count = |(number, places): (usize, &[CountPlace])| PlanCount {
            count: if is_one { self.count.clone() } else { format!("{}.{number}", self.count) },
            plan: if is_one { String::new() } else { self.count.clone() },
            kind: self.kind.wire().into(),
            guided: self.guided,
            tolerance: Some(tolerance.clone()),
            approval_above: optional(approval_above),
            currency: currency.clone(),
            sample,
            places: places.to_vec(),
            costs: costs.clone(),
        };
        (1..).zip(places.chunks(PLACES_A_COUNT)).map(count).collect()
    }
}

/// The items of a class of the catalog.
pub(super) async fn of_class(client: &Client, class: &str) -> Result<Vec<String>, Failure> {
    let filter = format!("item_class = \"{class}\"");
    let items = pages(None, async |page_size, page_token| {
        let request = ListItemsRequest { page_size, page_token, filter: filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_items(r).await).await?;
        Ok((page.items, page.next_page_token))
    });
    Ok(items.await?.into_iter().map(|item| item.sku).collect())
}
