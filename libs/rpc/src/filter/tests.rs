use proptest::prelude::*;

use super::*;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::text("sku"), FieldSpec::text("state"), FieldSpec::decimal("on_hand")];

fn record(name: &str) -> Value<'static> {
    match name {
        "sku" => Value::Text("A-1 \"red\""),
        "state" => Value::Text("ACTIVE"),
        _ => Value::Decimal(Quantity::parse("2.50").unwrap()),
    }
}

/// Each row: a filter, and `yes`, `no` or a part of the error.
#[test]
fn filters_match_or_say_what_is_wrong() {
    for (filter, expected) in [
        ("", "yes"),
        ("  ", "yes"),
        (r#"sku = "A-1 \"red\"""#, "yes"),
        ("sku = A-1", "no"),
        ("state = ACTIVE AND on_hand > 2", "yes"),
        ("state=ACTIVE AND on_hand>=2.5 AND on_hand<=2.500", "yes"),
        ("on_hand != 2.5", "no"),
        ("on_hand = \"2.5\"", "yes"),
        ("on_hand > -1", "yes"),
        ("sku:\"A-*\"", "yes"),
        ("sku:red", "yes"),
        ("sku:*red", "no"),
        ("state : *IVE", "yes"),
        ("state : *CTIV*", "yes"),
        ("state : *", "yes"),
        ("state != RETIRED", "yes"),
        ("state < B", "yes"),
        ("price > 1", "at character 1: no such field (fields: sku, state, on_hand)"),
        ("sku", "at character 4: expected one of ="),
        ("sku =", "at character 6: expected a value"),
        ("sku = A-1 on_hand > 1", "at character 11: expected AND"),
        ("sku = A-1 AND", "at character 14: expected a field name"),
        ("sku = A-1 OR sku = B", "at character 11: expected AND"),
        ("= 1", "at character 1: expected a field name"),
        ("on_hand : 1", "at character 11: a number is compared with"),
        ("on_hand > many", "at character 11: expected a plain decimal"),
        ("on_hand > 1e3", "at character 11: expected a plain decimal"),
        ("sku = \"A", "at character 7: this quote is never closed"),
        (r#"sku = "\n""#, "at character 7: in quotes, a backslash"),
        ("sku == A", "at character 5: not an operator"),
        ("sku ! A", "at character 5: not an operator"),
        ("ü(", "at character 2: this character must stand in quotes"),
        ("sku:a*b", "at character 5: a * may stand only"),
    ] {
        check(filter, expected);
    }
}

fn check(filter: &str, expected: &str) {
    let got = match Filter::parse(filter, FIELDS) {
        Ok(filter) if filter.matches(record) => "yes".to_owned(),
        Ok(_) => "no".to_owned(),
        Err(error) => error.message,
    };
    let matches = if matches!(expected, "yes" | "no") { got == expected } else { got.contains(expected) };
    assert!(matches, "{filter:?} gave {got:?}, not {expected:?}");
}

#[test]
fn limits_hold() {
    let long = format!("sku = \"{}\"", "x".repeat(LENGTH_MAX));
    assert_eq!(Filter::parse(&long, FIELDS).unwrap_err().reason, crate::Reason::BadFilter);
    let many = ["on_hand > 0"; TERMS_MAX + 1].join(" AND ");
    assert!(Filter::parse(&many, FIELDS).unwrap_err().message.contains("more than 16 comparisons"));
}

#[test]
fn equality_can_be_looked_up() {
    let filter = Filter::parse("on_hand > 0 AND sku = A-1 AND state != X", FIELDS).unwrap();
    assert_eq!(filter.equal_to("sku"), Some("A-1"));
    assert_eq!(filter.equal_to("state"), None);
    assert_eq!(filter.terms().len(), 3);
}

proptest! {
    #[test]
    fn any_text_can_be_quoted(text in ".{0,60}") {
        let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
        let filter = Filter::parse(&format!("sku = \"{quoted}\""), FIELDS).unwrap();
        prop_assert!(filter.matches(|_| Value::Text(&text)));
    }

    #[test]
    fn no_text_panics(text in "[a-z\"\\\\=!<>: ANDü*_.0-9-]{0,60}", any in ".{0,100}") {
        for text in [text, any] {
            if let Err(error) = Filter::parse(&text, FIELDS) {
                prop_assert_eq!(error.reason, crate::Reason::BadFilter);
            }
        }
    }
}
