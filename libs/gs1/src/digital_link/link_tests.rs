use super::{DigitalLink, Stem, build_digital_link};
use crate::testing::{all, content, shown_error};
use crate::{Error, parse_bracketed};

/// `uri | elements, or reason, AI and byte`
fn check(row: &str) {
    compare(row, |uri| DigitalLink::parse(uri, &content()));
}

/// The same, where GTINs may lack their zeros.
fn check_zero_suppressed(row: &str) {
    compare(row, |uri| DigitalLink::parse_zero_suppressed(uri, &content()));
}

fn compare<'a>(row: &'a str, parse: impl Fn(&'a str) -> Result<DigitalLink<'a>, Error>) {
    let (uri, expected) = row.split_once(" | ").unwrap();
    let got = match parse(uri) {
        Ok(link) => link.elements().to_string(),
        Err(error) => shown_error(&error),
    };
    assert_eq!(got, expected, "{row}");
}

#[test]
fn a_uri_has_scheme_host_and_path() {
    check("https://id.gs1.org/01/09520123456788 | (01)09520123456788");
    check("HTTP://A.EXAMPLE:8080/01/09520123456788 | (01)09520123456788");
    check("https://[2001:db8::1]/01/09520123456788 | (01)09520123456788");
    check("https://a-b.example/01/09520123456788 | (01)09520123456788");
    check("http:// | malformed at 7");
    check("http:/// | malformed at 7");
    check("http://a | malformed at 8");
    check("HtTp://a/01/09520123456788 | not_a_digital_link at 0");
    check("ftp://a/01/09520123456788 | not_a_digital_link at 0");
    check("/01/09520123456788 | not_a_digital_link at 0");
    check("https://a_b/01/09520123456788 | malformed at 9");
    check("https://a?01=09520123456788 | malformed at 9");
    check("https://a/01/09520123456788>b | malformed at 27");
    check("https://a/01/09520123456788 | (01)09520123456788");
    check("https://é/01/09520123456788 | malformed at 8");
    check("https://a/01/0952012345678 8 | malformed at 26");
}

#[test]
fn the_last_key_of_the_path_counts() {
    check("https://a/b/c/00/006141411234567890 | (00)006141411234567890");
    check("https://a/01/x/8004/9520614141234567 | (8004)9520614141234567");
    check("https://a/8018/x/01/09520123456788/10/A | (01)09520123456788(10)A");
    check("https://a/b | no_key_in_path at 9");
    check("https://a/ | no_key_in_path at 9");
    check("https://a/01 | no_key_in_path at 9");
    check("https://a/gtin/09520123456788 | no_key_in_path at 9");
    check("https://a/01/09520123456788/ | no_key_in_path at 9");
    check("https://a/10/A | no_key_in_path at 9");
    check("https://a/01/09520123456788/89/A | no_key_in_path at 9");
    check("https://a/01/09520123456788/10 | no_key_in_path at 9");
    check("https://a/01/ | empty_value (01) at 13");
    check("https://a/01//10/A | empty_value (01) at 13");
    check("https://a/01/09520123456788/10/ | empty_value (10) at 31");
}

#[test]
fn qualifiers_follow_their_key_in_order() {
    check("https://a/01/09520123456788/22/A/10/B/21/C | (01)09520123456788(22)A(10)B(21)C");
    check("https://a/01/09520123456788/22/A/21/C | (01)09520123456788(22)A(21)C");
    check("https://a/01/09520123456788/235/A | (01)09520123456788(235)A");
    check("https://a/01/09520123456788/10/A/22/B | bad_qualifier_order (22) at 36");
    check("https://a/01/09520123456788/22/A/235/B | bad_qualifier_order (235) at 37");
    check("https://a/01/09520123456788/99/A | bad_qualifier_order (99) at 31");
    check("https://a/01/09520123456788/10/A/10/A | bad_qualifier_order (10) at 36");
    check("https://a/415/9521141111116/8020/A | (415)9521141111116(8020)A");
    check("https://a/414/9520123456788/254/32a%2Fb | (414)9520123456788(254)32a/b");
    check("https://a/8006/123456789012310510/10/A | (8006)123456789012310510(10)A");
}

#[test]
fn the_query_holds_attributes() {
    check("https://a/01/09520123456788?99=A&98=B | (01)09520123456788(99)A(98)B");
    check("https://a/01/09520123456788?x=1&99=A&y&=&98=B | unknown_ai at 39");
    check("https://a/01/09520123456788?x=1&99=A&y&z=&98=B | (01)09520123456788(99)A(98)B");
    check("https://a/01/09520123456788?&&99=A& | (01)09520123456788(99)A");
    check("https://a/01/09520123456788?99=A#99=B?98=C | (01)09520123456788(99)A");
    check("https://a/01/09520123456788#?99=A | (01)09520123456788");
    check("https://a/01/09520123456788? | (01)09520123456788");
    check("https://a/01/09520123456788?99 | (01)09520123456788");
    check("https://a/01/09520123456788?99=A=B | (01)09520123456788(99)A=B");
    check("https://a/01/09520123456788?99= | empty_value (99) at 31");
    check("https://a/01/09520123456788?1234=A | unknown_ai at 28");
    check("https://a/01/09520123456788?9=A | unknown_ai at 28");
    check("https://a/01/09520123456788?10=A | qualifier_in_query (10) at 31");
    check("https://a/01/09520123456788/21/B?10=A | qualifier_in_query (10) at 36");
    check("https://a/01/09520123456788/235/B?10=A | (01)09520123456788(235)B(10)A");
    check("https://a/01/09520123456788?21=A | qualifier_in_query (21) at 31");
    check("https://a/01/09520123456788?8200=A | not_an_attribute (8200) at 33");
    check("https://a/8004/1234?21=A | not_an_attribute (21) at 23");
    check("https://a/01/09520123456788?99=A&99=A | duplicate_ai (99) at 36");
    check("https://a/01/09520123456788?01=09520123456788 | duplicate_ai (01) at 31");
    check("https://a/8004/1234?01=09520123456788 | (8004)1234(01)09520123456788");
}

#[test]
fn escapes_are_undone_before_values_are_checked() {
    check("https://a/01/09520123456788/10/A%2FB+C | (01)09520123456788(10)A/B+C");
    check("https://a/01/09520123456788?99=A%2BB | (01)09520123456788(99)A+B");
    check("https://a/01/09520123456788?99=A+B | bad_character (99) at 32");
    check("https://a/01/09520123456788/10/A%20B | bad_character (10) at 32");
    check("https://a/01/09520123456788/10/%41%00 | bad_character (10) at 34");
    check("https://a/01/09520123456788/10/A%C3%A9 | bad_character (10) at 32");
    check("https://a/01/09520123456788/10/A%FF | bad_character (10) at 32");
    check("https://a/01/09520123456788/10/A%GGB% | (01)09520123456788(10)A%GGB%");
    check("https://a/01/0952012345678%38 | (01)09520123456788");
    check("https://a/%30%31/09520123456788 | no_key_in_path at 9");
}

#[test]
fn values_are_checked() {
    check("https://a/01/09520123456789 | bad_check_digit (01) at 26");
    check("https://a/01/9520123456788 | bad_length (01) at 13");
    check("https://a/01/09520123456788?17=261301 | bad_date (17) at 33");
    assert!(DigitalLink::parse("https://a/01/09520123456788?37=1", &content()).is_ok());
    assert!(DigitalLink::parse("https://a/01/09520123456788?37=1", &all()).is_err());
}

#[test]
fn gtins_may_lack_their_zeros_where_that_is_said() {
    let check = check_zero_suppressed;
    check("https://a/01/9520123456788 | (01)09520123456788");
    check("https://a/01/416000336108 | (01)00416000336108");
    check("https://a/01/02345673 | (01)00000002345673");
    check("https://a/01/09520123456788 | (01)09520123456788");
    check("https://a/8004/1234?01=02345673 | (8004)1234(01)00000002345673");
    check("https://a/01/20123456788 | bad_length (01) at 13");
    check("https://a/01/9520123456789 | bad_check_digit (01) at 25");
    check("https://a/00/9520123456788?02=9520123456788 | bad_length (00) at 13");
}

#[test]
fn a_link_has_parts() {
    let uri = "https://a/b/01/09520123456788/10/A?17=261231&x=1#c";
    let link = DigitalLink::parse(uri, &content()).unwrap();
    assert_eq!((link.uri(), link.stem()), (uri, "https://a/b"));
    assert_eq!(link.path().map(ToString::to_string).collect::<String>(), "(01)09520123456788(10)A");
    assert_eq!(link.attributes().map(ToString::to_string).collect::<String>(), "(17)261231");
    assert_eq!(link.to_canonical(), "https://id.gs1.org/01/09520123456788/10/A?17=261231");
}

/// `elements | uri after the stem, or reason, AI and byte`
fn check_build(row: &str) {
    let (text, expected) = row.split_once(" | ").unwrap();
    let elements = parse_bracketed(text, &content()).unwrap();
    let got = match build_digital_link(Stem::parse("https://a/").unwrap(), &elements) {
        Ok(uri) => uri.replacen("https://a", "", 1),
        Err(error) => shown_error(&error),
    };
    assert_eq!(got, expected, "{row}");
}

#[test]
fn elements_are_written_as_links() {
    check_build("(01)12312312312333 | /01/12312312312333");
    check_build("(21)C(01)12312312312333(10)B(99)D(22)A | /01/12312312312333/22/A/10/B/21/C?99=D");
    check_build(
        "(01)12312312312333(99)D(17)261231(37)5(11)260101 | /01/12312312312333?17=261231&11=260101&99=D&37=5",
    );
    check_build("(253)9526064000028(01)12312312312326(10)D | /253/9526064000028?01=12312312312326&10=D");
    check_build("(01)12312312312326(253)9526064000028(10)D | /01/12312312312326/10/D?253=9526064000028");
    check_build("(414)9521141111116(254)B/1 | /414/9521141111116/254/B%2F1");
    check_build("(414)9521141111116(7040)1ABC | /414/9521141111116/7040/1ABC");
    check_build("(8010)1234#(8011)5 | /8010/1234%23/8011/5");
}

#[test]
fn what_has_no_link_is_refused() {
    check_build("(99)A | no_digital_link_form at 0");
    check_build("(01)12312312312326(8200)a | no_digital_link_form (8200) at 24");
    check_build("(01)12312312312326(235)A(22)B | no_digital_link_form (235) at 23");
    check_build("(414)9521141111116(254)A(7040)1ABC | no_digital_link_form (7040) at 30");
    check_build("(01)12312312312326(10)A(10)B | conflicting_repeat (10) at 22");
}

#[test]
fn what_stands_twice_is_written_once() {
    check_build("(01)12312312312326(10)A(01)12312312312326(99)B(10)A(99)B | /01/12312312312326/10/A?99=B");
}

#[test]
fn values_are_escaped() {
    check_build(
        r#"(01)12312312312326(10)A/\(B)%&?=+"(99);: | /01/12312312312326/10/A%2F%28B%29%25%26%3F%3D%2B%22?99=%3B%3A"#,
    );
    check_build("(01)12312312312326(10)A-B._1 | /01/12312312312326/10/A-B._1");
}
