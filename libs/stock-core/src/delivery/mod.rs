//! Deliveries beside the stock: a step of a delivery and what it moves are judged together, and are one entry. Which step may follow says
//! [`work_core`].

mod draft;
mod evolve;
mod expect;
mod fact;
mod judge;
mod line;

pub(crate) use draft::DeliveryDraft;
pub use fact::{Arrived, ArrivedHow, DeliveryFact};
pub(crate) use judge::{judge, step, take_back};
pub use line::{Arrival, DeliveryLine, DeliveryStep, Origins};
