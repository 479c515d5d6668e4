use std::collections::BTreeMap;
use std::time::Duration;

use rpc::Readiness;
use rpc::server::Health;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{StreamExt, StreamMap};
use tokio_util::sync::CancellationToken;

use super::Role;

/// What lasts shorter is not worth a line in the log.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the parts of the process say, as gRPC health and as one word for the whole.
#[derive(Debug)]
pub(super) struct Board {
    health: Health,
    parts: StreamMap<Role, WatchStream<Readiness>>,
    whole: watch::Sender<Readiness>,
}

impl Board {
    /// Until [`Board::follow`] runs, nothing serves.
    pub(super) async fn new(health: Health, parts: Vec<(Role, watch::Receiver<Readiness>)>) -> Self {
        health.not_serving(Health::OVERALL).await;
        for service in parts.iter().flat_map(|(role, _)| role.services()) {
            health.not_serving(service).await;
        }
        let parts = parts.into_iter().map(|(role, told)| (role, WatchStream::new(told))).collect();
        Self { health, parts, whole: watch::Sender::new(Readiness::waiting("its parts")) }
    }

    /// Ready while every part is.
    pub(super) fn whole(&self) -> watch::Receiver<Readiness> {
        self.whole.subscribe()
    }

    /// Passes on what the parts say until `cancel`; then nothing serves any more.
    pub(super) async fn follow(mut self, cancel: CancellationToken) {
        let mut said = BTreeMap::new();
        let roles: Vec<Role> = self.parts.keys().copied().collect();
        loop {
            let next = tokio::select! {
                biased;
                () = cancel.cancelled() => None,
                next = self.parts.next() => next,
            };
            let Some((role, readiness)) = next else { break };
            self.note(role.services(), &readiness).await;
            said.insert(role, readiness);
            let whole = together(&roles, &said);
            self.note(&[Health::OVERALL], &whole).await;
            whole.tell(&self.whole);
        }
        for role in roles {
            self.note(role.services(), &Readiness::waiting("the end")).await;
        }
        self.health.not_serving(Health::OVERALL).await;
    }

    async fn note(&self, services: &[&str], readiness: &Readiness) {
        for service in services {
            self.health.note(service, readiness).await;
        }
    }
}

/// The first part that waits speaks for the whole.
fn together(roles: &[Role], said: &BTreeMap<Role, Readiness>) -> Readiness {
    for role in roles {
        match said.get(role) {
            Some(Readiness::Ready) => {}
            Some(Readiness::Waiting(what)) => return Readiness::waiting(format!("{}: {what}", role.name())),
            None => return Readiness::waiting(role.name()),
        }
    }
    Readiness::Ready
}

/// Says in the log what the process waits for, once it has waited a while, and when the waiting is over.
pub(super) async fn tell_the_log(mut whole: watch::Receiver<Readiness>) {
    let mut told = Readiness::Ready;
    loop {
        let now = whole.borrow_and_update().clone();
        if now != told {
            tokio::select! {
                changed = whole.changed() => if changed.is_ok() { continue } else { return },
                () = tokio::time::sleep(PATIENCE) => {}
            }
            match &now {
                Readiness::Ready => tracing::info!("ready again"),
                Readiness::Waiting(what) => tracing::warn!(waits_for = what, "not ready"),
            }
            told = now;
        }
        if whole.changed().await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_ready_when_every_part_is() {
        let roles = [Role::Catalog, Role::Stock];
        let waits = || Readiness::waiting("warehouse BER");
        for (said, whole) in [
            (vec![], Readiness::waiting("catalog")),
            (vec![(Role::Catalog, Readiness::Ready)], Readiness::waiting("stock")),
            (
                vec![(Role::Catalog, Readiness::Ready), (Role::Stock, waits())],
                Readiness::waiting("stock: warehouse BER"),
            ),
            (vec![(Role::Catalog, Readiness::Ready), (Role::Stock, Readiness::Ready)], Readiness::Ready),
        ] {
            assert_eq!(together(&roles, &said.into_iter().collect()), whole);
        }
    }

    #[tokio::test]
    async fn it_follows_its_parts_until_the_end() {
        let (catalog, stock) =
            (watch::Sender::new(Readiness::Ready), watch::Sender::new(Readiness::waiting("BER")));
        let parts = vec![(Role::Catalog, catalog.subscribe()), (Role::Stock, stock.subscribe())];
        let board = Board::new(Health::new(), parts).await;
        let mut whole = board.whole();
        let cancel = CancellationToken::new();
        let following = tokio::spawn(board.follow(cancel.clone()));
        whole.wait_for(|whole| *whole == Readiness::waiting("stock: BER")).await.unwrap();
        Readiness::Ready.tell(&stock);
        whole.wait_for(Readiness::is_ready).await.unwrap();
        Readiness::waiting("its database").tell(&catalog);
        whole.wait_for(|whole| *whole == Readiness::waiting("catalog: its database")).await.unwrap();
        cancel.cancel();
        following.await.unwrap();
    }
}
