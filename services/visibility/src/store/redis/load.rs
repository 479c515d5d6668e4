use std::collections::{BTreeMap, BTreeSet};

use redis::pipe;
use vocabulary::{Invalid, ReservationId, Sequence, Sku};

use super::keys::HEAD;
use super::write::{Kind, Target};
use super::{RedisCache, keys, text};
use crate::core::{Book, Detail, Edge, Head, LotState, Promised, Total, Touches, touched_edges};
use crate::store::{Applied, CacheFault, Change, Logged};

impl RedisCache {
    /// The part of the view that the chunk touches. A release names its reservation only, so its item may need a second look; if
    /// the head moves between the two, writing fails and all of it is read again.
    pub(super) async fn load(&self, target: &Target<'_>, chunk: &[Logged]) -> Result<Book, CacheFault> {
        let damaged = |invalid: Invalid| CacheFault::damaged(target.warehouse.as_str(), invalid);
        let mut touches = Touches::default();
        chunk.iter().for_each(|logged| touches.add(&logged.entry));
        let edges: BTreeSet<String> = chunk.iter().flat_map(|logged| touched_edges(&logged.entry)).collect();
        let Touches { skus, slices, lots, places, may_lack, released } = touches;
        let mut wanted = vec![HEAD.to_owned()];
        wanted.extend(released.keys().map(|id| keys::reservation(*id)));
        wanted.extend(edges.iter().map(|key| keys::edge(key)));
        wanted.extend(lots.iter().map(|key| keys::lot(key)));
        wanted.extend(fields_of(&skus, &slices));
        let mut stored = self.fields(target, &wanted).await?.into_iter();
        let head = stored.next().flatten().map(|head| text::read_head(&head)).transpose().map_err(damaged)?;
        let mut book = Book::at(head.unwrap_or_default());
        let ended = load_open(&mut book, &released, stored.by_ref().take(released.len())).map_err(damaged)?;
        let held = edges.len();
        load_edges(&mut book, edges, stored.by_ref().take(held)).map_err(damaged)?;
        for (key, field) in lots.iter().zip(stored.by_ref().take(lots.len())) {
            let lot = field.map(|field| LotState::parse(&field)).transpose().map_err(damaged)?;
            lot.into_iter().for_each(|lot| book.load_lot(key.clone(), lot));
        }
        load_items(&mut book, (&skus, &slices), stored).map_err(damaged)?;
        let more: BTreeSet<&str> =
            ended.iter().map(|(sku, _)| sku.as_str()).filter(|sku| !skus.contains(sku)).collect();
        let ended = ended.iter().map(|(sku, goods)| goods.slice(sku.clone())).collect::<Result<Vec<_>, _>>();
        let ended = ended.map_err(damaged)?.into_iter().filter(|slice| !slice.is_plain());
        let more_slices: BTreeSet<String> =
            ended.map(|slice| slice.to_string()).filter(|key| !slices.contains(key)).collect();
        if !more.is_empty() || !more_slices.is_empty() {
            let stored = self.fields(target, &fields_of(&more, &more_slices)).await?;
            load_items(&mut book, (&more, &more_slices), stored.into_iter()).map_err(damaged)?;
        }
        let watched = |sku: &str| {
            may_lack.contains(sku) || book.detail(sku).is_some_and(|detail| detail.watched.is_some())
        };
        let watched: Vec<String> =
            places.iter().filter(|place| watched(place.sku)).map(ToString::to_string).collect();
        self.load_positions(target, &mut book, watched).await?;
        Ok(book)
    }

    /// Few items have positions that are watched.
    async fn load_positions(
        &self,
        target: &Target<'_>,
        book: &mut Book,
        watched: Vec<String>,
    ) -> Result<(), CacheFault> {
        if watched.is_empty() {
            return Ok(());
        }
        let fields: Vec<String> = watched.iter().map(|key| keys::position(key)).collect();
        for (key, field) in watched.into_iter().zip(self.fields(target, &fields).await?) {
            if let Some(field) = field {
                let sum = Total::parse(&field);
                let sum = sum.map_err(|invalid| CacheFault::damaged(target.warehouse.as_str(), invalid))?;
                book.load_position(key, sum);
            }
        }
        Ok(())
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

/// A value and a detail an item, then a value a slice.
fn fields_of(skus: &BTreeSet<&str>, slices: &BTreeSet<String>) -> Vec<String> {
    let items = skus.iter().flat_map(|sku| [(*sku).to_owned(), keys::detail(sku)]);
    items.chain(slices.iter().map(|key| keys::slice(key))).collect()
}

/// Loads what [`fields_of`] asked for.
fn load_items(
    book: &mut Book,
    (skus, slices): (&BTreeSet<&str>, &BTreeSet<String>),
    mut stored: impl Iterator<Item = Option<String>>,
) -> Result<(), Invalid> {
    for sku in skus {
        if let Some(field) = stored.next().flatten() {
            book.load(Sku::parse(sku)?, text::read_value(&field)?);
        }
        if let Some(field) = stored.next().flatten() {
            book.load_detail(Sku::parse(sku)?, Detail::parse(&field)?);
        }
    }
    for (key, field) in slices.iter().zip(stored) {
        if let Some(field) = field {
            book.load_slice(key.clone(), text::read_value(&field)?);
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

/// Loads what is open of these and returns its items, with the goods that end.
fn load_open<'a>(
    book: &mut Book,
    released: &BTreeMap<ReservationId, BTreeSet<Promised<'a>>>,
    stored: impl Iterator<Item = Option<String>>,
) -> Result<BTreeSet<(Sku, Promised<'a>)>, Invalid> {
    let mut ended = BTreeSet::new();
    for ((id, goods), field) in released.iter().zip(stored) {
        if let Some(field) = field {
            let open = text::read_open(&field)?;
            ended.extend(goods.iter().map(|goods| (open.sku.clone(), *goods)));
            book.load_open(*id, open);
        }
    }
    Ok(ended)
}
