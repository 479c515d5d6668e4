use proto::catalog::v1::{LifecycleState, Warehouse};
use proto::events::v1::catalog_change;
use vocabulary::{Currency, Gln, Timestamp, WarehouseCode};

use crate::refusal::InField;
use crate::{Key, Kind, Record, Refusal, Rule, text, time_zone};

impl Record for Warehouse {
    const KIND: Kind = Kind::Warehouse;
    const CHANGEABLE: &'static [&'static str] = &["name", "gln", "legal_entity", "time_zone"];

    fn parse_key(_scope: &str, code: &str) -> Result<Key, Refusal> {
        let code = WarehouseCode::parse(code).in_field("code")?;
        Ok(Key { kind: Kind::Warehouse, scope: String::new(), code: code.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::Warehouse, scope: String::new(), code: self.code.clone() }
    }

    fn normalised(self) -> Result<Self, Refusal> {
        WarehouseCode::parse(&self.code).in_field("code")?;
        text::name("name", &self.name, 200)?;
        if !self.gln.is_empty() {
            Gln::parse(&self.gln).in_field("gln")?;
        }
        text::name("legal_entity", &self.legal_entity, 64)?;
        if !time_zone::is_time_zone(&self.time_zone) {
            return Err(refused(
                "time_zone",
                &self.time_zone,
                "an IANA time zone such as Europe/Berlin, or UTC",
            ));
        }
        if Currency::parse(&self.currency).is_err() {
            return Err(refused("currency", &self.currency, "an ISO 4217 code such as EUR"));
        }
        Ok(self)
    }

    fn into_new(self) -> Self {
        Self { state: LifecycleState::Active.into(), etag: String::new(), ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "name" => self.name.clone_from(&newer.name),
            "gln" => self.gln.clone_from(&newer.gln),
            "legal_entity" => self.legal_entity.clone_from(&newer.legal_entity),
            "time_zone" => self.time_zone.clone_from(&newer.time_zone),
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
        self.set_state(LifecycleState::Retired);
        Ok(())
    }

    fn into_change(self) -> catalog_change::Record {
        catalog_change::Record::Warehouse(self)
    }
}

fn refused(field: &'static str, given: &str, allowed: &'static str) -> Refusal {
    Refusal::new(Rule::BadField, field, vocabulary::Invalid::new(field, given, allowed).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warehouses_are_checked() {
        let berlin = Warehouse {
            code: "BER".into(),
            name: "Berlin".into(),
            gln: "6291041500213".into(),
            legal_entity: "ACME-DE".into(),
            time_zone: "Europe/Berlin".into(),
            currency: "EUR".into(),
            ..Default::default()
        };
        assert!(berlin.clone().normalised().is_ok());
        assert!(Warehouse { gln: String::new(), ..berlin.clone() }.normalised().is_ok());
        for (change, field) in [
            (Warehouse { code: "ber".into(), ..berlin.clone() }, "code"),
            (Warehouse { name: " ".into(), ..berlin.clone() }, "name"),
            (Warehouse { gln: "6291041500214".into(), ..berlin.clone() }, "gln"),
            (Warehouse { legal_entity: String::new(), ..berlin.clone() }, "legal_entity"),
            (Warehouse { time_zone: "Berlin".into(), ..berlin.clone() }, "time_zone"),
            (Warehouse { currency: "EURO".into(), ..berlin }, "currency"),
        ] {
            assert_eq!(change.normalised().unwrap_err().field, field);
        }
    }
}
