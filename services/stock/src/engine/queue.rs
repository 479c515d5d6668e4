use std::sync::Arc;

use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::Job;
use crate::config::Limits;

/// The way into a partition's queue, which is bounded by requests and by bytes. Callers that wait for room (streams) and
/// callers that are refused without it have half of the bytes each: who waits must not starve who asks.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    jobs: mpsc::Sender<Queued>,
    room: Arc<Semaphore>,
    room_of_waiting: Arc<Semaphore>,
    /// Of each.
    kib_max: u32,
}

/// The owner's end.
#[derive(Debug)]
pub(super) struct Waiting(mpsc::Receiver<Queued>);

/// A job with its place, which is free again when the owner takes it.
#[derive(Debug)]
struct Queued {
    job: Job,
    _room: OwnedSemaphorePermit,
}

/// Why a job did not get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum NotQueued {
    /// As many requests or bytes wait as may.
    #[error("the queue is full")]
    Full,
    /// The owner has ended.
    #[error("the queue is closed")]
    Closed,
}

/// A queue as the limits say.
pub(super) fn queue(limits: &Limits) -> (Queue, Waiting) {
    let kib_max = u32::try_from(limits.queue_bytes_max.div_ceil(2048)).unwrap_or(u32::MAX).max(1);
    let (jobs, waiting) = mpsc::channel(limits.queue_requests_max.max(1));
    let permits = usize::try_from(kib_max).unwrap_or(1).min(Semaphore::MAX_PERMITS);
    let room = || Arc::new(Semaphore::new(permits));
    (Queue { jobs, room: room(), room_of_waiting: room(), kib_max }, Waiting(waiting))
}

impl Queue {
    /// Puts a job in, or says at once that there is no room.
    pub(super) fn try_send(&self, job: Job) -> Result<(), NotQueued> {
        let room = Arc::clone(&self.room).try_acquire_many_owned(self.kib_of(&job));
        let _room = room.map_err(|_| NotQueued::Full)?;
        self.jobs.try_send(Queued { job, _room }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => NotQueued::Full,
            mpsc::error::TrySendError::Closed(_) => NotQueued::Closed,
        })
    }

    /// Puts a job in when there is room.
    pub(super) async fn send(&self, job: Job) -> Result<(), NotQueued> {
        let room = Arc::clone(&self.room_of_waiting).acquire_many_owned(self.kib_of(&job)).await;
        let _room = room.map_err(|_| NotQueued::Closed)?;
        self.jobs.send(Queued { job, _room }).await.map_err(|_| NotQueued::Closed)
    }

    /// A job larger than all there is waits until it is alone.
    fn kib_of(&self, job: &Job) -> u32 {
        u32::try_from(1 + job.bytes() / 1024).unwrap_or(u32::MAX).min(self.kib_max)
    }
}

impl Waiting {
    pub(super) async fn recv(&mut self) -> Option<Job> {
        self.0.recv().await.map(|queued| queued.job)
    }

    pub(super) fn try_recv(&mut self) -> Option<Job> {
        self.0.try_recv().ok().map(|queued| queued.job)
    }

    /// Takes no more in; what waits still comes out.
    pub(super) fn close(&mut self) {
        self.0.close();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn look() -> Job {
        Job::Look(Box::new(|_| Box::new(|| {})))
    }

    #[tokio::test]
    async fn it_is_full_by_requests_and_by_bytes() {
        for (queue_requests_max, queue_bytes_max, room) in [(3, 1 << 20, 3), (100, 4096, 2), (100, 1, 1)] {
            let limits = Limits { queue_requests_max, queue_bytes_max, ..Limits::default() };
            let (queue, mut waiting) = queue(&limits);
            let taken = (0..room + 2).filter(|_| queue.try_send(look()).is_ok()).count();
            assert_eq!(taken, room, "{queue_requests_max} requests, {queue_bytes_max} bytes");
            assert_eq!(queue.try_send(look()), Err(NotQueued::Full));
            let who_waits = queue.send(look()).now_or_never();
            assert_eq!(who_waits.is_some(), queue_requests_max > 3, "bytes of its own, places not");
            assert!(waiting.recv().await.is_some());
            assert_eq!(queue.try_send(look()), Ok(()), "a place is free again");
            drop(waiting);
            assert_eq!(queue.send(look()).await, Err(NotQueued::Closed));
        }
    }
}
