use tokio::sync::watch;

/// What a part of a process says about itself: whether it can do its work now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// It can.
    Ready,
    /// It cannot yet, or cannot any more: what it waits for, in words for people.
    Waiting(String),
}

impl Readiness {
    /// It cannot: it waits for this.
    pub fn waiting(what: impl Into<String>) -> Self {
        Self::Waiting(what.into())
    }

    /// Whether it can do its work.
    pub const fn is_ready(&self) -> bool {
        matches!(self, Self::Ready)
    }

    /// Tells the listeners, if it is news.
    pub fn tell(self, listeners: &watch::Sender<Self>) {
        listeners.send_if_modified(|known| {
            let is_news = *known != self;
            *known = self;
            is_news
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_news_is_told() {
        let listeners = watch::Sender::new(Readiness::waiting("the database"));
        let mut heard = listeners.subscribe();
        Readiness::waiting("the database").tell(&listeners);
        assert!(!heard.has_changed().unwrap());
        Readiness::Ready.tell(&listeners);
        assert!(heard.borrow_and_update().is_ready());
        Readiness::Ready.tell(&listeners);
        assert!(!heard.has_changed().unwrap());
        Readiness::waiting("the cache").tell(&listeners);
        assert_eq!(*heard.borrow_and_update(), Readiness::waiting("the cache"));
    }
}
