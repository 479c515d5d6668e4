//! Counts beside the stock: what somebody saw on a shelf is compared with what should have been there as of the entry of the journal at
//! which it was read, and the difference is posted on what is there now. Which step may follow says [`work_core`].

mod choose;
mod correct;
mod draft;
mod evolve;
mod fact;
mod judge;
mod line;
mod post;
mod seen;
mod watched;

pub use choose::PlaceChoice;
pub(crate) use draft::CountDraft;
pub use fact::CountFact;
pub(crate) use judge::judge;
pub use line::{CountEntry, CountLine, SeenGoods};
pub(crate) use watched::Watched;
