use rpc::ApiError;

use super::edges::{Freshest, unknown};
use super::graph::Event;
use crate::core::{EdgeKind, Node};
use crate::engine::{Engine, Fresh};
use crate::store::EdgeWant;

/// A page of those who got something.
#[derive(Debug)]
pub(crate) struct Recipients {
    pub(crate) events: Vec<Event>,
    /// Warehouse and key where the next page goes on after; `None` at the end.
    pub(crate) next: Option<(String, String)>,
    pub(crate) fresh: Vec<Fresh>,
}

impl Engine {
    /// Those who got goods of a lot or a unit, by warehouse and party, after a warehouse and a key in it (both may be empty).
    pub(crate) async fn recipients(
        &self,
        node: &Node,
        (warehouse, key): (&str, &str),
        limit: usize,
    ) -> Result<Recipients, ApiError> {
        let places = self.places(std::slice::from_ref(node)).await?.pop().unwrap_or_default();
        if places.is_empty() {
            return Err(unknown(node));
        }
        let prefix = EdgeKind::Issued.prefix(node);
        let mut fresh = Freshest::default();
        let (mut events, mut next): (Vec<Event>, _) = (Vec::new(), None);
        for code in places.into_iter().filter(|code| code.as_str() >= warehouse) {
            let left = limit.saturating_sub(events.len());
            let last =
                events.last().map(|event| (event.warehouse.clone(), format!("{prefix}{}", event.other)));
            if left == 0 {
                next = last;
                break;
            }
            let after = if code == warehouse { key.to_owned() } else { String::new() };
            let want = EdgeWant { warehouse: code.clone(), prefix: prefix.clone(), after, limit: left };
            let Some(page) = self.edges(&[want], &mut fresh).await?.pop() else { break };
            events.extend(page.edges.into_iter().map(|(key, edge)| Event {
                node: 0,
                warehouse: code.clone(),
                kind: key.kind,
                other: key.other,
                edge,
            }));
            if page.more {
                next = events.last().map(|event| (code.clone(), format!("{prefix}{}", event.other)));
                break;
            }
        }
        Ok(Recipients { events, next, fresh: fresh.finish() })
    }
}
