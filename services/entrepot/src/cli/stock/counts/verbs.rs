//! Documents of one line about a count, from flags.

use clap::{Args, ValueEnum};
use proto::events::v1::{self as events, CountPlace};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{ApproveCount, CancelCount, EnterCount, PostCount, PostDocumentRequest, SeenGoods};
use serde::Deserialize;

use crate::cli::stock::verbs::Header;
use crate::cli::text::{decimal, time};
use crate::output::Failure;

/// How the places of a count are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli::stock) enum Kind {
    /// Every location of the warehouse, with all that is there.
    Full,
    /// Locations, with all that is there.
    Location,
    /// Items, wherever they are.
    Class,
    /// Items where little of them is left.
    LowStock,
    /// Items where nothing of them is left.
    ZeroStock,
    /// Where somebody found less than there should be.
    ShortPick,
    /// By chance, of all places of all items.
    Sample,
}

/// `… count enter`
#[derive(Debug, Args)]
pub(crate) struct EnterArgs {
    /// The count's key.
    count: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// The item, where one item is counted at the location and not all that is there.
    #[arg(long, default_value = "", hide_default_value = true)]
    sku: String,
    /// Who counted.
    #[arg(long, value_name = "PERSON")]
    by: String,
    /// The newest sequence of the journal that the shelf already showed, as the sheet says; all that is known when absent.
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0, hide_default_value = true)]
    read_at_sequence: u64,
    /// When the shelf was read, RFC 3339: what had happened by then and is told later was seen, too.
    #[arg(long, value_name = "TIME")]
    read_at: Option<String>,
    /// An item and how much of it was there; give one for each. What is not named was not there.
    #[arg(long, num_args = 2, value_names = ["SKU", "QUANTITY"])]
    seen: Vec<String>,
    /// An item, one of its lots, and how much of it was there.
    #[arg(long, num_args = 3, value_names = ["SKU", "LOT", "QUANTITY"])]
    seen_lot: Vec<String>,
    /// An item, and a unit of it that was there.
    #[arg(long, num_args = 2, value_names = ["SKU", "SERIAL"])]
    seen_unit: Vec<String>,
    /// Status of all that was seen; available when absent. For several: `stock post`.
    #[arg(long, default_value = "", hide_default_value = true)]
    status: String,
    /// Whose it is: own, consignment:PARTY or customer:PARTY; own when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    owner: String,
    #[command(flatten)]
    header: Header,
}

/// `… count approve`
#[derive(Debug, Args)]
pub(crate) struct ApproveArgs {
    /// The count's key.
    count: String,
    /// Who approves; nobody who counted.
    #[arg(long, value_name = "PERSON")]
    by: String,
    #[command(flatten)]
    header: Header,
}

/// `… count post` and `cancel`
#[derive(Debug, Args)]
pub(crate) struct WhichArgs {
    /// The count's key.
    count: String,
    #[command(flatten)]
    header: Header,
}

impl Kind {
    pub(super) const fn wire(self) -> events::CountKind {
        match self {
            Self::Full => events::CountKind::Full,
            Self::Location => events::CountKind::Location,
            Self::Class => events::CountKind::Class,
            Self::LowStock => events::CountKind::LowStock,
            Self::ZeroStock => events::CountKind::ZeroStock,
            Self::ShortPick => events::CountKind::ShortPick,
            Self::Sample => events::CountKind::Sample,
        }
    }
}

impl EnterArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { count, location, sku, by: counted_by, read_at_sequence, read_at, status, owner, .. } =
            self;
        let goods = SeenGoods { status, owner, ..SeenGoods::default() };
        let seen = [
            plain(&self.seen, &goods).collect::<Vec<_>>(),
            of_lots(&self.seen_lot, &goods).collect(),
            of_units(&self.seen_unit, &goods),
        ];
        self.header.post(Action::EnterCount(EnterCount {
            count,
            place: Some(CountPlace { location, sku }),
            counted_by,
            read_at_sequence,
            read_at: read_at.as_deref().map(time).transpose()?,
            seen: seen.concat(),
        }))
    }
}

fn plain<'a>(words: &'a [String], goods: &'a SeenGoods) -> impl Iterator<Item = SeenGoods> + use<'a> {
    words.chunks(2).filter_map(|words| {
        let [sku, quantity] = words else { return None };
        Some(SeenGoods { sku: sku.clone(), quantity: decimal(quantity), ..goods.clone() })
    })
}

fn of_lots<'a>(words: &'a [String], goods: &'a SeenGoods) -> impl Iterator<Item = SeenGoods> + use<'a> {
    words.chunks(3).filter_map(|words| {
        let [sku, lot, quantity] = words else { return None };
        Some(SeenGoods { sku: sku.clone(), lot: lot.clone(), quantity: decimal(quantity), ..goods.clone() })
    })
}

/// The units of an item together.
fn of_units(words: &[String], goods: &SeenGoods) -> Vec<SeenGoods> {
    let mut items: Vec<SeenGoods> = Vec::new();
    for words in words.chunks(2) {
        let [sku, serial] = words else { continue };
        match items.iter_mut().find(|seen| seen.sku == *sku) {
            Some(seen) => seen.serials.push(serial.clone()),
            None => {
                let serials = vec![serial.clone()];
                items.push(SeenGoods { sku: sku.clone(), serials, ..goods.clone() });
            }
        }
    }
    items
}

impl ApproveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { count, by: approved_by, header } = self;
        header.post(Action::ApproveCount(ApproveCount { count, approved_by }))
    }
}

impl WhichArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        self.header.post(Action::PostCount(PostCount { count: self.count }))
    }

    pub(super) fn cancel(self) -> Result<PostDocumentRequest, Failure> {
        self.header.post(Action::CancelCount(CancelCount { count: self.count }))
    }
}
