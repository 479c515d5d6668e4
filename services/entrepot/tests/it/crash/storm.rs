use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use testkit::{TempDir, temp_dir};
use tokio::sync::watch;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::announcer::Announcer;
use super::auditor::{Auditor, Book};
use super::author::Author;
use super::device::Device;
use super::link::{Life, Link};
use super::merges::Tally;
use super::random::Random;
use super::streamer::Streamer;
use super::teller::Teller;
use super::{events, holds, journal, merges, views};
use crate::site::{Site, WAREHOUSES, stock_up};
use crate::support::Server;

/// Clients that post one document at a time.
const TELLERS: u64 = 12;
/// Clients that post on streams.
const STREAMERS: u64 = 3;
/// Most answers between two kills.
const ANSWERS_MAX: u64 = 300;
/// How long no answer may come.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// The server looks for lots to hold, though nothing changed in the catalog.
const OFTEN: [(&str, &str); 1] = [("ENTREPOT_STOCK__LIMITS__HOLD_LOOK_MS", "200")];

/// A run.
pub(super) struct Storm<'s> {
    site: &'s Site,
    random: Random,
    auditor: Arc<Auditor>,
    clients: JoinSet<()>,
    enough: CancellationToken,
    /// Where devices keep their ledgers.
    ledgers: TempDir,
}

/// Figures of a run that went well.
#[derive(Debug)]
pub(super) struct Report {
    kills: u64,
    sent: usize,
    answers: u64,
    asked_again: u64,
    accepted: usize,
    refused: usize,
    never_posted: usize,
    ended: usize,
    held: usize,
    merged: Tally,
    published_again: usize,
    storm: Duration,
    audit: Duration,
}

impl<'s> Storm<'s> {
    pub(super) fn new(site: &'s Site, seed: u64) -> Self {
        Self {
            site,
            random: Random::new(seed),
            auditor: Arc::new(Auditor::new()),
            clients: JoinSet::new(),
            enough: CancellationToken::new(),
            ledgers: temp_dir(),
        }
    }

    /// Kills the process `kills` times under its clients, lets them finish, and audits everything.
    pub(super) async fn run(mut self, kills: u64) -> Report {
        let started = Instant::now();
        let mut server = block_in_place(|| self.site.start_with(&OFTEN));
        let catalog_revision = block_in_place(|| stock_up(&server));
        let (lives, seen) = watch::channel(life(&server));
        self.auditor.announced(catalog_revision);
        self.send_out(&seen).await;
        for _ in 0..kills {
            self.kill(server).await;
            server = block_in_place(|| self.site.start_with(&OFTEN));
            lives.send(life(&server)).unwrap();
        }
        self.answers(ANSWERS_MAX).await;
        self.enough.cancel();
        while let Some(client) = self.clients.join_next().await {
            client.unwrap();
        }
        let (stormed, answers) = (started.elapsed(), *self.auditor.heard().borrow());
        let report = self.audit(server).await;
        Report { kills, answers, storm: stormed, audit: started.elapsed().saturating_sub(stormed), ..report }
    }

    /// The first documents, and then all clients.
    async fn send_out(&mut self, lives: &watch::Receiver<Life>) {
        let author = |number: u64| Author::new(format!("client-{number}"), self.random.fork(number));
        for number in 0..TELLERS {
            let mut teller = Teller {
                author: author(number),
                link: Link::new(lives.clone()),
                auditor: Arc::clone(&self.auditor),
                answered: Vec::new(),
            };
            if number == 0 {
                for warehouse in WAREHOUSES {
                    let opening = teller.author.opening(warehouse);
                    self.auditor.sends(&opening);
                    teller.post(opening).await;
                }
            }
            self.clients.spawn(teller.run(self.enough.clone()));
        }
        for number in TELLERS..TELLERS + STREAMERS {
            let (author, link) = (author(number), Link::new(lives.clone()));
            let streamer = Streamer { author, link, auditor: Arc::clone(&self.auditor) };
            self.clients.spawn(streamer.run(self.enough.clone()));
        }
        let (random, link) = (self.random.fork(TELLERS + STREAMERS), Link::new(lives.clone()));
        let announcer = Announcer { random, link, auditor: Arc::clone(&self.auditor) };
        self.clients.spawn(announcer.run(self.enough.clone()));
        for (number, device) in (TELLERS + STREAMERS + 1..).zip(merges::DEVICES) {
            let (random, by) =
                (self.random.fork(number), (Link::new(lives.clone()), Arc::clone(&self.auditor)));
            let device = Device::new(device, self.ledgers.path(), random, by).await;
            self.clients.spawn(device.run(self.enough.clone()));
        }
    }

    /// Kills the process at a random answer; sometimes as soon as it is ready.
    async fn kill(&mut self, server: Server) {
        if self.random.once_in(8) {
            block_in_place(|| server.kill());
            return;
        }
        let killed = self.auditor.kill_after(self.random.below(ANSWERS_MAX) + 1, server);
        self.fact(killed).await.unwrap();
    }

    /// Waits until so many more answers were heard.
    async fn answers(&mut self, more: u64) {
        let mut heard = self.auditor.heard();
        let enough = *heard.borrow() + more;
        self.fact(heard.wait_for(|heard| *heard >= enough)).await.unwrap();
    }

    /// Waits for a fact; no client may end before.
    async fn fact<T>(&mut self, fact: impl Future<Output = T>) -> T {
        tokio::select! {
            biased;
            fact = timeout(SILENCE_MAX, fact) => fact.expect("clients get answers"),
            client = self.clients.join_next() => {
                client.expect("there are clients").expect("no client finds fault");
                panic!("a client ended before it was told to");
            }
        }
    }

    async fn audit(&self, server: Server) -> Report {
        let channel = rpc::client::connect(server.grpc()).await.unwrap();
        let mut book: Book = self.auditor.close();
        let merged = merges::read(self.ledgers.path(), &mut book).await;
        let (sent, asked_again) = (book.papers.len(), book.asked_again);
        let mut journals = BTreeMap::new();
        for warehouse in WAREHOUSES {
            journal::settle(&channel, warehouse).await;
            holds::settle(&channel, warehouse, &book.news).await;
            let audited = journal::audit(&channel, warehouse, &mut book).await;
            assert_eq!(audited.verified.reservations, audited.model.promises.len());
            views::check(&channel, warehouse, &audited.model, audited.verified.sequence.get()).await;
            journals.insert(warehouse, audited);
        }
        journal::check_rest(&book, &journals);
        merges::finish(&book);
        drop(channel);
        assert!(block_in_place(|| server.stop_with("TERM")).success());
        let log = self.site.event_log().await;
        let records =
            journals.iter().map(|(warehouse, audited)| (*warehouse, &audited.records[..])).collect();
        let published_again = events::check(&log, &records).await;
        let refused = journals.values().map(|audited| audited.refused).sum();
        let ended: usize = journals.values().map(|audited| audited.ended).sum();
        let own: usize = journals.values().map(|audited| audited.own).sum();
        let entries: usize = journals.values().map(|audited| audited.records.len()).sum();
        Report {
            kills: 0,
            sent,
            answers: 0,
            asked_again,
            accepted: entries - refused - own,
            refused,
            never_posted: book.papers.len(),
            ended,
            held: journals.values().map(|audited| audited.held).sum(),
            merged,
            published_again,
            storm: Duration::ZERO,
            audit: Duration::ZERO,
        }
    }
}

fn life(server: &Server) -> Life {
    Life { address: server.grpc().to_owned() }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills in {:.1} s, audit {:.1} s; ",
            self.kills,
            self.storm.as_secs_f64(),
            self.audit.as_secs_f64()
        )?;
        write!(f, "{} documents sent: {} accepted, {} refused, ", self.sent, self.accepted, self.refused)?;
        write!(f, "{} without an answer and never posted; ", self.never_posted)?;
        write!(f, "{} promises ended by themselves; ", self.ended)?;
        write!(f, "{} times lots were held; ", self.held)?;
        let Tally { operations, listed } = self.merged;
        write!(f, "{operations} operations of devices, {listed} of them for a person; ")?;
        write!(f, "{} answers, {} of them again; ", self.answers, self.asked_again)?;
        write!(f, "{} events published again", self.published_again)
    }
}
