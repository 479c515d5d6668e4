//! What is recorded without the network.

use clap::Args;
use edge::EdgeLedger;
use edge_core::{Posting, Stamp, Wanted};
use proto::stock::v1::{Adjust, LotFacts, Move, Receive, Return};
use vocabulary::{PartyCode, Quantity, SerialNumber};

use super::fault;
use super::goods::{Header, SpotArgs};
use super::views;
use crate::cli::Context;
use crate::cli::stock::WhichArgs;
use crate::cli::text::decimal;
use crate::output::Failure;

/// `entrepot edge take`
#[derive(Debug, Args)]
pub(super) struct TakeArgs {
    #[command(flatten)]
    spot: SpotArgs,
    /// A serial number, of an item tracked by them; give one a unit.
    #[arg(long = "serial", value_name = "SERIAL")]
    serials: Vec<String>,
    /// The customer who gets them.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    partner: String,
    /// What they weigh together, of an item of catch weight.
    #[arg(long)]
    weight: Option<String>,
    #[command(flatten)]
    header: Header,
}

/// `entrepot edge receive`
#[derive(Debug, Args)]
pub(super) struct ReceiveArgs {
    /// Until when the lot may be used, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    expiry: String,
    /// Until when the lot is at its best, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    best_before: String,
    #[command(flatten)]
    goods: ReturnArgs,
}

/// `entrepot edge return`, and what it has in common with `receive`
#[derive(Debug, Args)]
pub(super) struct ReturnArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// Whom they come from: the supplier, or the customer who returns them.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    partner: String,
    #[command(flatten)]
    amount: AmountArgs,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `entrepot edge move`
#[derive(Debug, Args)]
pub(super) struct MoveArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// Where the goods are taken from.
    #[arg(long, value_name = "LOCATION")]
    from: String,
    /// Where they are put.
    #[arg(long, value_name = "LOCATION")]
    to: String,
    #[command(flatten)]
    amount: AmountArgs,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `entrepot edge adjust`
#[derive(Debug, Args)]
pub(super) struct AdjustArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    #[command(flatten)]
    amount: AmountArgs,
    /// Why, for example "broken".
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

#[derive(Debug, Args)]
struct AmountArgs {
    /// How much; an adjustment takes away when it is negative.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
}

/// A document, and what comes with it.
type Recorded = Result<(Posting, Stamp), Failure>;

impl ReceiveArgs {
    pub(super) fn posting(self) -> Recorded {
        let Self { expiry, best_before, goods } = self;
        let facts = LotFacts { expiry, best_before, ..LotFacts::default() };
        let lot_facts = (facts != LotFacts::default()).then_some(facts);
        let ReturnArgs { sku, location, partner, amount, which, header } = goods;
        let AmountArgs { quantity, unit } = amount;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let receive =
            Receive { sku, location, quantity, unit, goods, lot_facts, partner, ..Receive::default() };
        Ok((Posting::Receive(receive), header.stamp()?))
    }
}

impl ReturnArgs {
    pub(super) fn posting(self) -> Recorded {
        let Self { sku, location, partner, amount: AmountArgs { quantity, unit }, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let given_back = Return { sku, location, quantity, unit, goods, partner, ..Return::default() };
        Ok((Posting::Return(given_back), header.stamp()?))
    }
}

impl MoveArgs {
    pub(super) fn posting(self) -> Recorded {
        let Self { sku, from, to, amount: AmountArgs { quantity, unit }, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let places = Move { from_location: from, to_location: to, ..Move::default() };
        let posting = Posting::Move(Move { sku, quantity, unit, goods, ..places });
        Ok((posting, header.stamp()?))
    }
}

impl AdjustArgs {
    pub(super) fn posting(self) -> Recorded {
        let Self { sku, location, amount: AmountArgs { quantity, unit }, reason, which, header } = self;
        let (delta, goods) = (decimal(&quantity), which.goods());
        let adjust = Adjust { sku, location, delta, unit, reason, goods, take_promised: false };
        Ok((Posting::Adjust(adjust), header.stamp()?))
    }
}

pub(super) async fn take(ledger: &EdgeLedger, args: TakeArgs, context: &Context) -> Result<(), Failure> {
    let serials = args.serials.iter().map(|serial| SerialNumber::parse(serial)).collect::<Result<_, _>>()?;
    let partner = (!args.partner.is_empty()).then(|| PartyCode::parse(&args.partner)).transpose()?;
    let weight = args.weight.as_deref().map(Quantity::parse).transpose()?;
    let (spot, quantity) = (args.spot.spot()?, args.spot.quantity()?);
    let wanted = Wanted { spot, quantity, serials, partner, weight };
    let taken = ledger.take(&wanted, &args.header.stamp()?).await.map_err(fault::failure)?;
    views::show(ledger, taken, context).await
}

pub(super) async fn post(ledger: &EdgeLedger, recorded: Recorded, context: &Context) -> Result<(), Failure> {
    let (posting, stamp) = recorded?;
    let posted = ledger.post(&posting, &stamp).await.map_err(fault::failure)?;
    views::show(ledger, posted, context).await
}
