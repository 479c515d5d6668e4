use super::check_digit;
use crate::case::Case;
use crate::verdict::Verdict;

/// Judges a case by its kind.
pub(crate) fn judge(case: &Case) -> Verdict {
    match case.text("kind") {
        Some("check_digit") => check_digit::judge(case),
        Some(other) => Verdict::unsupported(format!("gs1 {other}")),
        None => Verdict::malformed("it has no kind"),
    }
}
