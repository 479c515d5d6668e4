use gs1::{Elements, parse_bracketed, parse_element_string};

use super::answer::{Fields, compare, list};
use super::question::{input, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// An element string, FNC1 first.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    compare(case, parse_element_string(input(case)?, &rules(case)?).map(|elements| fields(&elements)))
}

/// The bracketed form.
pub(super) fn judge_bracketed(case: &Case) -> Result<Verdict, Verdict> {
    compare(case, parse_bracketed(input(case)?, &rules(case)?).map(|elements| fields(&elements)))
}

fn fields(elements: &Elements<'_>) -> Fields {
    vec![("elements", list(elements)), ("element_string", elements.to_element_string().into())]
}
