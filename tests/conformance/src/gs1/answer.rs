use gs1::{Elements, Error, Rule};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::case::Case;
use crate::verdict::{Failure, Verdict};

/// What the product says of a valid case: every field that the kind knows, null where there is nothing to say.
pub(super) type Fields = Vec<(&'static str, Value)>;

/// Compares an answer: whether it is valid, which rule is broken, and every field that is expected.
pub(super) fn compare(case: &Case, answer: Result<Fields, Error>) -> Result<Verdict, Verdict> {
    compare_refusal(case, answer.map_err(|error| error.rule()))
}

/// The same; of a refusal only the broken rule is known, if it is one.
pub(super) fn compare_refusal(case: &Case, answer: Result<Fields, Option<Rule>>) -> Result<Verdict, Verdict> {
    let valid =
        case.fields.get("valid").ok_or_else(|| Verdict::malformed("it does not say whether it is valid"))?;
    let mut compared = vec![("valid", valid.clone(), Value::Bool(answer.is_ok()))];
    if let Some(error) = case.fields.get("error") {
        let rule = answer.as_ref().err().copied().flatten();
        compared.push(("error", error.clone(), Value::from(rule.map(Rule::name))));
    }
    let judged = Verdict::of_fields(compared);
    if judged != Verdict::Passed {
        return Ok(judged);
    }
    Ok(compare_fields(case, &answer.unwrap_or_default()))
}

fn compare_fields(case: &Case, answer: &Fields) -> Verdict {
    for (field, expected) in case.fields.get("expect").and_then(Value::as_object).into_iter().flatten() {
        let Some((_, got)) = answer.iter().find(|(name, _)| name == field) else {
            return Verdict::unsupported(format!(
                "expectation {field} of {}",
                case.text("kind").unwrap_or_default()
            ));
        };
        if !is_same(field, expected, got) {
            let (expected, got) = (expected.clone(), got.clone());
            return Verdict::Failed(Failure::Different { field: field.clone(), expected, got });
        }
    }
    Verdict::Passed
}

/// Decimals are numbers, however they are written.
fn is_same(field: &str, expected: &Value, got: &Value) -> bool {
    let number = |value: &Value| value.as_str()?.parse::<Decimal>().ok();
    match field {
        "decimal" => number(expected).is_some() && number(expected) == number(got),
        _ => expected == got,
    }
}

/// `[{ai, value}]`.
pub(super) fn list(elements: &Elements<'_>) -> Value {
    let element = |element: &gs1::Element<'_>| json!({"ai": element.ai().as_str(), "value": element.value()});
    elements.iter().map(element).collect()
}
