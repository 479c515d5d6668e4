use std::fmt;

use proto::events::v1::Moved;
use vocabulary::{Invalid, LotCode, Owner, Sku, StockStatus};

/// Goes between the parts of a key. No code contains it, and it sorts before all that codes do: keys sort by item first.
const BETWEEN: char = '\0';

/// Goods of an item in one warehouse that are alike, wherever in it they are. Those without a lot that are available and our own are
/// plain: they are not kept, but follow from the item's value and what of it is in lots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slice {
    /// The item.
    pub sku: Sku,
    /// Their lot; `None` for goods that are not told apart by lot.
    pub lot: Option<LotCode>,
    /// What state they are in.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
}

impl Slice {
    /// No lot, available, our own.
    pub const fn plain(sku: Sku) -> Self {
        Self { sku, lot: None, status: StockStatus::Available, owner: Owner::Own }
    }

    /// Our own, of a lot ("" is none) and of a status ("" is available): what promises are of.
    ///
    /// # Errors
    /// [`Invalid`] for a code that its type does not allow.
    pub fn own(sku: Sku, lot: &str, status: &str) -> Result<Self, Invalid> {
        Ok(Self { lot: lot_of(lot)?, status: status_of(status)?, ..Self::plain(sku) })
    }

    /// What goods were before a movement, and what they are after it; a side in a virtual place is of no warehouse. Nothing when no
    /// goods but plain ones moved.
    ///
    /// # Errors
    /// [`Invalid`] for a code that its type does not allow.
    pub fn moved(moved: &Moved) -> Result<[Option<Self>; 2], Invalid> {
        let standings = [&moved.from_status, &moved.from_owner, &moved.to_status, &moved.to_owner];
        if moved.lot.is_empty() && standings.into_iter().all(String::is_empty) {
            return Ok([None, None]);
        }
        let (sku, lot) = (Sku::parse(&moved.sku)?, lot_of(&moved.lot)?);
        let slice = |is_virtual: bool, status: &str, owner: &str| {
            let (sku, lot) = (sku.clone(), lot.clone());
            let slice = Self { sku, lot, status: status_of(status)?, owner: Owner::parse(owner)? };
            Ok::<_, Invalid>((!is_virtual).then_some(slice))
        };
        let from = slice(moved.from_virtual, &moved.from_status, &moved.from_owner)?;
        let to = slice(moved.to_virtual, &moved.to_status, &moved.to_owner)?;
        // Goods that stay what they are change no slice.
        if from == to { Ok([None, None]) } else { Ok([from, to]) }
    }

    /// Available and our own.
    pub fn is_available(&self) -> bool {
        self.status.is_available() && self.owner == Owner::Own
    }

    /// See [`Slice::plain`].
    pub fn is_plain(&self) -> bool {
        self.lot.is_none() && self.is_available()
    }

    /// `SKU LOT`, apart by a zero.
    pub fn lot_key(&self) -> String {
        format!("{}{BETWEEN}{}", self.sku, self.lot.as_ref().map_or("", LotCode::as_str))
    }

    /// What the keys of all slices of an item begin with.
    pub fn prefix(sku: &str) -> String {
        format!("{sku}{BETWEEN}")
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let parts: Vec<&str> = text.split(BETWEEN).collect();
        let [sku, lot, status, owner] = parts[..] else {
            return Err(Invalid::new("key of a slice", text, "what this version writes"));
        };
        let (status, owner) = (status_of(status)?, Owner::parse(owner)?);
        Ok(Self { sku: Sku::parse(sku)?, lot: lot_of(lot)?, status, owner })
    }
}

impl fmt::Display for Slice {
    /// `SKU LOT STATUS OWNER`, apart by zeros; what is plain is empty.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lot = self.lot.as_ref().map_or("", LotCode::as_str);
        let status = if self.status.is_available() { "" } else { self.status.as_str() };
        write!(f, "{}{BETWEEN}{lot}{BETWEEN}{status}{BETWEEN}", self.sku)?;
        if self.owner == Owner::Own { Ok(()) } else { write!(f, "{}", self.owner) }
    }
}

fn lot_of(text: &str) -> Result<Option<LotCode>, Invalid> {
    if text.is_empty() { Ok(None) } else { LotCode::parse(text).map(Some) }
}

fn status_of(text: &str) -> Result<StockStatus, Invalid> {
    if text.is_empty() { Ok(StockStatus::Available) } else { StockStatus::parse(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_sort_by_item_with_plain_goods_first() {
        let texts = [
            "a\0\0\0",
            "a\0\0\0consignment:ACME",
            "a\0\0damaged\0",
            "a\0L1\0\0",
            "a\0L1\0quality_hold\0customer:C-1",
            "a b\0\0\0",
        ];
        let slices: Vec<Slice> = texts.iter().map(|text| Slice::parse(text).unwrap()).collect();
        let again: Vec<String> = slices.iter().map(ToString::to_string).collect();
        assert_eq!(again, texts);
        assert!(texts.is_sorted());
        assert_eq!(slices.iter().map(Slice::is_plain).filter(|is| *is).count(), 2);
        assert_eq!(slices.iter().map(Slice::is_available).filter(|is| *is).count(), 3);
        for text in ["", "a\0\0", "a\0\0\0\0", "a\0L 1\0\0", "a\0\0lost\0", "a\0\0\0ACME"] {
            assert!(Slice::parse(text).is_err(), "{text:?}");
        }
    }
}
