use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use work_core::{HazardClass, StoredAs, Stores, ZoneClass};

use super::tests::{location, quantity, sku};
use crate::Rule;

/// Rules about where goods are put.
pub(super) fn rule() -> impl Strategy<Value = Rule> {
    let class = || option::of(select(ZoneClass::ALL.to_vec()));
    let hazard = option::of(select(HazardClass::ALL.to_vec()));
    let how = (option::of(location()), class(), hazard).prop_map(|(fixed, class, hazard)| StoredAs {
        fixed,
        class,
        hazard,
    });
    let what = (class(), option::of(quantity())).prop_map(|(class, units_max)| Stores { class, units_max });
    prop_oneof![
        (sku(), how).prop_map(|(sku, how)| Rule::StoredAs { sku, how }),
        (location(), what).prop_map(|(location, what)| Rule::Stores { location, what }),
    ]
}
