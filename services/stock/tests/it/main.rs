//! The service as its callers see it: over gRPC, on both stores, with the journal verified and compared with the event log at the
//! end of every test.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod calls;
mod commands;
mod concurrency;
mod counts;
mod database;
mod deliveries;
mod expectations;
mod fixtures;
mod handling_units;
mod holds;
mod inbound;
mod lots;
mod making;
mod orders;
mod outages;
mod outcome;
mod promises;
mod reading;
mod refusals;
mod requests;
mod reversals;
mod scans;
mod streams;
mod tasks;
mod test_app;
mod time;
mod traces;
mod tracking;
mod weights;

/// Runs every case against a server on SQLite and against one on PostgreSQL.
macro_rules! on_both_stores {
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

on_both_stores!(
    commands::every_command_does_its_work,
    commands::a_reservation_lives_and_ends,
    commands::a_document_is_all_or_nothing,
    commands::only_named_items_go_below_zero,
    requests::an_answer_is_remembered,
    requests::answers_are_found_beyond_the_limit_of_memory,
    requests::an_id_is_not_used_twice,
    requests::a_retired_item_does_not_take_its_answers_along,
    requests::validating_changes_nothing,
    refusals::each_bad_line_is_named,
    refusals::each_bad_claim_and_rule_is_named,
    refusals::each_refused_promise_is_named,
    refusals::each_bad_document_is_named,
    refusals::each_bad_warehouse_is_named,
    refusals::quantities_stay_exact,
    refusals::a_document_too_large_is_refused,
    reading::pages_filters_and_the_past,
    reading::the_past_of_a_long_journal,
    reading::bad_reads_are_named,
    reading::a_page_looks_at_only_so_much,
    reading::the_journal_is_read_and_tailed,
    scans::each_kind_of_code_is_answered,
    scans::bad_scans_are_named,
    scans::a_scan_is_answered_while_the_warehouse_is_not,
    streams::answers_keep_the_order_of_the_documents,
    streams::a_long_stream_keeps_its_order,
    streams::an_empty_message_ends_a_stream,
    streams::a_message_names_only_so_much,
    tracking::lots_statuses_and_owners_are_told_apart,
    tracking::lots_are_chosen_by_expiry_and_survive_a_restart,
    tracking::a_unit_is_in_one_place,
    tracking::a_unit_comes_only_as_its_items_are_tracked_now,
    tracking::tracking_changes_only_without_stock,
    tracking::many_units_leave_between_two_checkpoints,
    lots::what_was_told_of_a_lot_is_read_back,
    lots::serial_numbers_are_listed_page_by_page,
    promises::reservations_are_listed_with_their_terms,
    promises::soft_reservations_end_by_themselves,
    promises::goods_are_promised_wherever_they_are,
    promises::rules_hold_and_survive_a_restart,
    promises::a_promise_to_nobody_passes_no_rule,
    promises::a_warehouse_has_only_so_many_rules,
    promises::a_status_that_counts_is_promised_and_survives_a_restart,
    promises::what_is_lost_is_promised_no_more,
    promises::a_document_is_explained,
    holds::a_lot_expires_at_the_midnight_of_its_warehouse,
    holds::what_has_expired_is_neither_taken_nor_promised,
    holds::what_expired_meanwhile_is_held_at_the_start,
    holds::a_recalled_lot_is_held_wherever_it_is,
    holds::taking_back_does_not_pass_a_hold,
    holds::a_recall_finds_a_warehouse_that_was_down,
    holds::many_lots_expire_in_several_documents,
    holds::production_links_what_it_takes_and_makes,
    time::late_movements_leave_enough_for_later,
    time::a_time_that_may_move_is_answered_as_it_counts,
    time::balances_as_of_both_times_survive_restarts,
    time::lists_as_of_a_time_have_what_was_there,
    time::bad_times_are_named,
    time::the_newest_is_read_without_the_journal,
    reversals::a_movement_is_taken_back_once,
    reversals::links_lead_both_ways,
    reversals::goods_of_every_kind_come_back,
    reversals::the_lock_closes_the_past,
    handling_units::promised_goods_are_moved_and_shipped_with_their_promise,
    handling_units::goods_are_packed_moved_and_shipped,
    handling_units::units_survive_a_restart,
    handling_units::an_answer_with_units_is_remembered,
    handling_units::refusals_have_their_reasons,
    handling_units::each_bad_unit_line_is_named,
    handling_units::units_are_listed_page_by_page,
    handling_units::a_scanned_unit_is_found,
    orders::an_order_is_allocated_picked_and_shipped,
    orders::orders_survive_a_restart,
    orders::refusals_about_orders_have_their_reasons,
    tasks::a_task_is_claimed_and_done,
    tasks::tasks_survive_a_restart,
    tasks::refusals_about_tasks_have_their_reasons,
    tasks::two_people_never_get_the_same_task,
    making::an_order_is_planned_released_made_and_closed,
    making::production_orders_survive_a_restart,
    making::refusals_about_production_have_their_reasons,
    counts::a_shelf_is_counted_while_goods_move,
    counts::counts_survive_a_restart,
    counts::usage_of_a_periodic_item_is_found_by_counts,
    counts::refusals_about_counts_have_their_reasons,
    counts::each_bad_line_about_a_count_is_named,
    counts::lists_of_others_are_explained_by_movements,
    counts::places_are_chosen_by_what_is_there,
    deliveries::a_delivery_is_announced_received_and_closed,
    deliveries::announced_units_are_received_whole,
    deliveries::deliveries_survive_a_restart,
    deliveries::refusals_about_deliveries_have_their_reasons,
    deliveries::each_bad_line_about_a_delivery_is_named,
    inbound::goods_are_put_away_where_rules_say,
    inbound::what_comes_goes_to_orders_that_wait,
    inbound::goods_go_back_or_become_something_and_survive_a_restart,
    expectations::what_is_expected_is_met,
    expectations::what_is_expected_survives_a_restart,
    expectations::refusals_about_it_have_their_reasons,
    expectations::each_bad_expectation_is_named,
    expectations::expectations_are_listed_page_by_page,
    weights::goods_are_counted_and_weighed,
    weights::what_was_lost_is_told,
    weights::each_bad_weight_is_named,
    weights::each_refused_weight_is_named,
    weights::weighing_changes_only_without_stock,
    weights::weight_goes_with_whole_units,
    outages::a_restart_from_a_checkpoint_gives_the_same_state,
    outages::a_journal_of_the_version_before_is_taken_over,
    outages::a_second_owner_waits_for_the_first,
    outages::nothing_is_ready_before_the_catalog_is_known,
    outages::what_is_not_read_yet_is_not_refused,
    outages::a_new_warehouse_leaves_the_server_ready,
    traces::a_trace_survives_a_restart,
    concurrency::sixty_four_clients_sell_exactly_what_is_there,
    concurrency::a_full_queue_says_so,
    concurrency::a_dropped_caller_leaves_no_half,
);

#[tokio::test]
async fn a_fenced_owner_writes_nothing_and_comes_back() {
    test_app::on_postgres(outages::a_fenced_owner_writes_nothing_and_comes_back).await;
}

#[tokio::test]
async fn readiness_follows_the_partition() {
    test_app::on_postgres(outages::readiness_follows_the_partition).await;
}

#[tokio::test]
async fn a_lost_database_is_survived() {
    test_app::on_postgres(outages::a_lost_database_is_survived).await;
}
