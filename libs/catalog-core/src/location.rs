use proto::catalog::v1::{LifecycleState, Location, LocationKind};
use proto::events::v1::catalog_change;
use vocabulary::{LocationCode, Timestamp, WarehouseCode};

use crate::refusal::InField;
use crate::{Key, Kind, Record, Refusal, Rule, text};

const VIRTUAL: [(&str, LocationKind, &str); 6] = [
    ("SUPPLIER", LocationKind::Supplier, "Suppliers"),
    ("CUSTOMER", LocationKind::Customer, "Customers"),
    ("PRODUCTION", LocationKind::Production, "Production"),
    ("ADJUSTMENT", LocationKind::Adjustment, "Adjustments"),
    ("TRANSIT", LocationKind::Transit, "In transit"),
    ("SCRAP", LocationKind::Scrap, "Scrap"),
];

/// The locations that every warehouse has from the start: its outside world.
pub fn virtual_locations(warehouse: &str) -> Vec<Location> {
    let location = |(code, kind, name): &(&str, LocationKind, &str)| Location {
        warehouse: warehouse.into(),
        code: (*code).into(),
        kind: (*kind).into(),
        name: (*name).into(),
        state: LifecycleState::Active.into(),
        r#virtual: true,
        ..Default::default()
    };
    VIRTUAL.iter().map(location).collect()
}

/// Whether goods at a location of this kind count as outside the warehouse.
pub fn is_virtual_kind(kind: LocationKind) -> bool {
    match kind {
        LocationKind::Unspecified
        | LocationKind::Dock
        | LocationKind::Storage
        | LocationKind::Pick
        | LocationKind::Quality => false,
        LocationKind::Supplier
        | LocationKind::Customer
        | LocationKind::Production
        | LocationKind::Adjustment
        | LocationKind::Transit
        | LocationKind::Scrap => true,
    }
}

impl Record for Location {
    const KIND: Kind = Kind::Location;
    const CHANGEABLE: &'static [&'static str] = &["parent", "kind", "name"];

    fn parse_key(scope: &str, code: &str) -> Result<Key, Refusal> {
        let warehouse = WarehouseCode::parse(scope).in_field("warehouse")?;
        let code = LocationCode::parse(code).in_field("code")?;
        Ok(Key { kind: Kind::Location, scope: warehouse.as_str().into(), code: code.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::Location, scope: self.warehouse.clone(), code: self.code.clone() }
    }

    fn normalised(self) -> Result<Self, Refusal> {
        Self::parse_key(&self.warehouse, &self.code)?;
        if !self.parent.is_empty() {
            LocationCode::parse(&self.parent).in_field("parent")?;
        }
        text::optional("name", &self.name, 200)?;
        match LocationKind::try_from(self.kind) {
            Ok(LocationKind::Unspecified) | Err(_) => {
                let message = format!("kind {} is not valid: use DOCK, STORAGE, PICK or QUALITY", self.kind);
                Err(Refusal::new(Rule::BadField, "kind", message))
            }
            Ok(kind) if is_virtual_kind(kind) || self.r#virtual => Err(system_only("kind")),
            Ok(_) => Ok(self),
        }
    }

    fn into_new(self) -> Self {
        Self { state: LifecycleState::Active.into(), etag: String::new(), r#virtual: false, ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "parent" => self.parent.clone_from(&newer.parent),
            "kind" => self.kind = newer.kind,
            "name" => self.name.clone_from(&newer.name),
            _ => {}
        }
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn stamp(&mut self, etag: String, _at: Timestamp) {
        self.etag = etag;
    }

    fn is_active(&self) -> bool {
        self.state() != LifecycleState::Retired
    }

    fn retire(&mut self) -> Result<(), Refusal> {
        if self.r#virtual {
            return Err(system_only("code"));
        }
        self.set_state(LifecycleState::Retired);
        Ok(())
    }

    fn into_change(self) -> catalog_change::Record {
        catalog_change::Record::Location(self)
    }
}

fn system_only(field: &str) -> Refusal {
    let message =
        "virtual locations are made and kept by the system: use DOCK, STORAGE, PICK or QUALITY for your own";
    Refusal::new(Rule::VirtualLocation, field, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_virtual_kind_has_one_location() {
        let locations = virtual_locations("BER");
        assert_eq!(locations.len(), 6);
        for location in locations {
            assert!(is_virtual_kind(location.kind()) && location.r#virtual, "{}", location.code);
            assert_eq!(location.clone().retire().unwrap_err().rule, Rule::VirtualLocation);
            assert_eq!(location.into_new().normalised().unwrap_err().rule, Rule::VirtualLocation);
        }
    }

    #[test]
    fn locations_are_checked() {
        let dock = Location {
            warehouse: "BER".into(),
            code: "DOCK-1".into(),
            kind: LocationKind::Dock.into(),
            ..Default::default()
        };
        assert!(dock.clone().normalised().is_ok());
        for (change, field) in [
            (Location { warehouse: String::new(), ..dock.clone() }, "warehouse"),
            (Location { code: "dock".into(), ..dock.clone() }, "code"),
            (Location { parent: "a b".into(), ..dock.clone() }, "parent"),
            (Location { name: "x".repeat(201), ..dock.clone() }, "name"),
            (Location { kind: 0, ..dock.clone() }, "kind"),
            (Location { kind: 99, ..dock.clone() }, "kind"),
            (Location { kind: LocationKind::Scrap.into(), ..dock }, "kind"),
        ] {
            assert_eq!(change.normalised().unwrap_err().field, field);
        }
    }
}
