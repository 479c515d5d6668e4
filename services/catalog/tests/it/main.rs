//! The service as its callers see it: over gRPC, on both databases, with the topic compared with the tables at the end of every test.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

mod boms;
mod cable;
mod classes;
mod concurrency;
mod fixtures;
mod items;
mod lists;
mod locations;
mod outages;
mod recalls;
mod refusals;
mod requests;
mod test_app;
mod topic;
mod updates;
mod warehouses;

/// Runs every case against a server on SQLite and against one on PostgreSQL.
macro_rules! on_both_databases {
    ($($module:ident :: $case:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                crate::test_app::on_sqlite(crate::$module::$case).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                crate::test_app::on_postgres(crate::$module::$case).await;
            })*
        }
    };
}

on_both_databases!(
    boms::a_bill_has_versions_and_days,
    boms::bills_that_cannot_be,
    boms::a_quantity_takes_components,
    boms::one_of_many_closes_no_circle,
    classes::skus_obey_the_rule_of_their_class,
    classes::references_must_be_in_use,
    concurrency::revisions_of_sixteen_writers_have_no_gap,
    concurrency::one_of_many_gets_a_gtin,
    items::an_item_comes_back_as_created,
    items::every_unit_has_gtins_of_its_own,
    items::a_thousand_items_at_once,
    items::a_batch_is_all_or_nothing,
    items::items_by_sku,
    lists::pages_are_complete_while_the_catalog_changes,
    lists::filters_choose,
    lists::bad_pages_and_filters,
    locations::a_tree_in_one_batch,
    locations::places_that_cannot_be,
    locations::virtual_locations_stay,
    recalls::a_lot_is_called_back_until_that_ends,
    recalls::only_lots_are_called_back,
    refusals::each_bad_field_is_named,
    refusals::unknown_records,
    requests::an_answer_is_remembered,
    requests::an_id_is_not_used_twice,
    requests::ids_are_required,
    requests::validating_changes_nothing,
    topic::every_change_is_published_in_order,
    topic::a_restart_goes_on_where_it_was,
    updates::masked_fields_change,
    updates::stale_etags_are_refused,
    updates::a_retired_item_comes_back,
    updates::what_goods_depend_on_waits_for_the_view,
    updates::retired_records_stay,
    updates::gtins_move_with_updates,
    warehouses::a_warehouse_has_its_outside_world,
);
