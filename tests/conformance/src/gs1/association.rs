use gs1::{Association, Checks, Rules, parse_bracketed};
use serde_json::Value;

use super::question::{input, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// Elements in brackets and one rule. Compared: the verdict of that rule alone, and the verdict of all that is to be checked.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    let (input, rules) = (input(case)?, rules(case)?);
    let rule = rule(case)?;
    let syntax = Rules { checks: Checks::SYNTAX, ..rules };
    let alone = parse_bracketed(input, &syntax).and_then(|elements| rule.check(&elements));
    let overall = parse_bracketed(input, &rules);
    let verdicts = [("valid", alone.is_ok()), ("overall_valid", overall.is_ok())];
    let mut fields = Vec::new();
    for (field, got) in verdicts {
        let expected = case.fields.get(field);
        let expected = expected.ok_or_else(|| Verdict::malformed(format!("it has no {field}")))?;
        fields.push((field, expected.clone(), Value::Bool(got)));
    }
    Ok(Verdict::of_fields(fields))
}

fn rule(case: &Case) -> Result<Association, Verdict> {
    match case.text("rule") {
        Some("required_association") => Ok(Association::Required),
        Some("mutually_exclusive") => Ok(Association::Exclusive),
        Some("repeated_ai_must_match") => Ok(Association::Repeats),
        Some(other) => Err(Verdict::unsupported(format!("rule {other}"))),
        None => Err(Verdict::malformed("it has no rule")),
    }
}
