use std::path::PathBuf;

use database::DatabaseFault;
use database::claim::ClaimFault;
use edge_core::{Declined, Device};
use rpc::Reason;
use rpc::client::RemoteError;
use thiserror::Error;

/// Why a ledger did not do what it was asked for.
#[derive(Debug, Error)]
pub enum EdgeFault {
    /// A rule of the device: nothing was recorded.
    #[error(transparent)]
    Declined(#[from] Declined),
    /// The warehouse's server cannot be reached or used: what waits goes on waiting.
    #[error("{}: {cause}", what_waits(*waiting))]
    Remote {
        /// What it said.
        cause: Box<RemoteError>,
        /// Operations that wait.
        waiting: u64,
    },
    /// There is no ledger in the file.
    #[error("there is no ledger in {}: make one with `entrepot edge init`", .0.display())]
    NoLedger(PathBuf),
    /// The ledger in the file is of another device, or for another warehouse.
    #[error("the ledger in {} is of {} for {}: use another file", file.display(), device.code, device.warehouse)]
    Foreign {
        /// Which.
        file: PathBuf,
        /// Whose it is.
        device: Device,
    },
    /// The ledger is being synchronised by another process.
    #[error("another process synchronises this ledger: {0}")]
    Busy(String),
    /// The file cannot be read or written.
    #[error(transparent)]
    Database(#[from] DatabaseFault),
    /// What is stored cannot be.
    #[error("the ledger is damaged, {what}: {detail}")]
    Damaged {
        /// Where.
        what: &'static str,
        /// How.
        detail: String,
    },
}

impl EdgeFault {
    /// The reason, as in docs/errors.md; `None` for what the server said, which has its own.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Declined(declined) => Some(reason(declined)),
            Self::Remote { .. } => None,
            Self::NoLedger(_) => Some(Reason::NotFound),
            Self::Foreign { .. } => Some(Reason::AlreadyExists),
            Self::Busy(_) => Some(Reason::DataInUse),
            Self::Database(_) => Some(Reason::DatabaseUnavailable),
            Self::Damaged { .. } => Some(Reason::Internal),
        }
    }

    pub(crate) fn damaged(what: &'static str, detail: impl ToString) -> Self {
        Self::Damaged { what, detail: detail.to_string() }
    }
}

fn reason(declined: &Declined) -> Reason {
    match declined {
        Declined::QuotaExceeded { .. } => Reason::QuotaExceeded,
        Declined::EscrowExpired { .. } => Reason::EscrowExpired,
        Declined::EndsInThePast => Reason::BadTime,
        Declined::Invalid { field: "quantity" | "delta" | "weight", .. } => Reason::BadQuantity,
        Declined::Invalid { .. } => Reason::BadCode,
        Declined::NotPositive { .. } => Reason::QuantityNotPositive,
        Declined::Zero { .. } => Reason::QuantityZero,
        Declined::SerialCount { .. } => Reason::SerialCount,
        Declined::WeightOfSeveral { .. } => Reason::WeightOfSeveral,
        Declined::ReferenceTooLong => Reason::TextTooLong,
        Declined::TooLarge => Reason::MessageTooLarge,
        Declined::Full => Reason::LedgerFull,
        Declined::Unknown { .. } => Reason::NotFound,
        Declined::NotOnTheList { .. } => Reason::NotRefused,
        Declined::Reused => Reason::RequestIdReused,
    }
}

fn what_waits(count: u64) -> String {
    match count {
        1 => "1 operation waits".to_owned(),
        count => format!("{count} operations wait"),
    }
}

impl From<ClaimFault> for EdgeFault {
    fn from(fault: ClaimFault) -> Self {
        match fault {
            ClaimFault::Held { holder, .. } => Self::Busy(holder),
            ClaimFault::Database(fault) => Self::Database(fault),
            ClaimFault::File { .. } => Self::Database(DatabaseFault::unavailable(fault.to_string())),
        }
    }
}
