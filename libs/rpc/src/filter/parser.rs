use vocabulary::Quantity;

use super::lexer::{Placed, Token, Unreadable, tokens};
use super::{FieldKind, FieldSpec, LENGTH_MAX, Operator, TERMS_MAX, Term, Test};
use crate::{ApiError, Reason};

pub(super) fn parse(text: &str, fields: &[FieldSpec]) -> Result<Vec<Term>, ApiError> {
    if text.len() > LENGTH_MAX {
        return Err(refused(format!("the filter is longer than {LENGTH_MAX} bytes: shorten it"), fields));
    }
    let tokens = tokens(text).map_err(|Unreadable { position, problem }| at(position, problem, fields))?;
    let end = text.chars().count().saturating_add(1);
    let mut rest = tokens.as_slice();
    let mut terms = Vec::new();
    while !rest.is_empty() {
        let start = if terms.is_empty() { rest } else { after_and(rest, fields)? };
        let (term, after) = term(start, end, fields)?;
        terms.push(term);
        rest = after;
    }
    if terms.len() > TERMS_MAX {
        return Err(refused(format!("the filter has more than {TERMS_MAX} comparisons: use fewer"), fields));
    }
    Ok(terms)
}

fn after_and<'t>(tokens: &'t [Placed], fields: &[FieldSpec]) -> Result<&'t [Placed], ApiError> {
    match tokens {
        [(_, Token::Word(word)), rest @ ..] if word == "AND" => Ok(rest),
        [(position, _), ..] => Err(at(*position, "expected AND between two comparisons", fields)),
        [] => Ok(tokens),
    }
}

fn term<'t>(
    tokens: &'t [Placed],
    end: usize,
    fields: &[FieldSpec],
) -> Result<(Term, &'t [Placed]), ApiError> {
    let place = |n: usize| tokens.get(n).map_or(end, |(position, _)| *position);
    let [(_, Token::Word(name)), rest @ ..] = tokens else {
        return Err(at(place(0), "expected a field name", fields));
    };
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        return Err(at(place(0), "no such field", fields));
    };
    let [(_, Token::Operator(operator)), rest @ ..] = rest else {
        return Err(at(place(1), "expected one of =, !=, <, <=, >, >=, :", fields));
    };
    let [(_, Token::Word(value) | Token::Quoted(value)), rest @ ..] = rest else {
        return Err(at(place(2), "expected a value", fields));
    };
    let test = test(field.kind, operator, value).map_err(|problem| at(place(2), problem, fields))?;
    Ok((Term { field: field.name, test }, rest))
}

fn test(kind: FieldKind, operator: &str, value: &str) -> Result<Test, &'static str> {
    match (kind, compare(operator)) {
        (FieldKind::Text, Some(operator)) => Ok(Test::Text(operator, value.into())),
        (FieldKind::Text, None) => pattern(value),
        (FieldKind::Decimal, Some(operator)) => {
            let number = Quantity::parse(value).map_err(|_| "expected a plain decimal number")?;
            Ok(Test::Decimal(operator, number))
        }
        (FieldKind::Decimal, None) => Err("a number is compared with =, !=, <, <=, > or >="),
    }
}

fn compare(operator: &str) -> Option<Operator> {
    match operator {
        "=" => Some(Operator::Equal),
        "!=" => Some(Operator::NotEqual),
        "<" => Some(Operator::Less),
        "<=" => Some(Operator::LessOrEqual),
        ">" => Some(Operator::Greater),
        ">=" => Some(Operator::GreaterOrEqual),
        _ => None,
    }
}

/// What `:` asks for.
fn pattern(value: &str) -> Result<Test, &'static str> {
    if value == "*" {
        return Ok(Test::Text(Operator::NotEqual, String::new()));
    }
    let (part, test): (&str, fn(String) -> Test) = match (value.strip_prefix('*'), value.strip_suffix('*')) {
        (None, None) => (value, Test::Contains),
        (None, Some(start)) => (start, Test::StartsWith),
        (Some(end), None) => (end, Test::EndsWith),
        (Some(_), Some(_)) => (value.trim_matches('*'), Test::Contains),
    };
    if part.contains('*') { Err("a * may stand only at the start or the end") } else { Ok(test(part.into())) }
}

fn at(position: usize, problem: &str, fields: &[FieldSpec]) -> ApiError {
    refused(format!("the filter cannot be read at character {position}: {problem}"), fields)
        .with("position", position)
}

fn refused(problem: String, fields: &[FieldSpec]) -> ApiError {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let names = names.join(", ");
    ApiError::invalid(Reason::BadFilter, "filter", format!("{problem} (fields: {names})"))
        .with("fields", names)
}
