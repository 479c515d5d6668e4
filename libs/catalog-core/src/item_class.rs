use std::collections::BTreeMap;

use proto::catalog::v1::{CodingRule, ItemClass, LifecycleState};
use proto::events::v1::catalog_change;
use vocabulary::{ClassCode, Timestamp};

use crate::refusal::InField;
use crate::{Key, Kind, Record, Refusal, Rule, text};

impl Record for ItemClass {
    const KIND: Kind = Kind::ItemClass;
    const CHANGEABLE: &'static [&'static str] = &["name", "coding_rule"];

    fn parse_key(_scope: &str, code: &str) -> Result<Key, Refusal> {
        let code = ClassCode::parse(code).in_field("code")?;
        Ok(Key { kind: Kind::ItemClass, scope: String::new(), code: code.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::ItemClass, scope: String::new(), code: self.code.clone() }
    }

    fn normalised(self) -> Result<Self, Refusal> {
        ClassCode::parse(&self.code).in_field("code")?;
        text::name("name", &self.name, 200)?;
        if !self.coding_rule.is_empty() {
            ClassCode::parse(&self.coding_rule).in_field("coding_rule")?;
        }
        Ok(self)
    }

    fn into_new(self) -> Self {
        Self { state: LifecycleState::Active.into(), etag: String::new(), ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "name" => self.name.clone_from(&newer.name),
            "coding_rule" => self.coding_rule.clone_from(&newer.coding_rule),
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
        catalog_change::Record::ItemClass(self)
    }
}

/// Judges a new or changed class against the coding rule it names.
///
/// # Errors
/// A refusal when the rule does not exist or is retired.
pub fn admit_item_class(class: &ItemClass, rules: &BTreeMap<String, CodingRule>) -> Result<(), Refusal> {
    let code = &class.coding_rule;
    if code.is_empty() {
        return Ok(());
    }
    match rules.get(code) {
        Some(rule) if rule.is_active() => Ok(()),
        Some(_) => {
            let message = format!("coding rule {code:?} is retired: choose another one");
            Err(Refusal::new(Rule::CodingRuleRetired, "coding_rule", message))
        }
        None => {
            let message = format!("coding rule {code:?} does not exist: create it first");
            Err(Refusal::new(Rule::UnknownCodingRule, "coding_rule", message))
        }
    }
}
