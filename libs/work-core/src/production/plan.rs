use std::collections::BTreeMap;

use vocabulary::{Date, DocumentCode, LocationCode, Quantity, Sku};

/// The most components an order may have, and the most by-products.
pub const PRODUCTION_LINES_MAX: usize = 500;

/// The most that an order makes, and the most that it takes of a component, in the base unit: proportions of it are exact.
pub const PRODUCTION_QUANTITY_MAX: u32 = 1_000_000_000;

/// What is to be made of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionPlan {
    /// Its own key, for example `WO-7`.
    pub code: DocumentCode,
    /// What is made.
    pub sku: Sku,
    /// How many good ones, in the base unit; positive.
    pub quantity: Quantity,
    /// How much more may be made.
    pub over_max: Quantity,
    /// How much less may be made without anybody saying so.
    pub under_max: Quantity,
    /// The day at the warehouse on which it should be made.
    pub due: Date,
    /// Where it is made: components that are issued to the order lie there.
    pub place: LocationCode,
    /// Whether what is made waits for an inspection.
    pub is_inspected: bool,
    /// The version of the bill that it was planned by; empty for none.
    pub bill: String,
    /// The line of an outbound order that it is made for.
    pub wanted: Option<Wanted>,
    /// What it takes, by number; at most [`PRODUCTION_LINES_MAX`], each of another item.
    pub components: BTreeMap<u32, Component>,
    /// What comes out besides, by number; at most [`PRODUCTION_LINES_MAX`], each of another item, and none of what is made.
    pub by_products: BTreeMap<u32, ByProduct>,
}

/// Who waits for what is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The outbound order.
    pub order: DocumentCode,
    /// Its line.
    pub line: u32,
}

/// What an order takes of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The item.
    pub sku: Sku,
    /// How much for all that is to be made, in the base unit; positive.
    pub quantity: Quantity,
    /// Decimals of the base unit: what a part takes is rounded up to them.
    pub decimals: u32,
    /// Where what is used comes from.
    pub method: ComponentMethod,
}

/// Where what is used of a component comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComponentMethod {
    /// From what was issued to the order, by a pick list or by hand, and lies at its place of work.
    Pick,
    /// From a place where it is stored, when something was made and not before.
    Backflush {
        /// Where.
        from: LocationCode,
    },
}

/// What comes out of an order besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByProduct {
    /// The item.
    pub sku: Sku,
    /// How much with all that is to be made, in the base unit; positive.
    pub quantity: Quantity,
    /// Decimals of the base unit: what comes with a part is rounded down to them.
    pub decimals: u32,
}

impl ProductionPlan {
    /// The most that may be made.
    pub fn most(&self) -> Quantity {
        self.quantity.checked_add(self.over_max).unwrap_or(Quantity::MAX)
    }

    /// The least that is enough.
    pub fn least(&self) -> Quantity {
        self.quantity.checked_sub(self.under_max).unwrap_or_default().max(Quantity::ZERO)
    }

    /// The component that is of an item.
    pub fn component_of(&self, sku: &Sku) -> Option<(u32, &Component)> {
        let mut components = self.components.iter().map(|(number, component)| (*number, component));
        components.find(|(_, component)| component.sku == *sku)
    }

    /// The by-product that is of an item.
    pub fn by_product_of(&self, sku: &Sku) -> Option<(u32, &ByProduct)> {
        let mut by_products = self.by_products.iter().map(|(number, by_product)| (*number, by_product));
        by_products.find(|(_, by_product)| by_product.sku == *sku)
    }

    /// Whether every proportion of it is exact.
    pub(super) fn is_exact(&self) -> bool {
        let most = Quantity::from(PRODUCTION_QUANTITY_MAX);
        let components = self.components.values().map(|component| component.quantity);
        let by_products = self.by_products.values().map(|by_product| by_product.quantity);
        components.chain(by_products).chain([self.most()]).all(|quantity| quantity <= most)
    }
}
