use proto::catalog::v1::{CheckDigitScheme, CodingRule, LifecycleState};
use proto::events::v1::catalog_change;
use vocabulary::{ClassCode, Timestamp};

use crate::refusal::InField;
use crate::{Key, Kind, Pattern, Record, Refusal, Rule, text};

impl Record for CodingRule {
    const KIND: Kind = Kind::CodingRule;
    const CHANGEABLE: &'static [&'static str] = &["pattern", "check_digit_scheme", "description"];

    fn parse_key(_scope: &str, code: &str) -> Result<Key, Refusal> {
        let code = ClassCode::parse(code).in_field("code")?;
        Ok(Key { kind: Kind::CodingRule, scope: String::new(), code: code.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::CodingRule, scope: String::new(), code: self.code.clone() }
    }

    fn normalised(self) -> Result<Self, Refusal> {
        ClassCode::parse(&self.code).in_field("code")?;
        text::name("description", &self.description, 300)?;
        let scheme = CheckDigitScheme::try_from(self.check_digit_scheme).map_err(|_| {
            let message = format!(
                "check_digit_scheme {} is not valid: use one of the named values",
                self.check_digit_scheme
            );
            Refusal::new(Rule::BadField, "check_digit_scheme", message)
        })?;
        Pattern::parse(&self.pattern, scheme).map_err(|words| {
            Refusal::new(Rule::BadPattern, "pattern", format!("the pattern is not valid: {words}"))
        })?;
        Ok(self)
    }

    fn into_new(self) -> Self {
        Self { state: LifecycleState::Active.into(), etag: String::new(), ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "pattern" => self.pattern.clone_from(&newer.pattern),
            "check_digit_scheme" => self.check_digit_scheme = newer.check_digit_scheme,
            "description" => self.description.clone_from(&newer.description),
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
        catalog_change::Record::CodingRule(self)
    }
}

/// Checks a new SKU against a coding rule. A retired rule asks nothing.
///
/// # Errors
/// A refusal with the rule in words and what is wrong.
pub fn check_sku(rule: &CodingRule, sku: &str) -> Result<(), Refusal> {
    if !rule.is_active() {
        return Ok(());
    }
    let broken = |words: &str| {
        let message = format!("sku {sku:?} breaks coding rule {} ({}): {words}", rule.code, rule.description);
        Refusal::new(Rule::CodingRuleBroken, "sku", message)
    };
    let pattern = Pattern::parse(&rule.pattern, rule.check_digit_scheme()).map_err(broken)?;
    pattern.check(sku).map_err(|wrong| broken(&wrong.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(pattern: &str) -> CodingRule {
        CodingRule {
            code: "TOYS".into(),
            pattern: pattern.into(),
            description: "two letters, a dash, four digits".into(),
            ..Default::default()
        }
    }

    #[test]
    fn a_broken_rule_is_told_in_words() {
        let refusal = check_sku(&rule("AA-9999"), "TY-08").unwrap_err();
        assert_eq!((refusal.rule, refusal.field.as_str()), (Rule::CodingRuleBroken, "sku"));
        assert_eq!(
            refusal.message,
            "sku \"TY-08\" breaks coding rule TOYS (two letters, a dash, four digits): it must have 7 characters, not 5"
        );
        assert!(check_sku(&rule("AA-9999"), "TY-0815").is_ok());
        let mut retired = rule("AA-9999");
        retired.retire().unwrap();
        assert!(check_sku(&retired, "anything").is_ok());
    }

    #[test]
    fn rules_are_checked() {
        for (change, field) in [
            (CodingRule { code: "toys".into(), ..rule("A") }, "code"),
            (CodingRule { description: String::new(), ..rule("A") }, "description"),
            (CodingRule { description: "x".repeat(301), ..rule("A") }, "description"),
            (CodingRule { check_digit_scheme: 9, ..rule("A") }, "check_digit_scheme"),
            (rule(""), "pattern"),
            (rule("9C"), "pattern"),
        ] {
            assert_eq!(change.normalised().unwrap_err().field, field);
        }
        assert!(rule("9").normalised().is_ok());
    }
}
