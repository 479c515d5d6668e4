use gs1::{Epc, Stem};
use serde_json::Value;

use super::answer::{Fields, compare_refusal};
use super::question::{input, option, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// An EPC URN. One whose company prefix is not as long as the case says is not the one that is meant.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    let epc = Epc::parse(input(case)?, &rules(case)?).map_err(|error| error.rule());
    let meant = |epc: &Epc<'_>| {
        let length = Value::from(epc.company_prefix().as_str().len());
        option(case, "gcp_length").is_none_or(|expected| *expected == length)
    };
    compare_refusal(case, epc.and_then(|epc| if meant(&epc) { Ok(fields(&epc)) } else { Err(None) }))
}

fn fields(epc: &Epc<'_>) -> Fields {
    vec![("digital_link", epc.to_digital_link(Stem::CANONICAL).into())]
}
