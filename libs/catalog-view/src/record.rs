use catalog_core::{CatchWeight, Conversion, UnitError, is_virtual_kind, to_base};
use proto::catalog::v1::{
    Item, LifecycleState, Location, LocationKind, NegativeStockPolicy, Recall, RecallState, Tracking,
    Warehouse,
};
use vocabulary::{Gln, Gtin, Invalid, LocationCode, LotCode, Quantity, Sku, UnitCode, WarehouseCode};

/// What rules need of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRecord {
    /// Its key.
    pub sku: Sku,
    /// Its GTINs, of all its units.
    pub packagings: Vec<Packaging>,
    /// The unit that stock is kept in.
    pub base_unit: UnitCode,
    /// Decimals allowed in the base unit, 0 to 9.
    pub decimals: u32,
    /// Its alternative units.
    pub conversions: Vec<Conversion>,
    /// Whether its stock may go below zero, by name.
    pub negative_allowed: bool,
    /// Not retired.
    pub active: bool,
    /// How single units are told apart.
    pub tracking: Tracking,
    /// How it is weighed, if it is of catch weight.
    pub catch_weight: Option<CatchWeight>,
}

/// What an item is packed as, by its GTIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packaging {
    /// The GTIN.
    pub gtin: Gtin,
    /// The unit that one of it is.
    pub unit: UnitCode,
}

impl ItemRecord {
    /// `quantity` in the base unit, exactly. `unit` is the unit it is given in; empty means the base unit.
    ///
    /// # Errors
    /// [`UnitError`]: no such unit, too many decimals, not exact in the base unit, or too large.
    pub fn to_base(&self, quantity: Quantity, unit: &str) -> Result<Quantity, UnitError> {
        if unit.is_empty() || unit == self.base_unit.as_str() {
            return to_base(quantity, self.decimals, None);
        }
        match self.conversions.iter().find(|conversion| conversion.unit().as_str() == unit) {
            Some(conversion) => to_base(quantity, self.decimals, Some(conversion)),
            None => Err(UnitError::UnknownUnit { unit: unit.chars().take(80).collect() }),
        }
    }

    pub(crate) fn parse(item: &Item) -> Result<Self, Invalid> {
        Ok(Self {
            sku: Sku::parse(&item.sku)?,
            packagings: packagings(item)?,
            base_unit: UnitCode::parse(&item.base_unit)?,
            decimals: item.base_unit_decimals,
            conversions: item.unit_conversions.iter().map(Conversion::parse).collect::<Result<_, _>>()?,
            negative_allowed: item.negative_stock_policy() == NegativeStockPolicy::Allow,
            active: item.state() != LifecycleState::Retired,
            tracking: match item.tracking() {
                Tracking::Unspecified | Tracking::None => Tracking::None,
                kept @ (Tracking::Lot | Tracking::Serial) => kept,
            },
            catch_weight: item.catch_weight.as_ref().map(CatchWeight::parse).transpose()?,
        })
    }
}

fn packagings(item: &Item) -> Result<Vec<Packaging>, Invalid> {
    let base = (item.base_unit.as_str(), &item.gtins);
    let others = item.unit_conversions.iter().map(|other| (other.unit.as_str(), &other.gtins));
    let named = std::iter::once(base).chain(others);
    let each = named.flat_map(|(unit, gtins)| gtins.iter().map(move |gtin| (unit, gtin)));
    each.map(|(unit, gtin)| Ok(Packaging { gtin: Gtin::parse(gtin)?, unit: UnitCode::parse(unit)? }))
        .collect()
}

/// What rules need of a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarehouseRecord {
    /// Its key.
    pub code: WarehouseCode,
    /// Name for people.
    pub name: String,
    /// Its global location number, if it has one.
    pub gln: Option<Gln>,
    /// IANA time zone.
    pub time_zone: String,
    /// ISO 4217 currency code.
    pub currency: String,
    /// Not retired.
    pub active: bool,
}

impl WarehouseRecord {
    pub(crate) fn parse(warehouse: &Warehouse) -> Result<Self, Invalid> {
        Ok(Self {
            code: WarehouseCode::parse(&warehouse.code)?,
            name: warehouse.name.clone(),
            gln: Some(&warehouse.gln).filter(|gln| !gln.is_empty()).map(|gln| Gln::parse(gln)).transpose()?,
            time_zone: warehouse.time_zone.clone(),
            currency: warehouse.currency.clone(),
            active: warehouse.state() != LifecycleState::Retired,
        })
    }
}

/// What rules need of a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationRecord {
    /// The warehouse it is in.
    pub warehouse: WarehouseCode,
    /// Its key in the warehouse.
    pub code: LocationCode,
    /// What it is for.
    pub kind: LocationKind,
    /// The location that it is in; `None` at the top.
    pub parent: Option<LocationCode>,
    /// Whether goods there count as outside the warehouse.
    pub is_virtual: bool,
    /// Not retired.
    pub active: bool,
}

impl LocationRecord {
    pub(crate) fn parse(location: &Location) -> Result<Self, Invalid> {
        Ok(Self {
            warehouse: WarehouseCode::parse(&location.warehouse)?,
            code: LocationCode::parse(&location.code)?,
            kind: location.kind(),
            parent: Some(&location.parent)
                .filter(|parent| !parent.is_empty())
                .map(|parent| LocationCode::parse(parent))
                .transpose()?,
            is_virtual: is_virtual_kind(location.kind()),
            active: location.state() != LifecycleState::Retired,
        })
    }
}

/// What rules need of a recall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecallRecord {
    /// The item.
    pub sku: Sku,
    /// The lot.
    pub lot: LotCode,
    /// Why.
    pub reason: String,
    /// The revision of the catalog that made it so: another recall of the same lot has another one.
    pub revision: u64,
    /// Not ended.
    pub active: bool,
}

impl RecallRecord {
    pub(crate) fn parse(revision: u64, recall: &Recall) -> Result<Self, Invalid> {
        Ok(Self {
            sku: Sku::parse(&recall.sku)?,
            lot: LotCode::parse(&recall.lot)?,
            reason: recall.reason.clone(),
            revision,
            active: recall.state() != RecallState::Ended,
        })
    }
}

#[cfg(test)]
mod tests {
    use proto::catalog::v1::UnitConversion;

    use super::*;

    #[test]
    fn quantities_come_in_any_unit_of_the_item() {
        let case =
            UnitConversion { unit: "CASE".into(), numerator: 12, denominator: 1, decimals: 1, gtins: vec![] };
        let message = Item {
            sku: "A-1".into(),
            base_unit: "EA".into(),
            unit_conversions: vec![case],
            ..Item::default()
        };
        let item = ItemRecord::parse(&message).unwrap();
        for (quantity, unit, expected) in [
            ("3", "", Some("3")),
            ("3", "EA", Some("3")),
            ("2", "CASE", Some("24")),
            ("0.5", "CASE", Some("6")),
            ("0.1", "CASE", None),
            ("0.5", "EA", None),
            ("1", "PALLET", None),
        ] {
            let got = item.to_base(Quantity::parse(quantity).unwrap(), unit).ok().map(|q| q.to_string());
            assert_eq!(got.as_deref(), expected, "{quantity} {unit:?}");
        }
        assert_eq!(item.tracking, Tracking::None);
        assert!(item.active && !item.negative_allowed);
    }
}
