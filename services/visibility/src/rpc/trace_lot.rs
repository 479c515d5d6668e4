use proto::visibility::v1::{TraceDirection, TraceLotRequest, TraceLotResponse};
use rpc::{ApiError, Deadline, Reason};

use super::limit::at_most;
use super::{answer, trace_answer};
use crate::engine::{Detail, Direction, Engine, Wish};

const LEVELS_DEFAULT: u32 = 10;
const LEVELS_MAX: u32 = 1000;
const NODES_DEFAULT: usize = 1000;
const NODES_MAX: usize = 5000;

pub(super) async fn handle(
    engine: &Engine,
    request: TraceLotRequest,
    deadline: Deadline,
) -> Result<TraceLotResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let directions = match TraceDirection::try_from(request.direction) {
        Ok(TraceDirection::Up) => vec![Direction::Up],
        Ok(TraceDirection::Down) => vec![Direction::Down],
        Ok(TraceDirection::Unspecified | TraceDirection::Both) => vec![Direction::Up, Direction::Down],
        Err(_) => {
            let message = format!("direction {} is not valid: use UP, DOWN or BOTH", request.direction);
            return Err(ApiError::invalid(Reason::BadField, "direction", message));
        }
    };
    let levels = bounded(request.levels, "levels", (LEVELS_DEFAULT, LEVELS_MAX))?;
    let nodes_max = usize::try_from(request.nodes_max).unwrap_or(usize::MAX);
    let nodes_max = bounded(nodes_max, "nodes_max", (NODES_DEFAULT, NODES_MAX))?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    let node = trace_answer::node(engine, request.key, until).await?;
    engine.at_least(&request.at_least, until).await?;
    let graph = engine.trace(&Wish { node, directions, levels, nodes_max, detail: Detail::Events }).await?;
    Ok(TraceLotResponse {
        nodes: graph.nodes.iter().map(|(node, level)| trace_answer::traced(node, *level)).collect(),
        events: graph.events.into_iter().map(trace_answer::event).collect(),
        links: graph.links.into_iter().map(trace_answer::link).collect(),
        truncated: graph.truncated,
        freshness: graph.fresh.into_iter().map(answer::freshness).collect(),
    })
}

/// A number from 1 to the largest; 0 stands for the default.
fn bounded<N: PartialOrd + Default + Copy + std::fmt::Display>(
    asked: N,
    field: &str,
    (default, max): (N, N),
) -> Result<N, ApiError> {
    if asked == N::default() {
        return Ok(default);
    }
    if asked <= max {
        return Ok(asked);
    }
    let message = format!("{field} {asked} is out of range: 1 to {max}, or 0 for {default}");
    Err(ApiError::invalid(Reason::BadField, field, message).with("limit", max))
}
