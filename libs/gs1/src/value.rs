use crate::charset::Charset;
use crate::error::{Flaw, Reason, Rule};
use crate::table::Part;
use crate::{Ai, Rules};

/// Checks a value against what its AI demands of lengths, characters and content, part by part.
pub(crate) fn check(ai: Ai, value: &str, rules: &Rules) -> Result<(), Flaw> {
    if value.is_empty() {
        return Err(Flaw { reason: Reason::EmptyValue, at: 0 });
    }
    let mut rest = value;
    for part in ai.row().parts {
        let at = value.len().saturating_sub(rest.len());
        if rest.is_empty() && part.is_optional {
            break;
        }
        let (text, after) = split(rest, part, at)?;
        check_part(part, text, rules).map_err(|flaw| Flaw { at: flaw.at.saturating_add(at), ..flaw })?;
        rest = after;
    }
    if rest.is_empty() { Ok(()) } else { Err(Flaw { reason: Reason::BadLength, at: 0 }) }
}

/// The text of a part, and what follows.
fn split<'a>(rest: &'a str, part: &Part, at: usize) -> Result<(&'a str, &'a str), Flaw> {
    if rest.len() < usize::from(part.length_min) {
        return Err(Flaw { reason: Reason::BadLength, at: 0 });
    }
    // In the middle of a character: it is one that no part allows.
    rest.split_at_checked(rest.len().min(usize::from(part.length_max))).ok_or_else(|| {
        let inside = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or_default();
        Flaw { reason: rule_of(part.charset).into(), at: at.saturating_add(inside) }
    })
}

fn check_part(part: &Part, text: &str, rules: &Rules) -> Result<(), Flaw> {
    let unpadded = if part.charset == Charset::Cset64 { without_padding(text)? } else { text };
    if let Some(at) = part.charset.first_other(unpadded) {
        return Err(Flaw { reason: rule_of(part.charset).into(), at });
    }
    if rules.checks.content() {
        for linter in part.linters {
            let checked = linter.check(text, rules.reference_year);
            checked.map_err(|broken| Flaw { reason: broken.rule.into(), at: broken.at })?;
        }
    }
    Ok(())
}

/// In character set 64 one or two `=` may fill up the end, to a length that three divides.
fn without_padding(text: &str) -> Result<&str, Flaw> {
    let unpadded = text.trim_end_matches('=');
    let padding = text.len().saturating_sub(unpadded.len());
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(3)) {
        return Err(Flaw { reason: Rule::BadPadding.into(), at: unpadded.len() });
    }
    Ok(unpadded)
}

const fn rule_of(charset: Charset) -> Rule {
    match charset {
        Charset::Digits => Rule::NonDigit,
        Charset::Cset82 => Rule::NotCset82,
        Charset::Cset39 => Rule::NotCset39,
        Charset::Cset64 => Rule::NotCset64,
    }
}
