use std::hint::black_box;

use paper_core::templates::{Amount, DeliveryNote, Goods, Package, ShippedLine};
use paper_core::{AsOf, Head, Issued, Issuer, Kind, Language, Number, Paper, Place};
use tokio::time::Instant;
use vocabulary::Quantity;

use crate::bench::load::Latencies;
use crate::bench::report::{Beside, Row};
use crate::output::Failure;

/// Notes that are drawn of each length, after a first one that is not counted.
const NOTES: usize = 200;
/// What a delivery note may take.
const MS: f64 = 50.0;

/// Delivery notes of 20, 100 and 1,000 lines as PDF, from the paper to the bytes, on one core.
pub(super) fn measure() -> Result<Vec<Row>, Failure> {
    [20, 100, 1_000].into_iter().map(drawn).collect()
}

fn drawn(lines: u32) -> Result<Row, Failure> {
    let paper = note(lines)?;
    let draw = || paper.to_pdf(None).map_err(|e| Failure::fault(e.to_string()));
    draw()?;
    let mut taken = Latencies::default();
    for _ in 0..NOTES {
        let started = Instant::now();
        black_box(draw()?);
        taken.add(started.elapsed());
    }
    let name = format!("delivery note of {lines} lines as PDF, p99");
    Ok(Row::new(name, taken.percentile_ms(99), "ms", Beside::limit(MS)))
}

fn note(lines: u32) -> Result<Paper, Failure> {
    let number = Number::try_new(Kind::DeliveryNote, 2026, 17).map_err(|e| Failure::fault(e.to_string()))?;
    let head = Head {
        number,
        language: Language::De,
        issuer: Issuer {
            legal_entity: "ACME-DE".into(),
            name: "Acme Möbel GmbH".into(),
            address: vec!["Köpenicker Straße 12".into(), "10997 Berlin".into()],
        },
        warehouse: Place { code: "BER".into(), name: "Berlin".into(), gln: String::new() },
        issued: Issued {
            date: "2026-12-01".into(),
            at: "2026-12-01T09:05:30+01:00".into(),
            time_zone: "Europe/Berlin".into(),
        },
        as_of: vec![AsOf { warehouse: "BER".into(), sequence: 4217 }],
        corrects: None,
    };
    let note = DeliveryNote {
        order: "SO-1001".into(),
        customer_reference: String::new(),
        customer: vec!["Muebles Peñíscola, S.L.".into(), "12598 Peñíscola".into()],
        ship_to: Vec::new(),
        carrier: "Seur".into(),
        tracking: "00340434161094015902".into(),
        shipped_on: "2026-12-01".into(),
        lines: (1..=lines).map(line).collect(),
        packages: vec![Package { sscc: "376104250021234569".into(), kind: "PALLET".into() }],
    };
    Ok(note.compose(head))
}

fn line(number: u32) -> ShippedLine {
    let amount = |quantity| Amount { quantity: Quantity::from(quantity), unit: "EA".into() };
    ShippedLine {
        number,
        goods: Goods {
            sku: format!("ART-{number:05}"),
            name: "Regalboden Fichte, gehobelt und geschliffen".into(),
            lot: format!("L-{}", number / 10),
        },
        ordered: amount(number + 1),
        shipped: amount(number),
        back_ordered: amount(1),
    }
}
