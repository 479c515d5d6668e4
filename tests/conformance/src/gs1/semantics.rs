use gs1::{Element, Meaning};
use serde_json::Value;

use super::answer::{Fields, compare};
use super::question::rules;
use crate::case::Case;
use crate::verdict::Verdict;

/// An AI with its value, and what it means.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    let rules = rules(case)?;
    let part = |name: &str| case.fields.get("input")?.get(name)?.as_str();
    let (Some(ai), Some(value)) = (part("ai"), part("value")) else {
        return Err(Verdict::malformed("its input is not an AI with its value"));
    };
    let element = Element::parse(ai, value, &rules);
    compare(case, element.map(|element| fields(&Meaning::of(&element, rules.reference_year))))
}

fn fields(meaning: &Meaning) -> Fields {
    let mut fields = vec![
        ("date", Value::Null),
        ("decimal", Value::Null),
        ("unit", Value::Null),
        ("quantity", Value::Null),
        ("currency_numeric", Value::Null),
        ("integer", Value::Null),
    ];
    let mut set = |name: &str, value: Value| {
        fields.iter_mut().filter(|(field, _)| *field == name).for_each(|(_, field)| *field = value.clone());
    };
    match meaning {
        Meaning::Date { date, .. } | Meaning::Period { first: date, .. } => {
            set("date", date.to_string().into())
        }
        Meaning::Measure { amount, measure } => {
            set("decimal", amount.to_string().into());
            set("unit", measure.unit.into());
            set("quantity", measure.measurand.as_str().into());
        }
        Meaning::Money { amount, currency } => {
            set("decimal", amount.to_string().into());
            set("currency_numeric", currency.map(|currency| format!("{:03}", currency.numeric())).into());
        }
        Meaning::Percentage(amount) => set("decimal", amount.to_string().into()),
        Meaning::Count(count) => set("integer", (*count).into()),
        Meaning::Text => {}
    }
    fields
}
