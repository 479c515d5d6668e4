use gs1::{Elements, Stem, Symbology, build_digital_link, parse_bracketed};

use super::answer::{Fields, compare, list};
use super::question::{input, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// A label in brackets, and all the forms that it has.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    compare(case, parse_bracketed(input(case)?, &rules(case)?).map(|elements| fields(&elements)))
}

fn fields(elements: &Elements<'_>) -> Fields {
    let identifier = Symbology::Gs1128.elements_identifier().unwrap_or_default();
    vec![
        ("elements", list(elements)),
        ("element_string", elements.to_element_string().into()),
        ("scan_gs1_128", format!("{identifier}{}", elements.to_message()).into()),
        ("digital_link", build_digital_link(Stem::CANONICAL, elements).ok().into()),
    ]
}
