//! Ends soft promises when their time is over. That they end is a fact like any other: a document of the job's own, with an id
//! that follows from the reservation, goes through the owner and into the journal. So a promise ends once, however often the
//! process is killed meanwhile, and what was fulfilled or released just before is refused and harms nobody.

use std::time::Duration;

use rpc::{Backoff, clock};
use stock_core::Line;
use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;
use vocabulary::{ReservationId, Timestamp};

use super::queue::Queue;
use super::{Answer, Job, Request, Verdict, own};

/// Promises ended at once.
const ENDED_AT_ONCE: usize = 1000;
/// The wall clock is looked at again after this long: it may have been set.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// The owner's end: rings when another promise is the next to end.
#[derive(Debug)]
pub(super) struct Bell {
    told: Option<Timestamp>,
    next: watch::Sender<Option<Timestamp>>,
}

/// Ends the promises of one partition.
#[derive(Debug)]
pub(super) struct Expiry {
    jobs: Queue,
    next: watch::Receiver<Option<Timestamp>>,
}

impl Bell {
    /// Costs one comparison while nothing changes.
    pub(super) fn ring(&mut self, next: Option<Timestamp>) {
        if self.told != next {
            self.told = next;
            self.next.send_replace(next);
        }
    }
}

/// Why the job pauses.
enum Outcome {
    /// Some promises ended.
    Ended,
    /// None did.
    Nothing,
    /// The owner has ended.
    Closed,
}

impl Expiry {
    /// With the first promise to end, as it was loaded.
    pub(super) fn new(jobs: Queue, first: Option<Timestamp>) -> (Self, Bell) {
        let (sender, next) = watch::channel(first);
        (Self { jobs, next }, Bell { told: first, next: sender })
    }

    /// Ends what is over, until it is told to stop or the owner has ended.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        let mut backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));
        loop {
            let next = *self.next.borrow_and_update();
            let pause = match pause(next) {
                Some(Duration::ZERO) => match self.end_some().await {
                    Outcome::Ended => {
                        backoff.reset();
                        continue;
                    }
                    Outcome::Nothing => Some(backoff.delay()),
                    Outcome::Closed => return,
                },
                pause => pause,
            };
            let over = async {
                match pause {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                changed = self.next.changed() => if changed.is_err() { return },
                () = over => {}
            }
        }
    }

    /// Posts a document for each promise whose time is over, up to a limit.
    async fn end_some(&self) -> Outcome {
        let now = clock::now();
        let (reply, seen) = oneshot::channel();
        let look = Job::Look(Box::new(move |state| {
            let over: Vec<_> = state.expired(now).take(ENDED_AT_ONCE).collect();
            Box::new(move || drop(reply.send(over)))
        }));
        if self.jobs.send(look).await.is_err() {
            return Outcome::Closed;
        }
        let Ok(over) = seen.await else { return Outcome::Closed };
        if over.is_empty() {
            return Outcome::Nothing;
        }
        let requests = over.into_iter().map(|reservation| request(reservation, now)).collect();
        let (reply, answers) = oneshot::channel();
        if self.jobs.send(Job::Post { requests, reply }).await.is_err() {
            return Outcome::Closed;
        }
        let Ok(answers) = answers.await else { return Outcome::Closed };
        if answers.iter().any(is_accepted) { Outcome::Ended } else { Outcome::Nothing }
    }
}

/// How long until a promise ends; `None` while none does.
fn pause(next: Option<Timestamp>) -> Option<Duration> {
    let micros = next?.micros().saturating_sub(clock::now().micros());
    Some(Duration::from_micros(u64::try_from(micros).unwrap_or(0)).min(LOOK_AGAIN_AFTER))
}

fn is_accepted(answer: &Answer) -> bool {
    matches!(answer, Answer::Recorded(recorded) if matches!(recorded.verdict, Verdict::Accepted(_)))
}

/// The document that ends a promise. Its id follows from the promise alone.
fn request(reservation: ReservationId, as_of: Timestamp) -> Request {
    let lines = vec![Line::Expire { reservation, as_of }];
    own::request(own::document(&format!("expire {reservation}"), "expired", lines))
}
