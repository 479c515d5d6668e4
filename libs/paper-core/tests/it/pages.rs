//! Papers of any content can be shown.

use paper_core::templates::{PackedGoods, PackingList};
use paper_core::{Kind, Language, Number, PaperFault, TEMPLATE};
use proptest::prelude::*;
use vocabulary::Sscc;

use crate::fixtures::{SSCC, amount, goods, head, paper};
use crate::seen::texts;

#[test]
fn a_row_that_fits_on_no_page_goes_on_overleaf() {
    let serials: Vec<String> = (1..=2000).map(|n| format!("SERIAL-{n:06}")).collect();
    let packed = PackedGoods {
        unit: SSCC.into(),
        goods: goods("LAMP-7", "Lampe", ""),
        serials: serials.clone(),
        amount: amount("2000"),
    };
    let list = PackingList {
        sscc: Sscc::parse(SSCC).unwrap(),
        kind: "PALLET".into(),
        location: "DOCK".into(),
        parent: String::new(),
        goods: vec![packed],
    };
    let pages = texts(&list.compose(head(Kind::PackingList, Language::En)).to_pdf(None).unwrap());
    assert!(pages.len() > 2);
    let all = pages.concat().join(" ");
    for serial in serials {
        assert!(all.contains(&serial), "{serial}");
    }
}

#[test]
fn what_took_its_place_stands_on_a_paper_that_was_corrected() {
    let by = Number::try_new(Kind::GoodsReceiptNote, 2026, 18).unwrap();
    let paper = paper(Kind::GoodsReceiptNote, Language::De);
    let said = "Nicht mehr gültig: berichtigt durch GRN-2026-000018";
    assert!(texts(&paper.to_pdf(Some(by)).unwrap())[0].iter().any(|text| text == said));
    assert!(paper.to_html(Some(by)).unwrap().contains(said));
}

#[test]
fn nothing_that_is_written_on_a_paper_is_markup() {
    let mut paper = paper(Kind::GoodsReceiptNote, Language::En);
    paper.head.issuer.name = "<script>alert('&')</script>".into();
    let html = paper.to_html(None).unwrap();
    assert!(
        html.contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;") && !html.contains("<script>")
    );
}

#[test]
fn a_form_of_a_newer_version_is_refused() {
    let mut paper = paper(Kind::PickList, Language::En);
    paper.template = TEMPLATE + 1;
    assert!(matches!(paper.to_pdf(None), Err(PaperFault::Template(_))));
    assert!(paper_core::Paper::from_json(&paper.to_json().unwrap()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_can_stand_on_a_paper(name in ".{0,300}", kind in prop::sample::select(&Kind::ALL), at in 0_usize..4) {
        let mut paper = paper(kind, Language::ALL[at]);
        paper.head.issuer.name.clone_from(&name);
        for table in &mut paper.tables {
            for row in &mut table.rows {
                row[0] = paper_core::Cell::Text(name.clone());
            }
        }
        prop_assert!(paper.to_pdf(None).unwrap().starts_with(b"%PDF-"));
        prop_assert!(paper.to_html(None).unwrap().ends_with("</html>\n"));
    }
}
