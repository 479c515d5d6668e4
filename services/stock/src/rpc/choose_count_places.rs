use std::collections::BTreeSet;

use proto::events::v1::{CountPlace as WirePlace, CountSample};
use proto::stock::v1::{ChooseCountPlacesRequest, ChooseCountPlacesResponse};
use rpc::{ApiError, PageToken, Reason};
use stock_core::{PlaceChoice, State};
use vocabulary::{LocationCode, Quantity, Sku};
use work_core::wire::count_place_to;
use work_core::{CountKind, CountPlace, draw, sample_size};

use super::amount::quantity;
use super::as_of::{Asked, View};
use super::count_line::{drawn, kind};
use super::{StockRpc, page};

const SKUS_MAX: usize = 10_000;
const PLACES_MAX: i32 = 50_000;
const PLACES_DEFAULT: usize = 1000;

/// Places that a plan can count, chosen by what is there.
pub(super) async fn handle(
    service: &StockRpc,
    request: ChooseCountPlacesRequest,
) -> Result<ChooseCountPlacesResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let wanted = Wanted::parse(&request)?;
    let size = size(request.page_size)?;
    let words = ChooseCountPlacesRequest { page_size: 0, page_token: String::new(), ..request.clone() };
    let scope = format!("count places/{words:?}");
    let start = page::start(&request.page_token, &scope)?.and_then(|key| place_of(&key));
    let asked = Asked { sequence: 0, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok((wanted.choose(view.state), view.state.sequence()));
    let ((all, sample), sequence) = as_of.look(&partition, look).await?;
    let is_later = |place: &&CountPlace| start.as_ref().is_none_or(|start| *place > start);
    let mut rest = all.iter().filter(is_later);
    let places: Vec<&CountPlace> = rest.by_ref().take(size).collect();
    let next = places.last().filter(|_| rest.next().is_some());
    let next = next.map(|place| {
        PageToken::encode(&[place.location.as_str(), place.sku.as_ref().map_or("", Sku::as_str)], &scope)
    });
    Ok(ChooseCountPlacesResponse {
        places: places.into_iter().map(count_place_to).collect::<Vec<WirePlace>>(),
        sample,
        next_page_token: next.unwrap_or_default(),
        as_of_sequence: sequence.get(),
    })
}

/// Which places.
struct Wanted {
    choice: Choice,
    skus: BTreeSet<Sku>,
    location_prefix: String,
    sample: Option<CountSample>,
}

/// Chosen by what.
#[derive(Clone, Copy)]
enum Choice {
    /// By what is there.
    Stock(PlaceChoice),
    /// By what was not found.
    ShortPicks,
}

impl Wanted {
    fn parse(request: &ChooseCountPlacesRequest) -> Result<Self, ApiError> {
        let refused =
            |field: &'static str, message: &str| Err(ApiError::invalid(Reason::BadField, field, message));
        let choice = match kind(request.kind())? {
            CountKind::Class if request.skus.is_empty() => {
                return refused("skus", "name the items of the class");
            }
            CountKind::Class => Choice::Stock(PlaceChoice::Stocked),
            CountKind::LowStock => Choice::Stock(PlaceChoice::AtMost(low(request)?)),
            CountKind::ZeroStock => Choice::Stock(PlaceChoice::Empty),
            CountKind::Sample => Choice::Stock(PlaceChoice::Stocked),
            CountKind::ShortPick => Choice::ShortPicks,
            CountKind::Full | CountKind::Location => {
                return refused(
                    "kind",
                    "these places are not chosen by what is there: name them in the plan",
                );
            }
        };
        let is_sample = request.kind() == proto::events::v1::CountKind::Sample;
        if is_sample != request.sample.is_some() {
            return refused("sample", "say seed, confidence and margin of a sample, and of nothing else");
        }
        if let Some(sample) = &request.sample {
            drawn(sample)?;
        }
        if request.skus.len() > SKUS_MAX {
            let message = format!("{} items: give at most {SKUS_MAX}", request.skus.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "skus", message));
        }
        Ok(Self {
            choice,
            skus: skus(&request.skus)?,
            location_prefix: request.location_prefix.clone(),
            sample: request.sample,
        })
    }

    /// All of them in order, and how a sample of them was drawn.
    fn choose(&self, state: &State) -> (Vec<CountPlace>, Option<CountSample>) {
        let is_wanted = |sku: &Sku, location: &LocationCode| {
            (self.skus.is_empty() || self.skus.contains(sku))
                && location.as_str().starts_with(&self.location_prefix)
        };
        let all = match self.choice {
            Choice::Stock(choice) => state.places_to_count(choice, is_wanted),
            Choice::ShortPicks => state.places_after_short_picks(is_wanted),
        };
        let Some(sample) = self.sample.and_then(|sample| drawn(&sample).ok()) else { return (all, None) };
        let population = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let drawn = draw(sample.seed, population, sample_size(population, sample.confidence, sample.margin));
        let numbered = (0_u32..).zip(all);
        let places = numbered.filter(|(number, _)| drawn.contains(number)).map(|(_, place)| place).collect();
        (places, self.sample.map(|sample| CountSample { population, ..sample }))
    }
}

fn low(request: &ChooseCountPlacesRequest) -> Result<Quantity, ApiError> {
    quantity("low", request.low.as_ref())
}

/// Items by their codes.
pub(super) fn skus(texts: &[String]) -> Result<BTreeSet<Sku>, ApiError> {
    let parse = |(n, text): (usize, &String)| {
        Sku::parse(text).map_err(|e| ApiError::invalid(Reason::BadCode, format!("skus[{n}]"), e.to_string()))
    };
    texts.iter().enumerate().map(parse).collect()
}

fn size(page_size: i32) -> Result<usize, ApiError> {
    match usize::try_from(page_size) {
        Ok(0) => Ok(PLACES_DEFAULT),
        Ok(size) if page_size <= PLACES_MAX => Ok(size),
        Ok(_) | Err(_) => {
            let message = format!("the page size {page_size} is out of range: give 0 to {PLACES_MAX}");
            Err(ApiError::invalid(Reason::BadPageSize, "page_size", message))
        }
    }
}

fn place_of(key: &[String]) -> Option<CountPlace> {
    let [location, sku] = key else { return None };
    Some(CountPlace { location: LocationCode::parse(location).ok()?, sku: Sku::parse(sku).ok() })
}
