//! The transaction that gives a paper its number.

use std::time::Duration;

use database::{Backend, DatabaseFault};
use paper_core::{Number, Paper};
use rpc::Backoff;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use vocabulary::RequestId;

use super::entity::{paper, request, series};
use super::stored::{Draft, Stored, number, place};
use super::{Store, StoreError, read};

/// How often a transaction that lost a race is tried again.
const RETRIES_MAX: u32 = 10;
/// SQLSTATE `serialization_failure` and `deadlock_detected`.
const LOST_RACES: [&str; 2] = ["40001", "40P01"];

/// What goes with every request for a paper.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// The caller's id of it.
    pub(crate) request_id: RequestId,
    /// SHA-256 of what was asked.
    pub(crate) digest: [u8; 32],
}

impl Store {
    /// Issues a paper: number and content, or nothing, once for each request id.
    ///
    /// The work runs in a task of its own: a caller that leaves in the middle of a commit does not take it back.
    pub(crate) async fn issue(&self, call: Call, draft: Draft) -> Result<Stored, StoreError> {
        let store = self.clone();
        let work = async move { store.issue_with_retries(call, &draft).await };
        tokio::spawn(work.in_current_span()).await.unwrap_or(Err(StoreError::Stopping))
    }

    /// The paper that this request was answered with before, if it was sent before.
    pub(crate) async fn remembered(&self, call: Call) -> Result<Option<Stored>, StoreError> {
        read::remembered(self.database.orm(), call).await
    }

    async fn issue_with_retries(&self, call: Call, draft: &Draft) -> Result<Stored, StoreError> {
        let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(200));
        for _ in 0..RETRIES_MAX {
            match self.attempt(call, draft).await {
                Err(StoreError::Database(fault)) if lost_race(&fault) => backoff.wait().await,
                done => return done,
            }
        }
        self.attempt(call, draft).await
    }

    async fn attempt(&self, call: Call, draft: &Draft) -> Result<Stored, StoreError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let number = next_in_tx(&tx, &draft.paper).await?;
        if let Some(answer) = read::remembered(&tx, call).await? {
            tx.rollback().await?;
            return Ok(answer);
        }
        check_correction_in_tx(&tx, &draft.paper).await?;
        let row = row(draft, number)?;
        let stored = Stored::of_row(row.clone(), None)?;
        paper::Entity::insert(paper::ActiveModel::from(row)).exec_without_returning(&tx).await?;
        remember_in_tx(&tx, call, &stored).await?;
        tx.commit().await?;
        Ok(stored)
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

/// The next number of the paper's series, whose row is locked from here to the end of the transaction.
async fn next_in_tx(tx: &DatabaseTransaction, paper: &Paper) -> Result<Number, StoreError> {
    let (entity, kind) = (&paper.head.issuer.legal_entity, paper.kind);
    let year = i64::from(paper.head.number.year());
    let first = series::ActiveModel {
        legal_entity: Set(entity.clone()),
        kind: Set(kind.name().to_owned()),
        year: Set(year),
        last: Set(0),
    };
    let key = [series::Column::LegalEntity, series::Column::Kind, series::Column::Year];
    let once = OnConflict::columns(key).do_nothing().to_owned();
    series::Entity::insert(first).on_conflict(once).exec_without_returning(tx).await?;
    let update = series::Entity::update_many()
        .col_expr(series::Column::Last, Expr::col(series::Column::Last).add(1))
        .filter(series::Column::LegalEntity.eq(entity))
        .filter(series::Column::Kind.eq(kind.name()))
        .filter(series::Column::Year.eq(year));
    let rows = update.exec_with_returning(tx).await?;
    let last = rows.first().ok_or(StoreError::Damaged("series"))?.last;
    number(kind, year, last)
}

/// The paper that a correction takes the place of is there, and has none yet.
async fn check_correction_in_tx(tx: &DatabaseTransaction, paper: &Paper) -> Result<(), StoreError> {
    let Some(correction) = &paper.head.corrects else { return Ok(()) };
    let entity = &paper.head.issuer.legal_entity;
    let wrong = read::one(tx, entity, correction.number).await?;
    let wrong = wrong.ok_or(StoreError::NotFound(correction.number))?;
    match wrong.corrected_by {
        None => Ok(()),
        Some(by) => Err(StoreError::Corrected { number: wrong.number, by }),
    }
}

fn row(draft: &Draft, number: Number) -> Result<paper::Model, StoreError> {
    let mut paper = draft.paper.clone();
    paper.head.number = number;
    let content = paper.to_json().map_err(|_| StoreError::Damaged("paper"))?;
    let head = paper.head;
    let corrects = head.corrects.map(|correction| correction.number);
    Ok(paper::Model {
        legal_entity: head.issuer.legal_entity,
        kind: number.kind().name().to_owned(),
        year: number.year().into(),
        place: place(number),
        warehouse: head.warehouse.code,
        about: draft.subject.written(),
        subject: draft.subject.shown(),
        language: head.language.code().to_owned(),
        issue_date: head.issued.date,
        issued_at: draft.at.micros(),
        corrects_year: corrects.map(|number| number.year().into()),
        corrects_place: corrects.map(place),
        digest: Sha256::digest(content.as_bytes()).to_vec(),
        content: content.into_bytes(),
    })
}

/// Remembers which paper it was, for ever.
async fn remember_in_tx(tx: &DatabaseTransaction, call: Call, stored: &Stored) -> Result<(), StoreError> {
    let row = request::ActiveModel {
        request_id: Set(call.request_id.as_bytes().to_vec()),
        digest: Set(call.digest.to_vec()),
        legal_entity: Set(stored.legal_entity.clone()),
        kind: Set(stored.number.kind().name().to_owned()),
        year: Set(stored.number.year().into()),
        place: Set(place(stored.number)),
    };
    request::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Also the same request at another process a moment earlier, or another correction of the same paper: the next attempt sees it.
fn lost_race(fault: &DatabaseFault) -> bool {
    let is_lost = |code: &str| LOST_RACES.contains(&code);
    fault.cause().code.as_deref().is_some_and(is_lost) || fault.is_unique_violation()
}
