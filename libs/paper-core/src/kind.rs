use std::fmt;

use serde::{Deserialize, Serialize};
use vocabulary::Invalid;

use crate::Word;

/// What a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What came of a delivery.
    GoodsReceiptNote,
    /// Where goods that came are to be put.
    PutAwayList,
    /// What is to be taken from where.
    PickList,
    /// What is in a handling unit.
    PackingList,
    /// What goes to a customer.
    DeliveryNote,
    /// The label of a handling unit.
    SsccLabel,
    /// What is to be counted.
    CountSheet,
    /// What is to be made of what.
    ProductionOrder,
    /// What came back from a customer.
    ReturnNote,
    /// Where a lot came from, and where it went.
    TraceCertificate,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::GoodsReceiptNote,
        Self::PutAwayList,
        Self::PickList,
        Self::PackingList,
        Self::DeliveryNote,
        Self::SsccLabel,
        Self::CountSheet,
        Self::ProductionOrder,
        Self::ReturnNote,
        Self::TraceCertificate,
    ];

    /// Its name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GoodsReceiptNote => "goods_receipt_note",
            Self::PutAwayList => "put_away_list",
            Self::PickList => "pick_list",
            Self::PackingList => "packing_list",
            Self::DeliveryNote => "delivery_note",
            Self::SsccLabel => "sscc_label",
            Self::CountSheet => "count_sheet",
            Self::ProductionOrder => "production_order",
            Self::ReturnNote => "return_note",
            Self::TraceCertificate => "trace_certificate",
        }
    }

    /// What its numbers begin with, in every language.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::GoodsReceiptNote => "GRN",
            Self::PutAwayList => "PUT",
            Self::PickList => "PICK",
            Self::PackingList => "PACK",
            Self::DeliveryNote => "DN",
            Self::SsccLabel => "LABEL",
            Self::CountSheet => "COUNT",
            Self::ProductionOrder => "PROD",
            Self::ReturnNote => "RET",
            Self::TraceCertificate => "TRACE",
        }
    }

    /// Its title.
    pub const fn title(self) -> Word {
        match self {
            Self::GoodsReceiptNote => Word::GoodsReceiptNote,
            Self::PutAwayList => Word::PutAwayList,
            Self::PickList => Word::PickList,
            Self::PackingList => Word::PackingList,
            Self::DeliveryNote => Word::DeliveryNote,
            Self::SsccLabel => Word::SsccLabel,
            Self::CountSheet => Word::CountSheet,
            Self::ProductionOrder => Word::ProductionOrder,
            Self::ReturnNote => Word::ReturnNote,
            Self::TraceCertificate => Word::TraceCertificate,
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// [`Invalid`] for any other.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| Invalid::new("kind", name, "the name of a kind, such as goods_receipt_note"))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
