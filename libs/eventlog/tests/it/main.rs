//! One suite of what a log promises, run against both implementations, the real ones: a SQLite file and the Kafka of
//! `ENTREPOT_TEST_KAFKA`. Below it what only one of them has.

mod conformance;
mod embedded;
mod kafka;
mod place;
mod reading;

use place::Place;

macro_rules! conformance {
    ($($area:ident: $($name:ident)*;)*) => {
        mod on_embedded {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let place = crate::Place::embedded();
                crate::conformance::$area::$name(&place).await;
            })*)*
        }
        mod on_kafka {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let place = crate::Place::kafka();
                crate::conformance::$area::$name(&place).await;
                place.clean_up().await;
            })*)*
        }
    };
}

conformance! {
    publishing: keeps_the_order_of_a_key keeps_bytes_and_headers is_durable_when_it_returns
        concurrent_publishers_keep_their_own_order two_handles_publish_side_by_side nothing_to_publish_is_fine
        refuses_too_large_records refuses_too_many_records accepts_the_largest_record;
    reading: goes_on_from_positions tells_when_it_has_caught_up is_woken_by_a_publish sees_records_of_another_handle
        loses_nothing_when_its_future_is_dropped bounds_a_batch_by_bytes refuses_positions_that_are_not_there;
    topics: are_made_once are_unknown_until_made keep_the_newest_record_of_a_key do_not_mix;
}
