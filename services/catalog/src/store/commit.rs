//! The transaction of a change.

use std::time::Duration;

use database::{Backend, DatabaseFault};
use prost::Message;
use proto::catalog::v1::Location;
use rpc::Backoff;
use sea_orm::{
    DatabaseTransaction, EntityTrait, QueryFilter, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tracing::Instrument;
use vocabulary::{RequestId, Timestamp};

use super::changes::{self, ChangeRow};
use super::plan::{self, Plan};
use super::table::{self, Table};
use super::{Mutation, Store, StoreError, head, requests};

/// How often a transaction that lost a race is tried again.
const RETRIES_MAX: u32 = 10;
/// SQLSTATE `serialization_failure` and `deadlock_detected`.
const LOST_RACES: [&str; 2] = ["40001", "40P01"];

/// Whether a change stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It does.
    Commit,
    /// It is done, answered and taken back.
    ValidateOnly,
}

/// What goes with every change.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The caller's id of it.
    pub(crate) request_id: RequestId,
    /// SHA-256 of what was asked.
    pub(crate) digest: [u8; 32],
    /// Whether it stays.
    pub(crate) mode: Mode,
    /// When it was asked.
    pub(crate) at: Timestamp,
}

/// Builds the answer from the records and the revision.
pub(crate) type Answer<R, A> = fn(Vec<R>, u64) -> A;

impl Store {
    /// Does a change, all of it or nothing, once for each request id.
    ///
    /// The work runs in a task of its own: a caller that leaves in the middle of a commit does not take it back.
    pub(crate) async fn mutate<R: Table, A: Message + Default + 'static>(
        &self,
        call: Call,
        mutation: Mutation<R>,
        answer: Answer<R, A>,
    ) -> Result<A, StoreError> {
        let store = self.clone();
        let work = async move { store.mutate_with_retries(&call, &mutation, answer).await };
        tokio::spawn(work.in_current_span()).await.unwrap_or(Err(StoreError::Stopping))
    }

    async fn mutate_with_retries<R: Table, A: Message + Default>(
        &self,
        call: &Call,
        mutation: &Mutation<R>,
        answer: Answer<R, A>,
    ) -> Result<A, StoreError> {
        let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(200));
        for _ in 0..RETRIES_MAX {
            match self.attempt(call, mutation, answer).await {
                Err(StoreError::Database(fault)) if lost_race(&fault) => backoff.wait().await,
                done => return done,
            }
        }
        self.attempt(call, mutation, answer).await
    }

    async fn attempt<R: Table, A: Message + Default>(
        &self,
        call: &Call,
        mutation: &Mutation<R>,
        answer: Answer<R, A>,
    ) -> Result<A, StoreError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let revision_before = head::lock_in_tx(&tx).await?;
        if let Some(answer) = requests::remembered_in_tx(&tx, call).await? {
            tx.rollback().await?;
            return Ok(answer);
        }
        let plan = plan::plan_in_tx(&tx, mutation).await?;
        let (records, revision) = write_in_tx(&tx, plan, revision_before, call.at).await?;
        match call.mode {
            Mode::ValidateOnly => {
                tx.rollback().await?;
                Ok(answer(records, revision_before))
            }
            Mode::Commit => {
                let answer = answer(records, revision);
                requests::remember_in_tx(&tx, call, &answer).await?;
                head::set_in_tx(&tx, revision).await?;
                tx.commit().await?;
                self.committed.send_replace(revision);
                Ok(answer)
            }
        }
    }

    /// The answer that was given to this request before, if it was sent before.
    pub(crate) async fn remembered<A: Message + Default>(
        &self,
        call: &Call,
    ) -> Result<Option<A>, StoreError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let answer = requests::remembered_in_tx(&tx, call).await?;
        tx.rollback().await?;
        Ok(answer)
    }

    /// On SQLite the transaction takes the writer's lock at once: one that read first would fail instead of waiting.
    async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let sqlite_transaction_mode = match self.database.backend() {
            Backend::Sqlite => Some(SqliteTransactionMode::Immediate),
            Backend::Postgres => None,
        };
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        Ok(self.database.orm().begin_with_options(options).await?)
    }
}

/// Writes the plan and answers its records as they are now, with the revision after them.
async fn write_in_tx<R: Table>(
    tx: &DatabaseTransaction,
    plan: Plan<R>,
    revision: u64,
    at: Timestamp,
) -> Result<(Vec<R>, u64), StoreError> {
    let mut writer = Writer { tx, revision, at, changes: Vec::new() };
    let records = match plan {
        Plan::Nothing(record) => vec![record],
        Plan::Update(record) => vec![writer.update(record).await?],
        Plan::Insert(records, companions) => {
            let records = writer.insert(records).await?;
            writer.insert::<Location>(companions).await?;
            records
        }
    };
    changes::append_in_tx(tx, writer.changes).await?;
    Ok((records, writer.revision))
}

struct Writer<'tx> {
    tx: &'tx DatabaseTransaction,
    revision: u64,
    at: Timestamp,
    changes: Vec<ChangeRow>,
}

impl Writer<'_> {
    async fn insert<R: Table>(&mut self, records: Vec<R>) -> Result<Vec<R>, StoreError> {
        let mut rows = Vec::with_capacity(records.len());
        let mut stamped = Vec::with_capacity(records.len());
        for record in records {
            let record = self.stamp(record);
            rows.push(record.row(self.revision));
            stamped.push(record);
        }
        table::insert_in_tx::<R::Entity>(self.tx, rows).await?;
        R::index_new_in_tx(self.tx, &stamped).await?;
        Ok(stamped)
    }

    async fn update<R: Table>(&mut self, record: R) -> Result<R, StoreError> {
        let record = self.stamp(record);
        let update = R::Entity::update_many().set(record.row(self.revision));
        update.filter(table::is_key::<R>(&record.key())).exec(self.tx).await?;
        R::index_update_in_tx(self.tx, &record).await?;
        Ok(record)
    }

    /// Gives the record the next revision and notes the change.
    fn stamp<R: Table>(&mut self, mut record: R) -> R {
        self.revision = self.revision.saturating_add(1);
        record.stamp(etag(self.revision), self.at);
        let change = record.clone().into_change();
        self.changes.push(ChangeRow::new(self.revision, &record.key(), change, self.at));
        record
    }
}

/// A record's etag is the revision of its last change, which no other version of it has. Callers compare it, nothing more.
fn etag(revision: u64) -> String {
    format!("{revision:x}")
}

fn lost_race(fault: &DatabaseFault) -> bool {
    fault.cause().code.as_deref().is_some_and(|code| LOST_RACES.contains(&code))
}
