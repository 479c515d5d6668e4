use std::collections::BTreeSet;

use crate::testing::content;
use crate::{Checks, Rule, Rules, parse_bracketed};

/// Elements in brackets, and the rule that they break.
const BROKEN: &[&str] = &[
    "(01)1234567890123A | NON_DIGIT_CHARACTER",
    "(10)A B | INVALID_CSET82_CHARACTER",
    "(8010)1234a | INVALID_CSET39_CHARACTER",
    "(8030)AB+C | INVALID_CSET64_CHARACTER",
    "(8030)ABC= | INVALID_CSET64_PADDING",
    "(8030)ABC=== | INVALID_CSET64_PADDING",
    "(00)123456789012345676 | INCORRECT_CHECK_DIGIT",
    "(402)12345678901234561 | INCORRECT_CHECK_DIGIT",
    "(255)1231231231231 | INCORRECT_CHECK_DIGIT",
    "(8013)1987654Ad4X4bL5ttr2310cXX | INCORRECT_CHECK_PAIR",
    "(8013)1 | TOO_SHORT_FOR_CHECK_PAIR",
    "(401)123 | TOO_SHORT_FOR_GCP",
    "(8013)22 | TOO_SHORT_FOR_GCP",
    "(8004)12A4 | INVALID_GCP_PREFIX",
    "(7040)1AB= | INVALID_IMPORT_IDX_CHARACTER",
    "(8001)00001000010001 | ILLEGAL_ZERO_VALUE",
    "(8003)12112345678900 | NOT_ZERO",
    "(8011)01 | ILLEGAL_ZERO_PREFIX",
    "(4321)2 | NOT_ZERO_OR_ONE",
    "(8001)00010000100121 | INVALID_WINDING_DIRECTION",
    "(422)999 | NOT_ISO3166",
    "(423)276998 | NOT_ISO3166",
    "(7030)998A | NOT_ISO3166_OR_999",
    "(4317)XX | NOT_ISO3166_ALPHA2",
    "(3932)9871 | NOT_ISO4217",
    "(8007)DE8 | IBAN_TOO_SHORT",
    "(8007)DE89370400a | INVALID_IBAN_CHARACTER",
    "(8007)XX89370400440532013000 | ILLEGAL_IBAN_COUNTRY_CODE",
    "(8007)DE88370400440532013000 | INCORRECT_IBAN_CHECKSUM",
    "(7006)261301 | ILLEGAL_MONTH",
    "(7250)20260229 | ILLEGAL_DAY",
    "(7007)261231261200 | ILLEGAL_DAY",
    "(4324)2612312400 | ILLEGAL_HOUR",
    "(7011)2612312360 | ILLEGAL_MINUTE",
    "(8008)261231236000 | ILLEGAL_MINUTE",
    "(8008)261231235960 | ILLEGAL_SECOND",
    "(8006)123456789012310005 | ZERO_PIECE_NUMBER",
    "(8026)123456789012310500 | ZERO_TOTAL_PIECES",
    "(8006)123456789012310605 | PIECE_NUMBER_EXCEEDS_TOTAL",
    "(4300)100% | INVALID_PERCENT_SEQUENCE",
    "(4309)18000000013600000000 | INVALID_LATITUDE",
    "(4309)18000000003600000001 | INVALID_LONGITUDE",
    "(4330)000000+ | NOT_HYPHEN",
    "(7252)3 | INVALID_BIOLOGICAL_SEX_CODE",
    "(7258)123 | POSITION_IN_SEQUENCE_MALFORMED",
    "(7258)2/1 | POSITION_EXCEEDS_END",
    "(7241)11 | INVALID_MEDIA_TYPE",
    "(7041)PXX | INVALID_PACKAGE_TYPE",
    "(8014)123410999923 | REQUIRES_NON_DIGIT_CHARACTER",
    "(8110)1 | COUPON",
    "(8112)2 | COUPON",
];

#[test]
fn every_rule_can_be_broken() {
    let mut broken = BTreeSet::new();
    for row in BROKEN {
        let (text, expected) = row.split_once(" | ").unwrap();
        let rule = parse_bracketed(text, &content()).unwrap_err().rule().map(Rule::name);
        assert_eq!(rule, Some(expected), "{text}");
        broken.insert(expected);
    }
    let unbroken: Vec<_> = Rule::ALL.iter().filter(|rule| !broken.contains(rule.name())).collect();
    assert!(unbroken.is_empty(), "{unbroken:?}");
}

#[test]
fn content_is_checked_only_if_asked_for() {
    let syntax = Rules { checks: Checks::SYNTAX, ..content() };
    for (text, passes) in [
        ("(01)12345678901234", true),
        ("(17)999999", true),
        ("(01)1234567890123A", false),
        ("(8030)ABC=", false),
        ("(10)A B", false),
        ("(01)123", false),
    ] {
        assert_eq!(parse_bracketed(text, &syntax).is_ok(), passes, "{text}");
    }
}
