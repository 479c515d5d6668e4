use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// How long to wait before the next attempt: doubles from `first` to `max`, each time with jitter (half to all of it), so that
/// many waiters do not come back at once.
#[derive(Debug, Clone)]
pub struct Backoff {
    first: Duration,
    max: Duration,
    next: Duration,
    random: RandomState,
    draws: u64,
}

impl Backoff {
    /// Starts at `first` and never waits longer than `max`.
    pub fn new(first: Duration, max: Duration) -> Self {
        Self { first, max, next: first, random: RandomState::new(), draws: 0 }
    }

    /// The next delay.
    pub fn delay(&mut self) -> Duration {
        let full = self.next;
        self.next = full.saturating_mul(2).min(self.max);
        self.jittered(full)
    }

    /// The next delay, but at least what the server asked for.
    pub fn delay_after(&mut self, retry_after: Option<Duration>) -> Duration {
        self.delay().max(retry_after.unwrap_or_default())
    }

    /// Waits for the next delay.
    pub async fn wait(&mut self) {
        tokio::time::sleep(self.delay()).await;
    }

    /// After a success: the next delay is the first again.
    pub fn reset(&mut self) {
        self.next = self.first;
    }

    fn jittered(&mut self, full: Duration) -> Duration {
        self.draws = self.draws.wrapping_add(1);
        let mut hasher = self.random.build_hasher();
        hasher.write_u64(self.draws);
        let percent = u32::try_from(hasher.finish() % 51).unwrap_or(0).saturating_add(50);
        full.saturating_mul(percent) / 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_maximum_and_reset() {
        let ms = Duration::from_millis;
        let mut backoff = Backoff::new(ms(100), ms(1000));
        for full in [100, 200, 400, 800, 1000, 1000] {
            let delay = backoff.delay();
            assert!((ms(full / 2)..=ms(full)).contains(&delay), "{delay:?} of {full} ms");
        }
        backoff.reset();
        assert!(backoff.delay() <= ms(100));
        assert_eq!(backoff.delay_after(Some(ms(5000))), ms(5000));
    }
}
