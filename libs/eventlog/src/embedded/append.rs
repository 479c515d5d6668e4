//! Appending records inside the writer's transaction: a fixed set of prepared statements, many rows each.

use std::collections::HashMap;

use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments, AssertSqlSafe};

use super::fault::from_sqlx;
use super::headers;
use super::position::{Lane, OFFSET_MAX, unpack};
use super::topics::{Retention, Topic};
use crate::fault::LogFault;
use crate::record::Record;

/// Rows of one statement; few different ones, so that all stay prepared.
const ROWS_OF_STATEMENT: [usize; 4] = [500, 50, 5, 1];
const COLUMNS: usize = 4;

/// The next offset of every partition written to so far, as long as nobody else writes to the file.
#[derive(Debug, Default)]
pub(super) struct Heads {
    next: HashMap<Lane, i64>,
    version: Option<i64>,
}

impl Heads {
    /// Forgets the offsets when another connection has committed since. Call it inside the write transaction: from here
    /// on nobody else can.
    pub(super) async fn refresh(&mut self, connection: &mut SqliteConnection) -> Result<(), LogFault> {
        let version =
            sqlx::query_scalar("PRAGMA data_version").fetch_one(connection).await.map_err(from_sqlx)?;
        if self.version != Some(version) {
            self.next.clear();
            self.version = Some(version);
        }
        Ok(())
    }

    /// Gives out the next position of the lane.
    async fn take(&mut self, connection: &mut SqliteConnection, lane: Lane) -> Result<i64, LogFault> {
        let offset = match self.next.get(&lane) {
            Some(offset) => *offset,
            None => next_offset(connection, lane).await?,
        };
        if offset > OFFSET_MAX {
            return Err(LogFault::rejected("a partition is full: use a new topic"));
        }
        self.next.insert(lane, offset + 1);
        Ok(lane.position(offset))
    }
}

/// The offset after the last record. Compaction never removes the last one, for it is the newest of its key.
pub(super) async fn next_offset(connection: &mut SqliteConnection, lane: Lane) -> Result<i64, LogFault> {
    let last: Option<i64> =
        sqlx::query_scalar("SELECT max(position) FROM record WHERE position BETWEEN ?1 AND ?2")
            .bind(lane.range().start())
            .bind(lane.range().end())
            .fetch_one(connection)
            .await
            .map_err(from_sqlx)?;
    Ok(last.map_or(0, |position| unpack(position).1 + 1))
}

/// A record and the position it got.
pub(super) type Placed<'a> = (i64, &'a Record);

pub(super) async fn place<'a>(
    connection: &mut SqliteConnection,
    heads: &mut Heads,
    topic: &Topic,
    records: &'a [Record],
) -> Result<Vec<Placed<'a>>, LogFault> {
    let mut placed = Vec::with_capacity(records.len());
    for record in records {
        placed.push((heads.take(connection, topic.lane_of(&record.key)).await?, record));
    }
    if topic.retention == Retention::NewestOfKey {
        placed = newest_of_keys(placed);
        forget_older(connection, topic, &placed).await?;
    }
    Ok(placed)
}

/// Within one call only the newest record of a key is stored: the others would be deleted at once.
fn newest_of_keys(placed: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let mut newest: HashMap<&[u8], Placed<'_>> = HashMap::with_capacity(placed.len());
    for (position, record) in placed {
        newest.insert(&record.key, (position, record));
    }
    let mut kept: Vec<Placed<'_>> = newest.into_values().collect();
    kept.sort_unstable_by_key(|(position, _)| *position);
    kept
}

async fn forget_older(
    connection: &mut SqliteConnection,
    topic: &Topic,
    placed: &[Placed<'_>],
) -> Result<(), LogFault> {
    for (position, record) in placed {
        let key: &[u8] = &record.key;
        sqlx::query("DELETE FROM record WHERE position = (SELECT position FROM newest WHERE topic_id = ?1 AND key = ?2)")
            .bind(topic.id)
            .bind(key)
            .execute(&mut *connection)
            .await
            .map_err(from_sqlx)?;
        sqlx::query("INSERT OR REPLACE INTO newest (topic_id, key, position) VALUES (?1, ?2, ?3)")
            .bind(topic.id)
            .bind(key)
            .bind(position)
            .execute(&mut *connection)
            .await
            .map_err(from_sqlx)?;
    }
    Ok(())
}

pub(super) async fn insert(connection: &mut SqliteConnection, placed: &[Placed<'_>]) -> Result<(), LogFault> {
    let mut rest = placed;
    for rows in ROWS_OF_STATEMENT {
        while let Some((now, later)) = rest.split_at_checked(rows) {
            insert_rows(connection, now).await?;
            rest = later;
        }
    }
    Ok(())
}

async fn insert_rows(connection: &mut SqliteConnection, rows: &[Placed<'_>]) -> Result<(), LogFault> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(rows.len() * COLUMNS, 0);
    for (position, record) in rows {
        bind(&mut arguments, *position, record).map_err(|error| from_sqlx(sqlx::Error::Encode(error)))?;
    }
    sqlx::query_with(AssertSqlSafe(statement(rows.len())), arguments)
        .execute(connection)
        .await
        .map_err(from_sqlx)?;
    Ok(())
}

fn bind(
    arguments: &mut SqliteArguments,
    position: i64,
    record: &Record,
) -> Result<(), sqlx::error::BoxDynError> {
    arguments.add(position)?;
    arguments.add(&*record.key)?;
    arguments.add(headers::encode(&record.headers))?;
    arguments.add(&*record.value)
}

/// Only the number of rows goes into the text, no data. `OR ROLLBACK` because a fault ends the transaction anyway: it
/// spares SQLite the copies of pages it would keep to undo this one statement.
fn statement(rows: usize) -> String {
    let values = vec!["(?,?,?,?)"; rows].join(",");
    format!("INSERT OR ROLLBACK INTO record (position, key, headers, value) VALUES {values}")
}
