//! One file a kind: what it is composed from, and what stands where. The values come from those who know them; here they only get their
//! places.

mod count_sheet;
mod delivery_note;
mod goods_receipt_note;
mod packing_list;
mod parts;
mod pick_list;
mod production_order;
mod put_away_list;
mod return_note;
mod sscc_label;
mod trace_certificate;

pub use count_sheet::{CountLine, CountSheet};
pub use delivery_note::{DeliveryNote, Package, ShippedLine};
pub use goods_receipt_note::{Difference, GoodsReceipt, ReceiptLine};
pub use packing_list::{PackedGoods, PackingList};
pub use parts::{Amount, Goods};
pub use pick_list::{PickLine, PickList};
pub use production_order::{ComponentLine, OutputLine, ProductionOrder};
pub use put_away_list::{PutAwayLine, PutAwayList};
pub use return_note::compose_return_note;
pub use sscc_label::SsccLabel;
pub use trace_certificate::{TraceCertificate, TracedEvent, TracedLink, TracedLot};
