use std::time::Duration;

/// How long things took.
#[derive(Debug, Default)]
pub(in crate::bench) struct Latencies(Vec<Duration>);

impl Latencies {
    pub(in crate::bench) fn add(&mut self, taken: Duration) {
        self.0.push(taken);
    }

    pub(in crate::bench) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(in crate::bench) fn count(&self) -> usize {
        self.0.len()
    }

    /// In milliseconds, the value that `percent` of all are not above.
    pub(in crate::bench) fn percentile_ms(&mut self, percent: usize) -> f64 {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * percent / 100).min(last)).map_or(0.0, |taken| taken.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let mut latencies = Latencies::default();
        (1..=1000).rev().for_each(|ms| latencies.add(Duration::from_millis(ms)));
        assert_eq!(latencies.percentile_ms(50), 501.0);
        assert_eq!(latencies.percentile_ms(99), 991.0);
        assert_eq!(Latencies::default().percentile_ms(99), 0.0);
    }
}
