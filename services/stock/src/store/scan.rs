//! Reading a journal through to its end, for a start: a million rows in a second or two. This uses sqlx directly (ADR 11):
//! on PostgreSQL the rows come as one binary COPY, which spares both sides the work of a result set; on SQLite as one
//! statement with a deep buffer between its thread and this task.

use bytes::{Buf, Bytes, BytesMut};
use database::{Backend, Database};
use futures::{StreamExt, TryStreamExt};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row as _};
use stock_core::ChainHash;
use tokio::sync::mpsc;
use vocabulary::Sequence;

use super::StoreFault;
use super::journal::chain_hash;
use super::open::wrong_backend;

/// Entries handed over at once.
const ENTRIES_A_CHUNK: usize = 4_000;
/// Bytes of entries after which a chunk is handed over although it has fewer: decoded, an entry takes several times as much.
const BYTES_A_CHUNK: usize = 1 << 20;
/// The primary key has the wanted order. A server without fresh statistics, as after a load, would sort the whole table instead.
const IN_ORDER_OF_THE_INDEX: [(&str, &str); 3] =
    [("enable_sort", "off"), ("enable_seqscan", "off"), ("enable_bitmapscan", "off")];
/// Chunks read ahead.
const CHUNKS_AHEAD: usize = 2;
/// PostgreSQL, "COPY", binary format: 11 bytes signature, 4 bytes flags, 4 bytes length of an extension.
const COPY_HEADER: usize = 19;
/// Of a COPY without an extension; nothing else was ever written.
const COPY_SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";

/// -1 fields: there are no more rows.
const COPY_TRAILER: &[u8] = &(-1_i16).to_be_bytes();

/// An entry as it is stored; what else a row has stands in the entry too.
#[derive(Debug, Clone)]
pub(crate) struct Scanned {
    pub(crate) hash: ChainHash,
    pub(crate) entry: Bytes,
}

/// Entries in order, in chunks; an empty chunk says that those were all, and a fault that they were not.
pub(crate) type Scan = mpsc::Receiver<Result<Vec<Scanned>, StoreFault>>;

/// Starts reading what stands in a partition's journal in a range of sequences.
pub(super) fn start(database: Database, partition_id: i32, range: Range) -> Scan {
    let (chunks, scan) = mpsc::channel(CHUNKS_AHEAD);
    tokio::spawn(async move {
        let read = match database.backend() {
            Backend::Postgres => postgres(&database, partition_id, range, &chunks).await,
            Backend::Sqlite => sqlite(&database, partition_id, range, &chunks).await,
        };
        // Nobody may be left to tell.
        let _gone = chunks.send(read.map(|()| Vec::new())).await;
    });
    scan
}

/// Entries after the first sequence, up to and with the second.
pub(crate) type Range = (Sequence, Sequence);

type Chunks = mpsc::Sender<Result<Vec<Scanned>, StoreFault>>;

async fn postgres(
    database: &Database,
    partition_id: i32,
    (after, until): Range,
    chunks: &Chunks,
) -> Result<(), StoreFault> {
    let pool = database.postgres_pool().ok_or_else(wrong_backend)?;
    let options = pool.connect_options().as_ref().clone().options(IN_ORDER_OF_THE_INDEX);
    let mut connection = PgConnection::connect_with(&options).await?;
    let until = until.get().min(i64::MAX.unsigned_abs());
    // Of its own: one that is dropped in the middle of a COPY can be used for nothing else. Three numbers go into the text,
    // because COPY takes no parameters.
    let copy = format!(
        "COPY (SELECT hash, entry FROM journal WHERE partition_id = {partition_id} AND sequence > {after} \
         AND sequence <= {until} ORDER BY sequence) TO STDOUT (FORMAT binary)"
    );
    let mut parts = connection.copy_out_raw(&copy).await?;
    let (mut buffer, mut has_header, mut chunk) = (BytesMut::new(), false, Chunk::default());
    while let Some(part) = parts.next().await {
        buffer.extend_from_slice(&part?);
        if !has_header {
            has_header = take_header(&mut buffer)?;
        }
        while has_header && let Some(row) = take_row(&mut buffer)? {
            chunk.push(row);
        }
        if chunk.is_full() && chunk.send(chunks).await == Listener::Gone {
            return Ok(());
        }
    }
    chunk.send(chunks).await;
    if has_header && buffer == COPY_TRAILER {
        Ok(())
    } else {
        Err(not_copied("it ends in the middle of a row"))
    }
}

/// Whether the header was there, and is gone.
fn take_header(buffer: &mut BytesMut) -> Result<bool, StoreFault> {
    if buffer.len() < COPY_HEADER {
        return Ok(false);
    }
    if !buffer.starts_with(COPY_SIGNATURE) {
        return Err(not_copied("no binary COPY"));
    }
    buffer.advance(COPY_HEADER);
    Ok(true)
}

/// The next row, if all of it has come: the number of its fields, and for each its length and its bytes. -1 fields mean the end.
fn take_row(buffer: &mut BytesMut) -> Result<Option<Scanned>, StoreFault> {
    let mut peek = &buffer[..];
    let Ok(fields) = peek.try_get_i16() else { return Ok(None) };
    if fields == -1 {
        return Ok(None);
    }
    let Some(hash) = field(&mut peek)? else { return Ok(None) };
    let hash = chain_hash(hash)?;
    let Some(entry) = field(&mut peek)? else { return Ok(None) };
    let (length, left) = (entry.len(), peek.len());
    buffer.advance(buffer.len() - left - length);
    Ok(Some(Scanned { hash, entry: buffer.split_to(length).freeze() }))
}

fn field<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a [u8]>, StoreFault> {
    let Ok(length) = rest.try_get_i32() else { return Ok(None) };
    let length = usize::try_from(length).map_err(|_| not_copied("a row has an empty field"))?;
    let Some((field, after)) = rest.split_at_checked(length) else { return Ok(None) };
    *rest = after;
    Ok(Some(field))
}

fn not_copied(detail: &str) -> StoreFault {
    StoreFault::Damaged { what: "journal", detail: format!("it cannot be copied out: {detail}") }
}

async fn sqlite(
    database: &Database,
    partition_id: i32,
    (after, until): Range,
    chunks: &Chunks,
) -> Result<(), StoreFault> {
    let pool = database.sqlite_pool().ok_or_else(wrong_backend)?;
    let select = "SELECT hash, entry FROM journal WHERE partition_id = ?1 AND sequence > ?2 AND sequence <= ?3 ORDER BY sequence";
    let until = i64::try_from(until.get()).unwrap_or(i64::MAX);
    let mut rows =
        sqlx::query(select).bind(partition_id).bind(after.get().cast_signed()).bind(until).fetch(pool);
    let mut chunk = Chunk::default();
    while let Some(row) = rows.try_next().await? {
        let (hash, entry): (&[u8], Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
        chunk.push(Scanned { hash: chain_hash(hash)?, entry: entry.into() });
        if chunk.is_full() && chunk.send(chunks).await == Listener::Gone {
            return Ok(());
        }
    }
    chunk.send(chunks).await;
    Ok(())
}

/// What is handed over next.
#[derive(Debug, Default)]
struct Chunk {
    rows: Vec<Scanned>,
    bytes: usize,
}

/// Whether anybody takes chunks.
#[derive(Debug, PartialEq, Eq)]
enum Listener {
    There,
    Gone,
}

impl Chunk {
    fn push(&mut self, row: Scanned) {
        self.bytes += row.entry.len();
        self.rows.push(row);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= ENTRIES_A_CHUNK || self.bytes >= BYTES_A_CHUNK
    }

    /// Hands over what there is, if anything.
    async fn send(&mut self, chunks: &Chunks) -> Listener {
        let Self { rows, .. } = std::mem::take(self);
        if rows.is_empty() || chunks.send(Ok(rows)).await.is_ok() { Listener::There } else { Listener::Gone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as PostgreSQL writes them.
    fn copied(entries: &[&[u8]]) -> Vec<u8> {
        let mut bytes = [COPY_SIGNATURE, &[0; 8]].concat();
        for entry in entries {
            bytes.extend_from_slice(&2_i16.to_be_bytes());
            for field in [&[7; 32][..], entry] {
                bytes.extend_from_slice(&i32::try_from(field.len()).unwrap().to_be_bytes());
                bytes.extend_from_slice(field);
            }
        }
        bytes.extend_from_slice(&(-1_i16).to_be_bytes());
        bytes
    }

    #[test]
    fn rows_are_read_however_they_are_cut() {
        let entries: [&[u8]; 3] = [b"first", b"", b"third one"];
        let bytes = copied(&entries);
        for cut in 1..bytes.len() {
            let (mut buffer, mut has_header, mut read) = (BytesMut::new(), false, Vec::new());
            for part in bytes.chunks(cut) {
                buffer.extend_from_slice(part);
                has_header = has_header || take_header(&mut buffer).unwrap();
                while has_header && let Some(row) = take_row(&mut buffer).unwrap() {
                    read.push(row.entry);
                }
            }
            assert_eq!(read, entries, "{cut}");
            assert_eq!(buffer, COPY_TRAILER, "{cut}");
        }
    }

    #[test]
    fn what_is_no_copy_is_damaged() {
        let mut other = BytesMut::from(&[b'x'; 40][..]);
        assert!(matches!(take_header(&mut other), Err(StoreFault::Damaged { .. })));
        let mut null = BytesMut::from(&[0, 2, 0xff, 0xff, 0xff, 0xff][..]);
        assert!(matches!(take_row(&mut null), Err(StoreFault::Damaged { .. })));
    }
}
