use gs1::{Checks, Elements, Rules, parse_scan};
use labels::{Drawing, Item, Label, LabelFault, LogisticUnit, Lot, Shape};
use proptest::prelude::*;
use rxing::BarcodeFormat;
use vocabulary::{Gtin, Sku, Sscc};

use crate::image::Image;
use crate::{item, location, lot, pallet, year};

/// The elements that a scanner reads from every bar code, in their order, and from the DataMatrix.
fn read(drawing: &Drawing, image: &Image) -> (String, String) {
    let (mut linear, mut matrix) = (String::new(), String::new());
    for shape in &drawing.shapes {
        match shape {
            Shape::Text { .. } => {}
            Shape::Bars { area, .. } => linear.push_str(&parsed(&image.read(*area, BarcodeFormat::CODE_128))),
            Shape::Matrix { area, .. } => {
                matrix.push_str(&parsed(&image.read(*area, BarcodeFormat::DATA_MATRIX)));
            }
        }
    }
    (linear, matrix)
}

fn parsed(sent: &str) -> String {
    let rules = Rules { checks: Checks::CONTENT, reference_year: year() };
    let scan = parse_scan(sent, &rules).unwrap();
    scan.content.elements().unwrap().to_string()
}

/// The elements of a label as they are read again from its PNG and its SVG; `linear` are those of its bar codes.
fn check(label: &Label, elements: &str, linear: &str) {
    let drawing = label.drawing().unwrap();
    let png = Image::of_png(&drawing.to_png().unwrap());
    let svg = Image::of_svg(&drawing.to_svg(), (drawing.width, drawing.height));
    assert_eq!(label.elements().to_string(), elements);
    for (kind, image) in [("png", png), ("svg", svg)] {
        assert_eq!(read(&drawing, &image), (linear.to_owned(), elements.to_owned()), "{kind} of {elements}");
    }
    let under: String = drawing.shapes.iter().filter_map(in_brackets).collect();
    assert_eq!(under, linear, "what stands under the bar codes is what is in them");
}

fn in_brackets(shape: &Shape) -> Option<&str> {
    if let Shape::Text { text, .. } = shape {
        Some(text.as_str()).filter(|text| text.starts_with('('))
    } else {
        None
    }
}

#[test]
fn items() {
    let gtin = "(01)09520123456788";
    check(&item("A-1", "Oak & <Elm>", Some("9520123456788")), gtin, gtin);
    check(&item("A-1/b_2.%", "Grüße 木", None), "(91)A-1/b_2.%", "(91)A-1/b_2.%");
    check(&item("B(1)", "", None), "(91)B\\(1)", "(91)B\\(1)");
    let long = "X".repeat(64);
    check(&item(&long, "only the DataMatrix has the room", None), &format!("(91){long}"), "");
}

#[test]
fn locations() {
    let with_gln = "(414)6291041500213(254)A-01-02.3";
    check(&location("A-01-02.3", Some("6291041500213")), with_gln, with_gln);
    check(&location("A-01", None), "(92)BER/A-01", "(92)BER/A-01");
    let long = "A-01-02-03-04-05-06-07-08-09";
    check(&location(long, Some("6291041500213")), &format!("(92)BER/{long}"), "");
}

#[test]
fn lots() {
    let dated = "(01)09520123456788(17)270331(10)LOT-7";
    check(&lot("LOT-7", Some("270331")), dated, dated);
    let long = "(01)09520123456788(10)ABCDEFGHIJ-123456789";
    check(&lot("ABCDEFGHIJ-123456789", None), long, long);
}

/// Every character that GS1 allows in a lot, every pair of digits, and what went wrong once.
#[test]
fn lots_of_any_text() {
    let pairs: String = (0..100).map(|number| format!("{number:02}")).collect();
    let pairs = pairs.as_bytes().chunks(20).map(|digits| std::str::from_utf8(digits).unwrap());
    let texts = [
        "!\"%&'()*+,-./:;<=>?_",
        "ABCDEFGHIJKLM0123",
        "NOPQRSTUVWXYZ4567",
        "abcdefghijklm89",
        "nopqrstuvwxyz",
        // An encoder did not end the DataMatrix's EDIFACT encodation: characters were read that nobody had written.
        "0aaA:0%%%!%A0",
        // The check character has the value of FNC1, FNC2, FNC3, shift or a code set.
        "LOT-740",
        "LOT-136",
        "LOT-12",
        "LOT-127",
        "LOT-1",
        "LOT-109",
        "LOT-830",
    ];
    for text in texts.into_iter().chain(pairs) {
        check_lot(text);
    }
}

fn check_lot(text: &str) {
    let written = format!("(01)09520123456788(10){}", text.replace('(', "\\("));
    check(&lot(text, None), &written, &written);
}

#[test]
fn logistic_units() {
    check(&pallet(None), "(00)376104250021234569", "(00)376104250021234569");
    let full = "(02)09520123456788(37)48(10)LOT-7(00)376104250021234569";
    check(&pallet(Some(("09520123456788", 48, "LOT-7"))), full, full);
}

#[test]
fn what_no_label_can_hold_is_refused() {
    let (sku, gtin) = (Sku::parse("white oak").unwrap(), Gtin::parse("09520123456788").unwrap());
    let plain = Item { sku: &sku, name: "", gtin: None };
    let blank = Label::of_item(&plain, year()).unwrap_err();
    assert!(blank.to_string().contains("AI (91)"), "{blank}");
    let dated = Lot { item: plain, lot: "X", expires_on: None };
    assert!(matches!(Label::of_lot(&dated, year()), Err(LabelFault::LotWithoutGtin)));
    let wrong = Lot { item: Item { gtin: Some(&gtin), ..plain }, lot: "X", expires_on: Some("271301") };
    assert!(matches!(Label::of_lot(&wrong, year()), Err(LabelFault::Value(_))));
    let sscc = Sscc::parse("376104250021234569").unwrap();
    let half = LogisticUnit { sscc: &sscc, gtin: Some(&gtin), count: None, lot: None };
    assert!(matches!(Label::of_logistic_unit(&half, year()), Err(LabelFault::ContentIncomplete)));
}

/// Every character that GS1 allows in a lot.
const LOT: &str = r#"[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_lot_is_read_again(text in LOT) {
        check_lot(&text);
    }

    #[test]
    fn every_logistic_unit_is_read_again(count in 1_u64..100_000_000, text in LOT) {
        let lot = text.replace('(', "\\(");
        let written = format!("(02)09520123456788(37){count}(10){lot}(00)376104250021234569");
        check(&pallet(Some(("09520123456788", count, &text))), &written, &written);
    }
}

#[test]
fn equal_elements_give_equal_images() {
    let elements: &Elements<'_> = &lot("LOT-7", None).elements().clone();
    assert_eq!(elements, lot("LOT-7", None).elements());
    let png = |of: &Label| of.drawing().unwrap().to_png().unwrap();
    assert_eq!(png(&lot("LOT-7", None)), png(&lot("LOT-7", None)));
    assert_ne!(png(&lot("LOT-7", None)), png(&lot("LOT-8", None)));
}
