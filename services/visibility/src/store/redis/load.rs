use std::collections::BTreeSet;

use redis::pipe;
use vocabulary::{Invalid, ReservationId, Sequence, Sku};

use super::keys::HEAD;
use super::write::{Kind, Target};
use super::{RedisCache, keys, text};
use crate::core::{Book, Edge, Head, touched, touched_edges};
use crate::store::{Applied, CacheFault, Change, Logged};

impl RedisCache {
    /// The part of the view that the chunk touches. A release names its reservation only, so its item may need a second look; if
    /// the head moves between the two, writing fails and all of it is read again.
    pub(super) async fn load(&self, target: &Target<'_>, chunk: &[Logged]) -> Result<Book, CacheFault> {
        let damaged = |invalid: Invalid| CacheFault::damaged(target.warehouse.as_str(), invalid);
        let (skus, released) = touched_by(chunk);
        let wanted = std::iter::once(HEAD.to_owned()).chain(skus.iter().map(|sku| (*sku).to_owned()));
        let wanted = wanted.chain(released.iter().map(|id| keys::reservation(*id)));
        let edges: BTreeSet<String> = chunk.iter().flat_map(|logged| touched_edges(&logged.entry)).collect();
        let wanted = wanted.chain(edges.iter().map(|key| keys::edge(key)));
        let mut stored = self.fields(target, &wanted.collect::<Vec<_>>()).await?.into_iter();
        let head = stored.next().flatten().map(|head| text::read_head(&head)).transpose().map_err(damaged)?;
        let mut book = Book::at(head.unwrap_or_default());
        load_values(&mut book, &skus, stored.by_ref().take(skus.len())).map_err(damaged)?;
        let more = load_open(&mut book, &released, stored.by_ref().take(released.len())).map_err(damaged)?;
        load_edges(&mut book, edges, stored).map_err(damaged)?;
        let more: BTreeSet<&str> = more.iter().map(Sku::as_str).filter(|sku| !skus.contains(sku)).collect();
        if !more.is_empty() {
            let wanted: Vec<String> = more.iter().map(|sku| (*sku).to_owned()).collect();
            let stored = self.fields(target, &wanted).await?;
            load_values(&mut book, &more, stored.into_iter()).map_err(damaged)?;
        }
        Ok(book)
    }

    async fn fields(
        &self,
        target: &Target<'_>,
        wanted: &[String],
    ) -> Result<Vec<Option<String>>, CacheFault> {
        let mut get = pipe();
        get.cmd("HMGET").arg(&target.keys.view).arg(wanted);
        let (stored,) = self.connection.query(&get).await?;
        Ok(stored)
    }

    /// What other replicas applied since this one last knew, from the stream they left it in. When the stream does not reach
    /// back far enough, what it has up to the head.
    pub(super) async fn changes_of_others(
        &self,
        target: &Target<'_>,
        since: Sequence,
        head: Head,
    ) -> Result<Applied, CacheFault> {
        if head.sequence <= since || target.kind == Kind::Draft {
            return Ok(Applied::at(head));
        }
        let mut range = pipe();
        let (from, to) = (format!("{}-0", since.next()), format!("{}-0", head.sequence));
        range.cmd("XRANGE").arg(&target.keys.changes).arg(from).arg(to);
        let (stored,): (Vec<(String, Vec<String>)>,) = self.connection.query(&range).await?;
        let damaged = |invalid: Invalid| CacheFault::damaged(target.warehouse.as_str(), invalid);
        let mut tail = Tail { after: since, last: since, changes: Vec::new() };
        for (id, fields) in stored {
            let last = id
                .split('-')
                .next()
                .and_then(|text| text.parse().ok())
                .map_or(Sequence::START, Sequence::new);
            let (first, changes) =
                text::read_changes(fields.get(1).map_or("", String::as_str)).map_err(damaged)?;
            tail.add(first, last, changes);
        }
        Ok(tail.up_to(head))
    }
}

/// Changes without a hole, so far.
struct Tail {
    after: Sequence,
    last: Sequence,
    changes: Vec<Change>,
}

impl Tail {
    fn add(&mut self, first: Sequence, last: Sequence, changes: Vec<Change>) {
        if first > self.last.next() {
            self.changes.clear();
            self.after = Sequence::new(first.get().saturating_sub(1));
        }
        let after = self.after;
        self.changes.extend(changes.into_iter().filter(|change| change.sequence > after));
        self.last = last;
    }

    fn up_to(self, head: Head) -> Applied {
        if self.last != head.sequence {
            return Applied::at(head);
        }
        Applied { after: self.after, changes: self.changes, ..Applied::at(head) }
    }
}

fn touched_by(chunk: &[Logged]) -> (BTreeSet<&str>, BTreeSet<ReservationId>) {
    let (mut skus, mut released) = (BTreeSet::new(), BTreeSet::new());
    for logged in chunk {
        let (more_skus, more_released) = touched(&logged.entry);
        skus.extend(more_skus);
        released.extend(more_released);
    }
    (skus, released)
}

fn load_values(
    book: &mut Book,
    skus: &BTreeSet<&str>,
    stored: impl Iterator<Item = Option<String>>,
) -> Result<(), Invalid> {
    for (sku, field) in skus.iter().zip(stored) {
        if let Some(field) = field {
            book.load(Sku::parse(sku)?, text::read_value(&field)?);
        }
    }
    Ok(())
}

fn load_edges(
    book: &mut Book,
    keys: BTreeSet<String>,
    stored: impl Iterator<Item = Option<String>>,
) -> Result<(), Invalid> {
    for (key, field) in keys.into_iter().zip(stored) {
        if let Some(field) = field {
            book.load_edge(key, Edge::parse(&field)?);
        }
    }
    Ok(())
}

/// Loads what is open of these and returns its items.
fn load_open(
    book: &mut Book,
    released: &BTreeSet<ReservationId>,
    stored: impl Iterator<Item = Option<String>>,
) -> Result<BTreeSet<Sku>, Invalid> {
    let mut skus = BTreeSet::new();
    for (id, field) in released.iter().zip(stored) {
        if let Some(field) = field {
            let open = text::read_open(&field)?;
            skus.insert(open.sku.clone());
            book.load_open(*id, open);
        }
    }
    Ok(skus)
}
