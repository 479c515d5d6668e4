use prost_types::FieldMask;
use proto::catalog::v1::{
    CheckDigitScheme, CodingRule, CreateCodingRuleRequest, Item, ItemClass, RetireCodingRuleRequest,
    RetireItemClassRequest, UpdateItemClassRequest,
};
use rpc::client::RemoteError;

use crate::fixtures::{create_class, create_item, id, item};
use crate::test_app::{TestApp, refused};

fn create_rule(pattern: &str) -> CreateCodingRuleRequest {
    let rule = CodingRule {
        code: "TOY-CODES".into(),
        pattern: pattern.into(),
        check_digit_scheme: CheckDigitScheme::Luhn.into(),
        description: "two letters, a dash, four digits and a Luhn digit".into(),
        ..Default::default()
    };
    CreateCodingRuleRequest { request_id: id(), coding_rule: Some(rule), validate_only: false }
}

fn toy(sku: &str) -> Item {
    Item { item_class: "TOYS".into(), ..item(sku) }
}

pub(crate) async fn skus_obey_the_rule_of_their_class(app: &mut TestApp) {
    let mut client = app.client();
    let bad = client.create_coding_rule(create_rule("AA-9999")).await;
    assert_eq!(refused(bad), "BAD_PATTERN coding_rule.pattern");
    client.create_coding_rule(create_rule("AA-9999C")).await.unwrap();
    client.create_item_class(create_class("TOYS", "TOY-CODES")).await.unwrap();
    let status = client.create_item(create_item(toy("TY-0815X"))).await.unwrap_err();
    let error = RemoteError::from(&status);
    assert_eq!((error.reason.as_str(), error.field.as_str()), ("CODING_RULE_BROKEN", "item.sku"));
    assert!(error.message.contains("two letters, a dash, four digits and a Luhn digit"), "{}", error.message);
    assert!(error.message.contains("character 8 must be the check digit"), "{}", error.message);
    let digit = error.message.split("check digit ").nth(1).and_then(|rest| rest.chars().next()).unwrap();
    client.create_item(create_item(toy(&format!("TY-0815{digit}")))).await.unwrap();
    client.create_item(create_item(item("anything else"))).await.unwrap();
}

pub(crate) async fn references_must_be_in_use(app: &mut TestApp) {
    let mut client = app.client();
    let unknown = client.create_item_class(create_class("TOYS", "NONE")).await;
    assert_eq!(refused(unknown), "UNKNOWN_CODING_RULE item_class.coding_rule");
    client.create_coding_rule(create_rule("AA-9999C")).await.unwrap();
    client.create_item_class(create_class("TOYS", "")).await.unwrap();
    let retire = RetireCodingRuleRequest { request_id: id(), code: "TOY-CODES".into(), ..Default::default() };
    client.retire_coding_rule(retire).await.unwrap();
    let retired = client.create_item_class(create_class("BOOKS", "TOY-CODES")).await;
    assert_eq!(refused(retired), "CODING_RULE_RETIRED item_class.coding_rule");
    let class = ItemClass { code: "TOYS".into(), coding_rule: "TOY-CODES".into(), ..Default::default() };
    let update = UpdateItemClassRequest {
        request_id: id(),
        item_class: Some(class),
        update_mask: Some(FieldMask { paths: vec!["coding_rule".into()] }),
        validate_only: false,
    };
    assert_eq!(refused(client.update_item_class(update).await), "CODING_RULE_RETIRED item_class.coding_rule");
    client.create_item(create_item(toy("A"))).await.unwrap();
    let retire = RetireItemClassRequest { request_id: id(), code: "TOYS".into(), ..Default::default() };
    client.retire_item_class(retire).await.unwrap();
    let retired = client.create_item(create_item(toy("B"))).await;
    assert_eq!(refused(retired), "ITEM_CLASS_RETIRED item.item_class");
}
