//! The service as its callers see it: over gRPC, on both databases. At the end of every test the numbers of every series have no gap.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod corrections;
mod fixtures;
mod issuing;
mod lists;
mod numbers;
mod outages;
mod refusals;
mod sources;
mod test_app;

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
    corrections::a_correction_takes_the_place_of_a_paper,
    corrections::one_of_many_corrects_a_paper,
    issuing::a_delivery_gets_its_note,
    issuing::a_return_gets_its_own_note,
    issuing::a_pallet_gets_its_list_and_its_label,
    issuing::a_lot_gets_its_certificate,
    issuing::papers_are_shown_as_files,
    issuing::a_request_has_one_paper,
    issuing::the_language_is_asked_for_or_that_of_the_legal_entity,
    lists::pages_are_complete_and_in_order,
    lists::bad_lists_are_refused,
    numbers::thirty_two_writers_leave_no_gap,
    numbers::the_same_request_of_many_is_one_paper,
    numbers::every_legal_entity_kind_and_year_counts_for_itself,
    refusals::each_is_refused_with_its_reason_and_takes_no_number,
    refusals::sources_that_are_away_are_said_to_be,
);
