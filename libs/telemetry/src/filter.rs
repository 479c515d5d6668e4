//! Which spans and events a layer takes.

use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Context, Filter};
use tracing_subscriber::registry::LookupSpan;

use crate::TelemetryFault;

/// The filter of one layer, which decides about everything that it may take each time anew.
///
/// Why: the registry keeps the decisions of all layers about the newest span or event in a place of the thread. Where a filter always
/// takes a callsite it is not asked again, and reads what is in that place: left by a question that no event followed (a library that
/// asks whether its message would be logged, through the `log` crate) it loses the next event of the thread.
#[derive(Debug)]
pub(crate) struct Afresh(EnvFilter);

impl Afresh {
    /// Reads directives such as `info,stock=debug`.
    pub(crate) fn parse(directives: &str) -> Result<Self, TelemetryFault> {
        let bad = |error: tracing_subscriber::filter::ParseError| TelemetryFault::LogFilter {
            filter: directives.to_owned(),
            problem: error.to_string(),
        };
        EnvFilter::try_new(directives).map(Self).map_err(bad)
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Filter<S> for Afresh {
    fn enabled(&self, metadata: &Metadata<'_>, context: &Context<'_, S>) -> bool {
        Filter::enabled(&self.0, metadata, context)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        let interest = Filter::<S>::callsite_enabled(&self.0, metadata);
        if interest.is_always() { Interest::sometimes() } else { interest }
    }

    fn max_level_hint(&self) -> Option<tracing_subscriber::filter::LevelFilter> {
        Filter::<S>::max_level_hint(&self.0)
    }

    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        id: &tracing::span::Id,
        context: Context<'_, S>,
    ) {
        Filter::on_new_span(&self.0, attributes, id, context);
    }

    fn on_record(&self, id: &tracing::span::Id, values: &tracing::span::Record<'_>, context: Context<'_, S>) {
        Filter::on_record(&self.0, id, values, context);
    }

    fn on_enter(&self, id: &tracing::span::Id, context: Context<'_, S>) {
        Filter::on_enter(&self.0, id, context);
    }

    fn on_exit(&self, id: &tracing::span::Id, context: Context<'_, S>) {
        Filter::on_exit(&self.0, id, context);
    }

    fn on_close(&self, id: tracing::span::Id, context: Context<'_, S>) {
        Filter::on_close(&self.0, id, context);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tracing_subscriber::layer::{Layer, SubscriberExt};

    use super::*;

    /// Counts events.
    struct Count(Arc<AtomicUsize>);

    impl<S: Subscriber> Layer<S> for Count {
        fn on_event(&self, _: &tracing::Event<'_>, _: Context<'_, S>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_question_without_an_event_loses_nothing() {
        let quiet = tracing::subscriber::with_default(tracing_subscriber::registry(), || {
            tracing::info_span!(target: "noisy", "quiet").metadata().unwrap()
        });
        let (logs, traces) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let filter = || Afresh::parse("info,noisy=warn").unwrap();
        let subscriber = tracing_subscriber::registry()
            .with(Count(Arc::clone(&logs)).with_filter(filter()))
            .with(Count(Arc::clone(&traces)).with_filter(filter()));
        tracing::subscriber::with_default(subscriber, || {
            for _ in 0..3 {
                // As the bridge from the `log` crate asks.
                tracing::dispatcher::get_default(|d| d.enabled(quiet));
                tracing::info!("heard");
                tracing::debug!("not heard");
            }
        });
        assert_eq!((logs.load(Ordering::SeqCst), traces.load(Ordering::SeqCst)), (3, 3));
    }

    #[test]
    fn directives_that_cannot_be_read_are_named() {
        let fault = Afresh::parse("stock=loud").unwrap_err().to_string();
        assert!(fault.contains("stock=loud"), "{fault}");
    }
}
