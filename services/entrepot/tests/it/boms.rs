//! Bills of material, from the command line.

use serde_json::Value;

use crate::support::Server;

fn told(needs: &Value) -> Vec<String> {
    let text = |need: &Value, field: &str| need[field].as_str().unwrap().to_owned();
    let told = |need: &Value| {
        format!("{} {} {} {}", text(need, "what"), need["level"], text(need, "quantity"), text(need, "sku"))
    };
    needs.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_bill_is_set_followed_and_ended() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    for item in ["TABLE", "LEG", "TOP", "KNOB", "WOOD", "PLY", "CHIPS", "GLUE --decimals 3"] {
        server.json(&format!("catalog item create {item}"));
    }
    let set = server.json(
        "catalog bom set TABLE 1 --name plain --yield 90 --until 2026-06-30 --component LEG 4 --component TOP 1 \
         --component KNOB 2 --component GLUE 0.125 --scrap TOP 20 --instead TOP PLY 2 --phantom KNOB --by-product CHIPS 1",
    );
    assert_eq!(set["components"][1], "1 TOP scrap 20% or 2 PLY");
    assert_eq!(set["lines"][2]["phantom"], true);
    assert_eq!(set["outputs"][0]["kind"], "by_product");
    server.json("catalog bom set TABLE 2 --from 2026-07-01 --component LEG 3");
    server.json("catalog bom set KNOB 1 --base 3 --component WOOD 1");
    server.json("catalog bom set LEG 1 --component WOOD 2");

    let one = server.json("catalog bom explode TABLE 10 --day 2026-06-30 --one");
    let expected =
        ["begun 0 12 TABLE", "needed 1 1.5 GLUE", "needed 1 48 LEG", "needed 1 15 TOP", "needed 2 8 WOOD"];
    assert_eq!(told(&one), [&expected[..], &["by_product 0 12 CHIPS"]].concat());
    assert_eq!(one[3]["alternatives"][0], "30 PLY");
    let all = server.json("catalog bom explode TABLE 10 --day 2026-06-30");
    assert_eq!(told(&all)[4], "needed 2 104 WOOD");
    let later = server.json("catalog bom explode TABLE 10 --day 2026-07-01 --one");
    assert_eq!(told(&later), ["begun 0 10 TABLE", "needed 1 30 LEG"]);

    for (words, code, reason, field) in [
        ("catalog bom set TABLE 3 --component LEG 3", 3, "BOM_OVERLAP", "bom.valid_from"),
        ("catalog bom set WOOD 1 --component TABLE 1", 2, "BOM_CYCLE", "bom.lines"),
        ("catalog bom set TABLE 3 --component TABLE 3", 2, "BOM_CYCLE", "bom.lines[0].sku"),
        ("catalog bom set TABLE 3 --component LEG 0.5", 2, "TOO_MANY_DECIMALS", "bom.lines[0].quantity"),
        ("catalog bom set TABLE 3 --component LEG 1 --scrap TOP 5", 2, "BAD_USAGE", ""),
        ("catalog bom show TABLE 9", 4, "UNKNOWN_BOM", "version"),
        ("catalog bom explode WOOD 1", 3, "NO_BOM", "day"),
        ("catalog bom update TABLE 1", 2, "BAD_USAGE", ""),
    ] {
        let refused = server.refused(words);
        assert_eq!((refused.0, refused.1.as_str(), refused.2.as_str()), (code, reason, field), "{words}");
    }
    assert_eq!(server.json("catalog bom update TABLE 2 --until 2026-12-31")["valid_until"], "2026-12-31");
    assert_eq!(server.json("catalog bom retire TABLE 2")["state"], "RETIRED");
    assert_eq!(server.json("catalog bom show TABLE 1")["name"], "plain");
    assert_eq!(server.json("catalog bom list --filter sku=TABLE").as_array().unwrap().len(), 2);
}
