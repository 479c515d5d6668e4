use prost_types::FieldMask;
use proto::catalog::v1::{
    Bom, BomAlternative, BomDepth, BomKind, BomLine, BomOutput, BomOutputKind, CreateBomRequest,
    ExplodeBomRequest, ExplodeBomResponse, GetBomRequest, Item, LifecycleState, ListBomsRequest,
    RetireBomRequest, RetireItemRequest, UpdateBomRequest,
};
use proto::common::v1::Decimal;

use crate::fixtures::{create_item, create_items, id, item};
use crate::test_app::{TestApp, refused};

fn decimal(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.into() })
}

fn line(quantity: &str, sku: &str) -> BomLine {
    BomLine { sku: sku.into(), quantity: decimal(quantity), ..BomLine::default() }
}

fn bom(sku: &str, version: &str, lines: &[(&str, &str)]) -> Bom {
    let lines = lines.iter().map(|(quantity, sku)| line(quantity, sku)).collect();
    Bom { sku: sku.into(), version: version.into(), lines, ..Bom::default() }
}

fn create(bom: Bom) -> CreateBomRequest {
    CreateBomRequest { request_id: id(), bom: Some(bom), validate_only: false }
}

fn retire(sku: &str, version: &str) -> RetireBomRequest {
    RetireBomRequest { request_id: id(), sku: sku.into(), version: version.into(), ..Default::default() }
}

fn update(bom: Bom, paths: &[&str]) -> UpdateBomRequest {
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    UpdateBomRequest {
        request_id: id(),
        bom: Some(bom),
        update_mask: Some(FieldMask { paths }),
        validate_only: false,
    }
}

fn explosion(sku: &str, quantity: &str, day: &str, depth: BomDepth) -> ExplodeBomRequest {
    ExplodeBomRequest { sku: sku.into(), quantity: decimal(quantity), day: day.into(), depth: depth.into() }
}

/// A table of legs, a top and glue; a leg of wood.
async fn things(app: &TestApp) {
    let glue = Item { base_unit_decimals: 3, ..item("GLUE") };
    let items = ["T", "LEG", "TOP", "WOOD", "OLD", "CHIPS"].map(item);
    let items = items.into_iter().chain([glue]).collect();
    app.client().batch_create_items(create_items(items)).await.unwrap();
    let old = RetireItemRequest { request_id: id(), sku: "OLD".into(), ..Default::default() };
    app.client().retire_item(old).await.unwrap();
}

pub(crate) async fn a_bill_has_versions_and_days(app: &mut TestApp) {
    things(app).await;
    let mut client = app.client();
    let request = create(bom("T", "1", &[("4", "LEG"), ("1", "TOP"), ("0.125", "GLUE")]));
    let first = client.create_bom(request.clone()).await.unwrap().into_inner();
    assert_eq!(client.create_bom(request).await.unwrap().into_inner(), first, "the answer is remembered");
    let get = GetBomRequest { sku: "T".into(), version: "1".into() };
    let got = client.get_bom(get.clone()).await.unwrap().into_inner().bom;
    assert_eq!(got, first.bom);
    let got = got.unwrap();
    assert_eq!(
        (got.kind(), got.yield_percent, got.base_quantity),
        (BomKind::Make, decimal("100"), decimal("1"))
    );

    let second = Bom { valid_from: "2026-07-01".into(), ..bom("T", "2", &[("3", "LEG")]) };
    assert_eq!(refused(client.create_bom(create(second.clone())).await), "BOM_OVERLAP bom.valid_from");
    let ended = Bom { valid_until: "2026-06-30".into(), lines: vec![line("9", "LEG")], ..bom("T", "1", &[]) };
    assert_eq!(
        refused(client.update_bom(update(ended.clone(), &["lines"])).await),
        "BAD_FIELD_MASK update_mask"
    );
    let ended = client.update_bom(update(ended, &["valid_until"])).await.unwrap().into_inner();
    assert_eq!(ended.bom.unwrap().lines, got.lines, "what stands in a version stays");
    client.create_bom(create(second.clone())).await.unwrap();
    assert_eq!(refused(client.create_bom(create(second.clone())).await), "ALREADY_EXISTS bom.version");
    let longer = Bom { valid_until: "2026-07-01".into(), ..bom("T", "1", &[]) };
    assert_eq!(
        refused(client.update_bom(update(longer.clone(), &["valid_until"])).await),
        "BOM_OVERLAP bom.valid_from"
    );

    let listed = async |filter: &str| -> Vec<String> {
        let request = ListBomsRequest { filter: filter.into(), ..Default::default() };
        let page = app.client().list_boms(request).await.unwrap().into_inner();
        page.boms.iter().map(|bom| format!("{} {}", bom.sku, bom.version)).collect()
    };
    let retired = client.retire_bom(retire("T", "2")).await.unwrap().into_inner();
    assert_eq!(retired.bom.clone().unwrap().state(), LifecycleState::Retired);
    let again = client.retire_bom(retire("T", "2")).await.unwrap().into_inner();
    assert_eq!(again.bom, retired.bom, "harmless to repeat");
    assert_eq!(listed("").await, ["T 1", "T 2"]);
    assert_eq!(listed("sku = T AND state = ACTIVE").await, ["T 1"]);
    client.update_bom(update(longer, &["valid_until"])).await.unwrap();
    assert_eq!(refused(client.update_bom(update(second, &["valid_from"])).await), "BAD_FIELD bom.version");
}

pub(crate) async fn bills_that_cannot_be(app: &mut TestApp) {
    things(app).await;
    let mut client = app.client();
    client.create_bom(create(bom("LEG", "1", &[("1", "TOP")]))).await.unwrap();
    client.create_bom(create(bom("TOP", "1", &[("1", "WOOD"), ("0.01", "GLUE")]))).await.unwrap();
    for (bad, expected) in [
        (bom("T", "a", &[("4", "LEG")]), "BAD_CODE bom.version"),
        (bom("T", "1", &[]), "BAD_FIELD bom.lines"),
        (bom("T", "1", &[("4", "T")]), "BOM_CYCLE bom.lines[0].sku"),
        (bom("T", "1", &[("0", "LEG")]), "BAD_FIELD bom.lines[0].quantity"),
        (bom("T", "1", &[("0.5", "LEG")]), "TOO_MANY_DECIMALS bom.lines[0].quantity"),
        (bom("T", "1", &[("1", "LEG"), ("1", "NONE")]), "UNKNOWN_ITEM bom.lines[1].sku"),
        (bom("NONE", "1", &[("1", "LEG")]), "UNKNOWN_ITEM bom.sku"),
        (bom("T", "1", &[("1", "OLD")]), "ITEM_RETIRED bom.lines[0].sku"),
        (bom("WOOD", "1", &[("1", "GLUE"), ("1", "LEG")]), "BOM_CYCLE bom.lines"),
    ] {
        assert_eq!(refused(client.create_bom(create(bad)).await), expected);
    }
    let nothing = CreateBomRequest { request_id: id(), ..Default::default() };
    assert_eq!(refused(client.create_bom(nothing).await), "BAD_FIELD bom");
    let get = GetBomRequest { sku: "T".into(), version: "1".into() };
    assert_eq!(refused(client.get_bom(get).await), "UNKNOWN_BOM version");
    assert_eq!(refused(client.retire_bom(retire("T", "1")).await), "UNKNOWN_BOM version");
    // Without the version that closed the circle there is none.
    client.retire_bom(retire("LEG", "1")).await.unwrap();
    client.create_bom(create(bom("WOOD", "1", &[("1", "GLUE"), ("1", "LEG")]))).await.unwrap();
}

fn told(found: &ExplodeBomResponse) -> Vec<String> {
    let number = |value: &Option<Decimal>| value.clone().unwrap().value;
    let others = |others: &[BomAlternative]| {
        others
            .iter()
            .map(|other| format!(" or {} {}", number(&other.quantity), other.sku))
            .collect::<String>()
    };
    let need = found.requirements.iter().map(|need| {
        format!("{} {} {}{}", need.level, number(&need.quantity), need.sku, others(&need.alternatives))
    });
    need.chain(found.outputs.iter().map(|output| format!("+ {} {}", number(&output.quantity), output.sku)))
        .collect()
}

pub(crate) async fn a_quantity_takes_components(app: &mut TestApp) {
    things(app).await;
    let mut client = app.client();
    let scrapped = BomLine {
        scrap_percent: decimal("20"),
        alternatives: vec![BomAlternative { sku: "WOOD".into(), quantity: decimal("2") }],
        ..line("1", "TOP")
    };
    let chips =
        BomOutput { sku: "CHIPS".into(), quantity: decimal("1"), kind: BomOutputKind::ByProduct.into() };
    let table = Bom {
        yield_percent: decimal("90"),
        lines: vec![line("4", "LEG"), scrapped, line("0.125", "GLUE")],
        outputs: vec![chips],
        ..bom("T", "1", &[])
    };
    client.create_bom(create(table)).await.unwrap();
    let leg = Bom { base_quantity: decimal("8"), ..bom("LEG", "1", &[("1", "WOOD")]) };
    client.create_bom(create(leg)).await.unwrap();
    let day = "2026-12-01";
    let one = client.explode_bom(explosion("T", "10", day, BomDepth::One)).await.unwrap().into_inner();
    assert_eq!((one.version.as_str(), &one.begun), ("1", &decimal("12")));
    assert_eq!(told(&one), ["1 1.5 GLUE", "1 48 LEG", "1 15 TOP or 30 WOOD", "+ 12 CHIPS"]);
    let all = client.explode_bom(explosion("T", "10", day, BomDepth::All)).await.unwrap().into_inner();
    assert_eq!(told(&all), ["1 1.5 GLUE", "1 48 LEG", "1 15 TOP or 30 WOOD", "2 6 WOOD", "+ 12 CHIPS"]);
    for (request, expected) in [
        (explosion("T", "10", "today", BomDepth::All), "BAD_FIELD day"),
        (explosion("T", "ten", day, BomDepth::All), "BAD_QUANTITY quantity"),
        (explosion("T", "0", day, BomDepth::All), "QUANTITY_NOT_POSITIVE quantity"),
        (explosion("T", "0.5", day, BomDepth::All), "TOO_MANY_DECIMALS quantity"),
        (explosion("T", "1000000000000000000", day, BomDepth::All), "QUANTITY_OVERFLOW quantity"),
        (explosion("TOP", "1", day, BomDepth::All), "NO_BOM day"),
        (explosion("NONE", "1", day, BomDepth::All), "UNKNOWN_ITEM sku"),
        (ExplodeBomRequest { depth: 9, ..explosion("T", "1", day, BomDepth::All) }, "BAD_FIELD depth"),
    ] {
        assert_eq!(refused(client.explode_bom(request).await), expected);
    }
    // More levels than are followed.
    let items = (0..=21).map(|level| item(&format!("I{level}"))).collect();
    client.batch_create_items(create_items(items)).await.unwrap();
    for level in 0..=20 {
        let below = format!("I{}", level + 1);
        client.create_bom(create(bom(&format!("I{level}"), "1", &[("1", &below)]))).await.unwrap();
    }
    let deep = client.explode_bom(explosion("I1", "1", day, BomDepth::All)).await.unwrap().into_inner();
    assert_eq!(deep.requirements.len(), 20);
    assert_eq!(
        refused(client.explode_bom(explosion("I0", "1", day, BomDepth::All)).await),
        "BOM_TOO_LARGE sku"
    );
}

/// Two who close a circle at the same time: one of them is refused.
pub(crate) async fn one_of_many_closes_no_circle(app: &mut TestApp) {
    let mut client = app.client();
    for sku in ["A", "B"] {
        client.create_item(create_item(item(sku))).await.unwrap();
    }
    let (mut one, mut other) = (app.client(), app.client());
    let (one, other) = tokio::join!(
        one.create_bom(create(bom("A", "1", &[("1", "B")]))),
        other.create_bom(create(bom("B", "1", &[("1", "A")]))),
    );
    assert_ne!(one.is_ok(), other.is_ok());
    let lost = if one.is_ok() { other } else { one };
    assert_eq!(refused(lost), "BOM_CYCLE bom.lines");
}
