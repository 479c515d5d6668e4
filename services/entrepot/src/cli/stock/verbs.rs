//! Documents of one line, from flags.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, Document, DocumentLine, Fulfil, Issue, Move, PostDocumentRequest, Receive, Release, Reserve,
    Return,
};

use crate::cli::text::{decimal, time};
use crate::client::request_id_or_new;
use crate::output::Failure;

/// Flags of every document.
#[derive(Debug, Args)]
pub(crate) struct Header {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
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
    /// Judge against master data at least this new (as answered by a change of the catalog).
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "REVISION")]
    catalog_revision: u64,
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
    #[command(flatten)]
    header: Header,
}

impl Header {
    fn post(self, action: Action) -> Result<PostDocumentRequest, Failure> {
        let document = Document {
            request_id: request_id_or_new(self.request_id.as_deref()),
            effective_at: self.effective_at.as_deref().map(time).transpose()?,
            lines: vec![DocumentLine { action: Some(action) }],
            reference: self.reference,
        };
        Ok(PostDocumentRequest {
            warehouse: self.warehouse,
            document: Some(document),
            validate_only: self.dry_run,
            catalog_revision: self.catalog_revision,
        })
    }
}

impl GoodsArgs {
    pub(super) fn receive(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, header } = self;
        header.post(Action::Receive(Receive { sku, location, quantity: decimal(&quantity), unit }))
    }

    pub(super) fn issue(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, header } = self;
        header.post(Action::Issue(Issue { sku, location, quantity: decimal(&quantity), unit }))
    }

    pub(super) fn give_back(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, header } = self;
        header.post(Action::Return(Return { sku, location, quantity: decimal(&quantity), unit }))
    }

    pub(super) fn reserve(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, header } = self;
        header.post(Action::Reserve(Reserve { sku, location, quantity: decimal(&quantity), unit }))
    }
}

impl MoveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, from, to, quantity, unit, header } = self;
        let quantity = decimal(&quantity);
        header.post(Action::Move(Move { sku, from_location: from, to_location: to, quantity, unit }))
    }
}

impl AdjustArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sku, location, quantity, unit, reason, header } = self;
        header.post(Action::Adjust(Adjust { sku, location, delta: decimal(&quantity), unit, reason }))
    }
}

impl ReservationArgs {
    pub(super) fn release(self) -> Result<PostDocumentRequest, Failure> {
        let quantity = self.quantity.as_deref().and_then(decimal);
        self.header.post(Action::Release(Release { reservation_id: self.reservation, quantity }))
    }

    pub(super) fn fulfil(self) -> Result<PostDocumentRequest, Failure> {
        let quantity = self.quantity.as_deref().and_then(decimal);
        self.header.post(Action::Fulfil(Fulfil { reservation_id: self.reservation, quantity }))
    }
}
