//! The one task of an open log that writes. Publishes that come while it commits wait in a bounded queue and are
//! committed together next: one fsync for all of them.
//!
//! Why a publish is all or nothing, durable and in order:
//! 1. The queue is first in, first out, and its only receiver is this task; a group is a run of the queue.
//! 2. A group is one transaction. Inside it the records get ascending positions in queue order, so records of one call
//!    keep their order, and no other process can take the same positions, for the transaction began IMMEDIATE.
//! 3. Answers are sent after COMMIT returned (`synchronous=FULL`). After a fault all of the group are told so, and
//!    nothing of the group is stored, or (a commit that failed late) all of it: both are a prefix per key.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot, watch};

use super::append::{self, Heads};
use super::fault::from_sqlx;
use super::schema;
use super::topics::Topic;
use crate::fault::LogFault;
use crate::record::Record;

/// Publishes waiting for the writer; more wait for a place.
const QUEUE_MAX: usize = 256;
/// Records after which a group is closed. A single publish may be larger.
const GROUP_RECORDS_MAX: usize = 8_192;
/// Bytes after which a group is closed. A single publish may be larger.
const GROUP_BYTES_MAX: usize = 16 * 1024 * 1024;

struct Job {
    topic: Arc<Topic>,
    records: Vec<Record>,
    answer: oneshot::Sender<Result<(), LogFault>>,
}

/// Hands publishes to the writing task, which ends when the last of these is dropped.
#[derive(Debug)]
pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// `commits` is counted up after every commit.
    pub(super) fn start(path: PathBuf, commits: watch::Sender<u64>) -> Self {
        let (sender, jobs) = mpsc::channel(QUEUE_MAX);
        let task = Task { path, commits, jobs, connection: None, heads: Heads::default() };
        tokio::spawn(task.run());
        Self(sender)
    }

    pub(super) async fn publish(&self, topic: Arc<Topic>, records: Vec<Record>) -> Result<(), LogFault> {
        let (answer, answered) = oneshot::channel();
        let job = Job { topic, records, answer };
        self.0.send(job).await.map_err(|_| stopped())?;
        answered.await.unwrap_or_else(|_| Err(stopped()))
    }
}

fn stopped() -> LogFault {
    LogFault::unavailable("the writer of the log has stopped with its runtime")
}

struct Task {
    path: PathBuf,
    commits: watch::Sender<u64>,
    jobs: mpsc::Receiver<Job>,
    connection: Option<SqliteConnection>,
    heads: Heads,
}

impl Task {
    async fn run(mut self) {
        while let Some(first) = self.jobs.recv().await {
            let group = self.group(first);
            let result = self.commit(&group).await;
            match &result {
                Ok(()) => self.commits.send_modify(|commits| *commits += 1),
                Err(fault) => self.start_over(fault),
            }
            for job in group {
                // A publisher that has gone away does not want its answer.
                let _ = job.answer.send(result.clone());
            }
        }
        if let Some(connection) = self.connection {
            // The last connection to close folds the write-ahead log into the file; what is in it is durable anyway.
            let _ = connection.close().await;
        }
    }

    fn group(&mut self, first: Job) -> Vec<Job> {
        let (mut records, mut bytes) = (0, 0);
        let mut group = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            records += job.records.len();
            bytes += job.records.iter().map(Record::size).sum::<usize>();
            group.push(job);
            let full = records >= GROUP_RECORDS_MAX || bytes >= GROUP_BYTES_MAX;
            next = if full { None } else { self.jobs.try_recv().ok() };
        }
        group
    }

    async fn commit(&mut self, group: &[Job]) -> Result<(), LogFault> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(schema::options(&self.path).connect().await.map_err(from_sqlx)?),
        };
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(from_sqlx)?;
        self.heads.refresh(&mut transaction).await?;
        let mut placed = Vec::new();
        for job in group {
            placed.extend(append::place(&mut transaction, &mut self.heads, &job.topic, &job.records).await?);
        }
        // Partition by partition: neighbours in the file.
        placed.sort_unstable_by_key(|(position, _)| *position);
        append::insert(&mut transaction, &placed).await?;
        transaction.commit().await.map_err(from_sqlx)
    }

    /// After a fault neither the connection nor the offsets given out are trusted.
    fn start_over(&mut self, fault: &LogFault) {
        tracing::warn!(path = %self.path.display(), %fault, "could not write to the event log");
        self.connection = None;
        self.heads = Heads::default();
    }
}
