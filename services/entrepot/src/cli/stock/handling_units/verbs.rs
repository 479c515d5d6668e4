//! Documents of one line about a handling unit, from flags.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CloseUnit, MoveUnit, Nest, OpenUnit, Pack, PostDocumentRequest, SetNumberRange, ShipUnit, Unpack,
};

use crate::cli::stock::verbs::{Header, WhichArgs};
use crate::cli::text::decimal;
use crate::output::Failure;

/// `… unit open`
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// What it is, for example BOX or PALLET.
    #[arg(long, short)]
    kind: String,
    /// Where it stands.
    #[arg(long, short)]
    location: String,
    /// Its SSCC, for example from a supplier's label; the next of the warehouse's range when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    sscc: String,
    #[command(flatten)]
    header: Header,
}

/// `… unit pack`
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// The unit's SSCC.
    sscc: String,
    /// The item.
    #[arg(long, short)]
    sku: String,
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

/// `… unit unpack`
#[derive(Debug, Args)]
pub(crate) struct UnpackArgs {
    /// The unit's SSCC.
    sscc: String,
    /// The item; all that is right in the unit when absent.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    sku: String,
    /// How much, greater than zero.
    #[arg(long, short, allow_hyphen_values = true, requires = "sku")]
    quantity: Option<String>,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    header: Header,
}

/// `… unit nest`
#[derive(Debug, Args)]
pub(crate) struct NestArgs {
    /// The unit's SSCC.
    sscc: String,
    /// SSCC of the unit that it stands in from now on; none when absent.
    #[arg(long, value_name = "SSCC", default_value = "", hide_default_value = true)]
    parent: String,
    #[command(flatten)]
    header: Header,
}

/// `… unit move`
#[derive(Debug, Args)]
pub(crate) struct MoveArgs {
    /// The unit's SSCC.
    sscc: String,
    /// Where it is put.
    #[arg(long, value_name = "LOCATION")]
    to: String,
    #[command(flatten)]
    header: Header,
}

/// `… unit ship`
#[derive(Debug, Args)]
pub(crate) struct ShipArgs {
    /// The unit's SSCC.
    sscc: String,
    /// Through which channel.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    /// Take the safety buffer too.
    #[arg(long)]
    use_buffer: bool,
    /// When they are needed, YYYY-MM-DD; today when absent. The customer's shelf life counts from then.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    needed_on: String,
    /// The customer, if it is known.
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true)]
    partner: String,
    /// A reservation that its goods fulfil; once for each.
    #[arg(long = "reservation", value_name = "ID")]
    reservations: Vec<String>,
    #[command(flatten)]
    header: Header,
}

/// `… unit close`
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    /// The unit's SSCC.
    sscc: String,
    #[command(flatten)]
    header: Header,
}

/// `… unit range`
#[derive(Debug, Args)]
pub(crate) struct RangeArgs {
    /// The GS1 company prefix, 4 to 12 digits.
    #[arg(long, value_name = "DIGITS")]
    company_prefix: Option<String>,
    /// The extension digit, 0 to 9.
    #[arg(long, value_name = "DIGIT", default_value_t = 0, requires = "company_prefix")]
    extension_digit: u32,
    /// The serial reference of the next number.
    #[arg(long, value_name = "N", default_value_t = 0, requires = "company_prefix")]
    next: u64,
    /// The serial reference of the last number; the last that the prefix leaves room for when absent.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        requires = "company_prefix"
    )]
    last: u64,
    #[command(flatten)]
    header: Header,
}

impl OpenArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { kind, location, sscc: handling_unit, header } = self;
        header.post(Action::OpenUnit(OpenUnit { handling_unit, kind, location }))
    }
}

impl PackArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sscc: handling_unit, sku, quantity, unit, which, header } = self;
        let (quantity, goods) = (decimal(&quantity), which.goods());
        header.post(Action::Pack(Pack { handling_unit, sku, quantity, unit, goods }))
    }
}

impl UnpackArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sscc: handling_unit, sku, quantity, unit, which, header } = self;
        let (quantity, goods) = (quantity.as_deref().and_then(decimal), which.goods());
        header.post(Action::Unpack(Unpack { handling_unit, sku, quantity, unit, goods }))
    }
}

impl NestArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sscc: handling_unit, parent, header } = self;
        header.post(Action::Nest(Nest { handling_unit, parent }))
    }
}

impl MoveArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sscc: handling_unit, to: to_location, header } = self;
        header.post(Action::MoveUnit(MoveUnit { handling_unit, to_location }))
    }
}

impl ShipArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sscc: handling_unit, channel, use_buffer, needed_on, partner, .. } = self;
        let reservation_ids = self.reservations;
        let ship = ShipUnit { handling_unit, channel, use_buffer, needed_on, partner, reservation_ids };
        self.header.post(Action::ShipUnit(ship))
    }
}

impl CloseArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        self.header.post(Action::CloseUnit(CloseUnit { handling_unit: self.sscc }))
    }
}

impl RangeArgs {
    /// Whether the range is only asked for.
    pub(super) const fn is_question(&self) -> bool {
        self.company_prefix.is_none()
    }

    pub(super) fn warehouse(self) -> String {
        self.header.warehouse
    }

    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { company_prefix, extension_digit, next, last, header } = self;
        let company_prefix = company_prefix.unwrap_or_default();
        header.post(Action::SetNumberRange(SetNumberRange { company_prefix, extension_digit, next, last }))
    }
}
