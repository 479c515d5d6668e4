use proto::catalog::v1::{Item, Tracking, Warehouse};
use proto::events::v1::CatalogChange;
use proto::events::v1::catalog_change::Record;
use proto::stock::v1::{
    InterpretScanRequest, InterpretScanResponse, ScanAction, ScanContext, ScanInterpretation, ScanNeed,
};
use rpc::client::RemoteError;

use crate::calls::refused;
use crate::fixtures::item;
use crate::test_app::TestApp;

/// Item T by lot with GTIN 09520123456788 and 19520123456785 for a case of 12, weighed item H with GTIN 00036000291452, and a GLN for BER.
fn labelled(app: &TestApp) {
    let mut lots = Item { gtins: vec!["09520123456788".into()], tracking: Tracking::Lot.into(), ..item("T") };
    lots.unit_conversions[0].gtins.push("19520123456785".into());
    let weighed = Item {
        gtins: vec!["00036000291452".into()],
        base_unit: "KG".into(),
        base_unit_decimals: 3,
        ..item("H")
    };
    let berlin = Warehouse { code: "BER".into(), gln: "6291041500213".into(), ..Warehouse::default() };
    let caught = Item { gtins: vec!["90614141000084".into()], ..crate::weights::weighed("W", "kg") };
    let records =
        [Record::Item(lots), Record::Item(weighed), Record::Item(caught), Record::Warehouse(berlin)];
    let changes = (1000..).zip(records);
    let changes: Vec<_> =
        changes.map(|(revision, record)| CatalogChange { revision, record: Some(record) }).collect();
    app.catalog.apply_all(&changes);
}

fn request(text: &str, context: ScanContext) -> InterpretScanRequest {
    InterpretScanRequest { text: text.into(), warehouse: "BER".into(), context: context.into() }
}

async fn scan(app: &TestApp, text: &str, context: ScanContext) -> InterpretScanResponse {
    app.scanner().interpret_scan(request(text, context)).await.unwrap().into_inner()
}

pub(crate) async fn each_kind_of_code_is_answered(app: &mut TestApp) {
    labelled(app);
    let number = |value: &str| Some(proto::common::v1::Decimal { value: value.into() });
    let answer = scan(app, "0109520123456788172703311010A~3012", ScanContext::Receiving).await;
    let expected = ScanInterpretation {
        sku: "T".into(),
        gtin: "09520123456788".into(),
        lot: "10A".into(),
        expires_on: "2027-03-31".into(),
        quantity: number("12"),
        unit: "EA".into(),
        base_quantity: number("12"),
        base_unit: "EA".into(),
        elements: "(01)09520123456788(17)270331(10)10A(30)12".into(),
        ..ScanInterpretation::default()
    };
    assert_eq!(answer.interpretation, Some(expected));
    let [next] = &answer.next_actions[..] else { panic!("{:?}", answer.next_actions) };
    assert_eq!(
        (next.action(), next.missing().collect::<Vec<_>>()),
        (ScanAction::Receive, vec![ScanNeed::Location])
    );

    let weighed = scan(app, "(01)00036000291452(3103)001250", ScanContext::Picking).await;
    let weighed = weighed.interpretation.unwrap();
    assert_eq!((weighed.quantity, weighed.unit.as_str()), (number("1.25"), "KG"));
    assert_eq!(weighed.net_weight_kg, number("1.25"));

    let caught = scan(app, "(01)90614141000084(3103)004975", ScanContext::Picking).await;
    let caught = caught.interpretation.unwrap();
    assert_eq!((caught.sku.as_str(), caught.quantity, caught.unit.as_str()), ("W", number("1"), "EA"));
    assert_eq!((caught.weight, caught.weight_unit.as_str()), (number("4.975"), "kg"));

    for (text, quantity, base) in
        [("19520123456785", "1", "12"), ("(02)19520123456785(37)4(00)376104250021234569", "4", "48")]
    {
        let case = scan(app, text, ScanContext::Receiving).await.interpretation.unwrap();
        assert_eq!((case.quantity, case.unit.as_str()), (number(quantity), "CASE"), "{text}");
        assert_eq!((case.base_quantity, case.base_unit.as_str()), (number(base), "EA"), "{text}");
    }

    for (text, place) in
        [("MAIN", "BER/MAIN"), ("(414)6291041500213(254)PICK", "BER/PICK"), ("6291041500213", "BER/")]
    {
        let found = scan(app, text, ScanContext::Unspecified).await.interpretation.unwrap();
        assert_eq!(format!("{}/{}", found.warehouse, found.location), place, "{text}");
    }
    let unit = scan(app, "]C100376104250021234569", ScanContext::Moving).await;
    assert_eq!(unit.interpretation.unwrap().handling_unit, "376104250021234569");
    assert_eq!(unit.next_actions[0].missing, [i32::from(ScanNeed::ToLocation)]);
    assert_eq!(scan(app, "A", ScanContext::Unspecified).await.next_actions.len(), 5);
}

pub(crate) async fn bad_scans_are_named(app: &mut TestApp) {
    labelled(app);
    for (text, expected) in [
        ("0109520123456788<GS>10A<GS>17271301", "SCAN_NOT_READABLE text"),
        ("", "SCAN_NOT_READABLE text"),
        ("https://example.com/shop", "SCAN_NOT_READABLE text"),
        ("NO-SUCH", "SCAN_UNKNOWN_CODE text"),
        ("9521141111116", "SCAN_UNKNOWN_ITEM text"),
        ("(91)NO-SUCH", "SCAN_UNKNOWN_ITEM text"),
        ("(414)9521141111116", "SCAN_UNKNOWN_LOCATION text"),
        ("(01)90614141000084(3202)001055", "SCAN_WEIGHT_UNIT text"),
        ("(92)BER/NOWHERE", "SCAN_UNKNOWN_LOCATION text"),
    ] {
        let answer = app.scanner().interpret_scan(request(text, ScanContext::Unspecified)).await;
        assert_eq!(refused(answer), expected, "{text}");
    }
    let broken = request("0109520123456788<GS>10A<GS>17271301", ScanContext::Receiving);
    let error = RemoteError::from(&app.scanner().interpret_scan(broken).await.unwrap_err());
    let data = |key: &str| error.metadata.get(key).map(String::as_str);
    assert_eq!((data("position"), data("ai"), data("problem")), (Some("31"), Some("17"), Some("bad_date")));

    let at = |warehouse: &str| InterpretScanRequest {
        warehouse: warehouse.into(),
        ..request("A", ScanContext::Moving)
    };
    for (warehouse, expected) in
        [("XXX", "UNKNOWN_WAREHOUSE warehouse"), ("not a code", "BAD_CODE warehouse")]
    {
        assert_eq!(refused(app.scanner().interpret_scan(at(warehouse)).await), expected);
    }
    let other = InterpretScanRequest { context: 99, ..at("BER") };
    assert_eq!(refused(app.scanner().interpret_scan(other).await), "BAD_FIELD context");
}

/// The label was read, whether the warehouse answers or not.
pub(crate) async fn a_scan_is_answered_while_the_warehouse_is_not(app: &mut TestApp) {
    labelled(app);
    let standby = app.another().await;
    for (warehouse, is_unknown) in [("BER", true), ("OTHER", false), ("", false)] {
        let request = InterpretScanRequest {
            warehouse: warehouse.into(),
            ..request("]C100376104250000000000", ScanContext::Moving)
        };
        let answer = standby.scanner().interpret_scan(request).await.unwrap().into_inner();
        let found = answer.interpretation.unwrap();
        assert_eq!((found.handling_unit.as_str(), found.unit_here), ("376104250000000000", None));
        assert_eq!(found.unit_here_unknown, is_unknown, "{warehouse}");
    }
    standby.stop().await;
}
