//! Documents of one line, from flags.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, ChangeStatus, Consume, DisposeGoods, Document, DocumentLine, Fulfil, Goods, Move,
    PostDocumentRequest, Produce, Receive, Release, Return, TakeOwnership,
};

use super::lots::FactsArgs;
use crate::cli::text::{decimal, time};
use crate::client::request_id_or_new;
use crate::output::Failure;

/// Flags of every document.
#[derive(Debug, Args)]
pub(crate) struct Header {
    /// The warehouse.
    #[arg(long, short)]
    pub(super) warehouse: String,
    /// UUID of the document; the same id has one effect, however often it is sent. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// When it happened, RFC 3339; now when absent.
    #[arg(long, value_name = "TIME")]
    effective_at: Option<String>,
    /// Your own reference, for example an order number.
    #[arg(long, default_value = "", hide_default_value = true)]
    reference: String,
    /// Only check: answer as if it were posted, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Change what happened before the lock of the stock, if you may.
    #[arg(long)]
    pass_lock: bool,
    /// Where it cannot have happened at --effective-at, it happens now: for a clock that may be wrong.
    #[arg(long)]
    effective_at_may_move: bool,
    /// Judge against master data at least this new (as answered by a change of the catalog).
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "REVISION")]
    catalog_revision: u64,
}

/// Which goods, where they are not just any available ones of our own.
#[derive(Debug, Args)]
pub(crate) struct WhichArgs {
    /// The lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    lot: String,
    /// A serial number; give one a unit.
    #[arg(long = "serial", value_name = "SERIAL")]
    serials: Vec<String>,
    /// Their status, for example `quarantine`; available when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    status: String,
    /// Whose they are: own, consignment:PARTY or customer:PARTY; own when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    owner: String,
    /// The handling unit that they are taken out of, or put into: its SSCC; loose goods when absent.
    #[arg(long, value_name = "SSCC", default_value = "", hide_default_value = true)]
    handling_unit: String,
    /// What they weigh together, of an item of catch weight, in the unit that it is weighed in.
    #[arg(long, allow_hyphen_values = true)]
    weight: Option<String>,
}

/// Which goods are promised: of our own, and in handling units or not.
#[derive(Debug, Args)]
pub(crate) struct PromisedArgs {
    /// The lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    lot: String,
    /// A serial number; give one a unit.
    #[arg(long = "serial", value_name = "SERIAL")]
    serials: Vec<String>,
    /// Their status, one that counts as available; those that are available first when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    status: String,
}

impl PromisedArgs {
    /// `None` for any.
    pub(super) fn goods(self) -> Option<Goods> {
        let Self { lot, serials, status } = self;
        let goods = Goods { lot, serials, status, ..Goods::default() };
        (goods != Goods::default()).then_some(goods)
    }
}

impl WhichArgs {
    /// `None` for goods that need no naming.
    pub(crate) fn goods(self) -> Option<Goods> {
        let Self { lot, serials, status, owner, handling_unit, weight } = self;
        let weight = weight.as_deref().and_then(decimal);
        let goods = Goods { lot, serials, status, owner, handling_unit, weight };
        (goods != Goods::default()).then_some(goods)
    }
}

/// `… receive` and `… produce`
#[derive(Debug, Args)]
pub(crate) struct ArrivalArgs {
    #[command(flatten)]
    facts: FactsArgs,
    #[command(flatten)]
    goods: GoodsArgs,
}

/// `… receive`, `… issue` and `… return`: what goes in or out, and whom it comes from or goes to.
#[derive(Debug, Args)]
pub(crate) struct DealArgs<T: Args> {
    /// The supplier, or the customer: a trace of the goods begins and ends with them.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    partner: String,
    #[command(flatten)]
    rest: T,
}

/// `… status-change`
#[derive(Debug, Args)]
pub(crate) struct StatusChangeArgs {
    /// The status that the goods become; `--status` is the one they have.
    #[arg(long, value_name = "STATUS")]
    to: String,
    /// Why, for example "inspected".
    #[arg(long)]
    reason: String,
    /// Take goods that are promised, too: promises of them end as far as needed, the lowest priority first.
    #[arg(long)]
    take_promised: bool,
    #[command(flatten)]
    goods: GoodsArgs,
}

/// An item, a place and a quantity.
#[derive(Debug, Args)]
pub(crate) struct GoodsArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// How much, greater than zero.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `… move`
#[derive(Debug, Args)]
pub(crate) struct MoveArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// Where the goods are taken from.
    #[arg(long, value_name = "LOCATION")]
    from: String,
    /// Where they are put.
    #[arg(long, value_name = "LOCATION")]
    to: String,
    /// How much, greater than zero.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// The goods are promised by this reservation, which goes with them.
    #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
    reservation: String,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `… adjust`
#[derive(Debug, Args)]
pub(crate) struct AdjustArgs {
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// The change: 3 adds, -3 takes away, never 0.
    #[arg(long, short, visible_alias = "delta", allow_hyphen_values = true)]
    quantity: String,
    /// Unit of the change; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// Why, for example "broken".
    #[arg(long)]
    reason: String,
    /// Take goods that are promised, too: promises of them end as far as needed, the lowest priority first.
    #[arg(long)]
    take_promised: bool,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `… release` and `… fulfil`
#[derive(Debug, Args)]
pub(crate) struct ReservationArgs {
    /// The reservation, as `reserve` answered it.
    #[arg(long, short, value_name = "ID")]
    reservation: String,
    /// How much of it, in the base unit; all that is left when absent.
    #[arg(long, short, allow_hyphen_values = true)]
    quantity: Option<String>,
    /// A serial number, of an item tracked by them; give one a unit. Only for `fulfil`.
    #[arg(long = "serial", value_name = "SERIAL")]
    serials: Vec<String>,
    /// The handling unit that they are taken out of: its SSCC; loose goods when absent. Only for `fulfil`.
    #[arg(long, value_name = "SSCC", default_value = "", hide_default_value = true)]
    handling_unit: String,
    /// The customer. Only for `fulfil`.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    partner: String,
    /// What they weigh together, of an item of catch weight. Only for `fulfil`.
    #[arg(long, allow_hyphen_values = true)]
    weight: Option<String>,
    #[command(flatten)]
    header: Header,
}

impl Header {
    pub(super) fn post(self, action: Action) -> Result<PostDocumentRequest, Failure> {
        let document = Document {
            request_id: request_id_or_new(self.request_id.as_deref()),
            effective_at: self.effective_at.as_deref().map(time).transpose()?,
            lines: vec![DocumentLine { action: Some(action) }],
            reference: self.reference,
            pass_lock: self.pass_lock,
            effective_at_may_move: self.effective_at_may_move,
        };
        Ok(PostDocumentRequest {
            warehouse: self.warehouse,
            document: Some(document),
            validate_only: self.dry_run,
            catalog_revision: self.catalog_revision,
        })
    }
}

impl DealArgs<ArrivalArgs> {
    pub(super) fn receive(self) -> Result<PostDocumentRequest, Failure> {
        let Self { partner, rest } = self;
        let ArrivalArgs { facts, goods: args } = rest;
        let lot_facts = facts.facts()?;
        let GoodsArgs { sku, location, quantity, unit, which, header } = args;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let receive =
            Receive { sku, location, quantity, unit, goods, lot_facts, partner, ..Receive::default() };
        header.post(Action::Receive(receive))
    }
}

impl DealArgs<GoodsArgs> {
    pub(super) fn give_back(self) -> Result<PostDocumentRequest, Failure> {
        let Self { partner, rest: GoodsArgs { sku, location, quantity, unit, which, header } } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let given_back = Return { sku, location, quantity, unit, goods, partner, ..Return::default() };
        header.post(Action::Return(given_back))
    }
}

impl ArrivalArgs {
    pub(super) fn produce(self) -> Result<PostDocumentRequest, Failure> {
        let Self { facts, goods: args } = self;
        let lot_facts = facts.facts()?;
        let GoodsArgs { sku, location, quantity, unit, which, header } = args;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let produce = Produce { sku, location, quantity, unit, goods, lot_facts, ..Produce::default() };
        header.post(Action::Produce(produce))
    }
}

impl StatusChangeArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { to: to_status, reason, take_promised, goods: args } = self;
        let GoodsArgs { sku, location, quantity, unit, which, header } = args;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let change = ChangeStatus { sku, location, quantity, unit, goods, ..ChangeStatus::default() };
        let change = ChangeStatus { to_status, reason, take_promised, ..change };
        header.post(Action::ChangeStatus(change))
    }
}

impl GoodsArgs {
    /// Goods of a delivery get what becomes of them for good, as the rest of the line says.
    pub(super) fn dispose(self, rest: DisposeGoods) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        header.post(Action::DisposeGoods(DisposeGoods { sku, location, quantity, unit, goods, ..rest }))
    }

    pub(super) fn consume(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        let consume = Consume { sku, location, quantity, unit, goods, ..Consume::default() };
        header.post(Action::Consume(consume))
    }

    pub(super) fn own(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        header.post(Action::TakeOwnership(TakeOwnership { sku, location, quantity, unit, goods }))
    }
}

impl MoveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, from: from_location, to: to_location, quantity, unit, which, .. } = self;
        let (quantity, goods, reservation_id) = (decimal(&quantity), which.goods(), self.reservation);
        let moved = Move { sku, from_location, to_location, quantity, unit, goods, reservation_id };
        self.header.post(Action::Move(moved))
    }
}

impl AdjustArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, reason, take_promised, which, header } = self;
        let (delta, goods) = (decimal(&quantity), which.goods());
        header.post(Action::Adjust(Adjust { sku, location, delta, unit, reason, goods, take_promised }))
    }
}

impl ReservationArgs {
    pub(super) fn release(self) -> Result<PostDocumentRequest, Failure> {
        let quantity = self.quantity.as_deref().and_then(decimal);
        self.header.post(Action::Release(Release { reservation_id: self.reservation, quantity }))
    }

    pub(super) fn fulfil(self) -> Result<PostDocumentRequest, Failure> {
        let quantity = self.quantity.as_deref().and_then(decimal);
        let weight = self.weight.as_deref().and_then(decimal);
        let Self { reservation: reservation_id, serials, handling_unit, partner, header, .. } = self;
        let fulfil =
            Fulfil { reservation_id, quantity, serials, handling_unit, partner, weight, ..Fulfil::default() };
        header.post(Action::Fulfil(fulfil))
    }
}
