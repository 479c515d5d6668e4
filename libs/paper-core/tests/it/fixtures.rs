//! One paper of every kind.

use paper_core::templates::{
    Amount, ComponentLine, CountLine, CountSheet, DeliveryNote, Difference, Goods, GoodsReceipt, OutputLine,
    Package, PackedGoods, PackingList, PickLine, PickList, ProductionOrder, PutAwayLine, PutAwayList,
    ReceiptLine, ShippedLine, SsccLabel, TraceCertificate, TracedEvent, TracedLink, TracedLot,
    compose_return_note,
};
use paper_core::{AsOf, Correction, Head, Issued, Issuer, Kind, Language, Number, Paper, Place, Word};
use vocabulary::{Gtin, Quantity, Sscc};

pub(crate) const SSCC: &str = "376104250021234569";
pub(crate) const GTIN: &str = "09520123456788";

pub(crate) fn head(kind: Kind, language: Language) -> Head {
    Head {
        number: Number::try_new(kind, 2026, 17).unwrap(),
        language,
        issuer: Issuer {
            legal_entity: "ACME-DE".into(),
            name: "Acme Möbel & Söhne GmbH".into(),
            address: vec![
                "Köpenicker Straße 12".into(),
                "10997 Berlin, Deutschland".into(),
                "DE 123 456 789".into(),
            ],
        },
        warehouse: Place { code: "BER".into(), name: "Berlin-Adlershof".into(), gln: "6291041500213".into() },
        issued: Issued {
            date: "2026-12-01".into(),
            at: "2026-12-01T09:05:30+01:00".into(),
            time_zone: "Europe/Berlin".into(),
        },
        as_of: vec![AsOf { warehouse: "BER".into(), sequence: 4217 }],
        corrects: None,
    }
}

pub(crate) fn amount(quantity: &str) -> Amount {
    Amount { quantity: Quantity::parse(quantity).unwrap(), unit: "EA".into() }
}

fn weighed(quantity: &str) -> Amount {
    Amount { unit: "KG".into(), ..amount(quantity) }
}

pub(crate) fn goods(sku: &str, name: &str, lot: &str) -> Goods {
    Goods { sku: sku.into(), name: name.into(), lot: lot.into() }
}

fn chair() -> Goods {
    goods("CHAIR-OAK-01", "Stuhl Eiche, geölt", "L-2026-11")
}

fn strings<const N: usize>(lines: [&str; N]) -> Vec<String> {
    lines.map(str::to_owned).to_vec()
}

/// One of each kind.
pub(crate) fn paper(kind: Kind, language: Language) -> Paper {
    let head = head(kind, language);
    match kind {
        Kind::GoodsReceiptNote => receipt().compose(head),
        Kind::ReturnNote => compose_return_note(&returned(), head),
        Kind::PutAwayList => put_away().compose(head),
        Kind::PickList => picking().compose(head),
        Kind::PackingList => packing().compose(head),
        Kind::DeliveryNote => delivery(6).compose(head),
        Kind::SsccLabel => label().compose(head),
        Kind::CountSheet => count().compose(head),
        Kind::ProductionOrder => production().compose(head),
        Kind::TraceCertificate => trace().compose(head),
    }
}

/// One that corrects another.
pub(crate) fn correction(language: Language) -> Paper {
    let mut head = head(Kind::GoodsReceiptNote, language);
    let number = Number::try_new(Kind::GoodsReceiptNote, 2026, 16).unwrap();
    head.corrects = Some(Correction { number, reason: "2 Kartons mehr gezählt".into() });
    receipt().compose(head)
}

fn receipt() -> GoodsReceipt {
    let line = |number, goods, announced, received, inspected| ReceiptLine {
        number,
        goods,
        announced,
        received,
        inspected,
    };
    GoodsReceipt {
        delivery: "PO-2026/00417".into(),
        source: Word::Purchase,
        partner: strings(["Ébénisterie Château-Gaillard", "12, rue de l’Évêché", "67000 Strasbourg, France"]),
        carrier: "DHL".into(),
        due: "2026-11-30".into(),
        state: Word::StateClosed,
        lines: vec![
            line(1, chair(), amount("40"), amount("38"), amount("8")),
            line(
                2,
                goods("TABLE-ASH", "Table en frêne massif, 180 × 90 cm", ""),
                amount("6"),
                amount("6"),
                amount("0"),
            ),
            line(
                3,
                goods("OIL-5L", "Hartwachsöl farblos", ""),
                weighed("12.5"),
                weighed("12.75"),
                weighed("0"),
            ),
        ],
        units: strings([SSCC, "376104250021234576"]),
        differences: vec![
            Difference {
                number: 1,
                kind: Word::Short,
                amount: amount("2"),
                answerable: Word::BySupplier,
                note: "fehlten im Karton 3".into(),
            },
            Difference {
                number: 2,
                kind: Word::Damaged,
                amount: amount("1"),
                answerable: Word::ByCarrier,
                note: String::new(),
            },
        ],
    }
}

fn returned() -> GoodsReceipt {
    let line = ReceiptLine {
        number: 1,
        goods: chair(),
        announced: amount("2"),
        received: amount("2"),
        inspected: amount("0"),
    };
    GoodsReceipt {
        delivery: "RMA-88".into(),
        source: Word::CustomerReturn,
        partner: strings(["Señor Núñez"]),
        carrier: String::new(),
        state: Word::StateArriving,
        lines: vec![line],
        units: Vec::new(),
        differences: Vec::new(),
        ..receipt()
    }
}

fn put_away() -> PutAwayList {
    let line = |to: &str, unit: &str, quantity| PutAwayLine {
        goods: chair(),
        handling_unit: unit.into(),
        amount: amount(quantity),
        from: "DOCK-1".into(),
        to: to.into(),
    };
    PutAwayList {
        delivery: "PO-2026/00417".into(),
        lines: vec![line("A-01-02-3", SSCC, "24"), line("A-01-03-1", "", "12"), line("B-07-01-2", "", "2")],
    }
}

fn picking() -> PickList {
    let line = |location: &str, order: &str, quantity| PickLine {
        location: location.into(),
        goods: chair(),
        order: order.into(),
        amount: amount(quantity),
    };
    PickList {
        wave: "W-2026-12-01-A".into(),
        order: String::new(),
        carrier: "UPS".into(),
        due: "2026-12-01".into(),
        priority: "5".into(),
        lines: vec![
            line("A-01-02-3", "SO-1001", "4"),
            line("A-01-03-1", "SO-1002", "1"),
            line("C-02-05", "SO-1001", "12"),
        ],
    }
}

fn packing() -> PackingList {
    let packed = |unit: &str, goods, serials, quantity| PackedGoods {
        unit: unit.into(),
        goods,
        serials,
        amount: amount(quantity),
    };
    let lamp = goods("LAMP-7", "Lámpara de mesa «Niña»", "");
    PackingList {
        sscc: Sscc::parse(SSCC).unwrap(),
        kind: "PALLET".into(),
        location: "DOCK-2".into(),
        parent: String::new(),
        goods: vec![
            packed(SSCC, chair(), Vec::new(), "12"),
            packed("376104250021234576", lamp, strings(["SN-0001", "SN-0002", "SN-0003"]), "3"),
        ],
    }
}

/// A note of so many lines.
pub(crate) fn delivery(lines: u32) -> DeliveryNote {
    let line = |number: u32| ShippedLine {
        number,
        goods: goods(
            &format!("ART-{number:05}"),
            "Regalboden Fichte, gehobelt und geschliffen",
            if number.is_multiple_of(3) { "L-77" } else { "" },
        ),
        ordered: amount("10"),
        shipped: amount(if number.is_multiple_of(4) { "8.5" } else { "10" }),
        back_ordered: amount(if number.is_multiple_of(4) { "1.5" } else { "0" }),
    };
    DeliveryNote {
        order: "SO-1001".into(),
        customer_reference: "Ihre Bestellung vom 24.11.".into(),
        customer: strings(["Muebles Peñíscola, S.L.", "Calle del Año Nuevo, 3", "12598 Peñíscola, España"]),
        ship_to: strings(["Muebles Peñíscola, S.L.", "Muelle 4", "12004 Castellón"]),
        carrier: "Seur".into(),
        tracking: "00340434161094015902".into(),
        shipped_on: "2026-12-01".into(),
        lines: (1..=lines).map(line).collect(),
        packages: vec![Package { sscc: SSCC.into(), kind: "PALLET".into() }],
    }
}

fn label() -> SsccLabel {
    let content = (chair(), Some(Gtin::parse(GTIN).unwrap()), amount("48"));
    SsccLabel { sscc: Sscc::parse(SSCC).unwrap(), kind: "PALLET".into(), content: Some(content) }
}

fn count() -> CountSheet {
    let line = |location: &str, goods| CountLine {
        location: location.into(),
        goods,
        unit: "EA".into(),
        expected: None,
    };
    CountSheet {
        plan: "CYCLE-A-2026-W49".into(),
        lines: vec![
            line("A-01-02-3", chair()),
            line("A-01-03-1", goods("LAMP-7", "Lámpara de mesa «Niña»", "")),
            line("A-01-04-1", goods("TABLE-ASH", "Table en frêne massif, 180 × 90 cm", "")),
        ],
    }
}

fn production() -> ProductionOrder {
    let part = |sku: &str, name: &str, quantity| ComponentLine {
        goods: goods(sku, name, ""),
        location: "RAW-1".into(),
        required: amount(quantity),
    };
    ProductionOrder {
        order: "MO-0042".into(),
        product: chair(),
        amount: amount("100"),
        bill_of_material: "CHAIR-OAK-01 v3".into(),
        due: "2026-12-04".into(),
        components: vec![part("LEG-OAK", "Stuhlbein Eiche", "412"), part("SEAT-OAK", "Sitzfläche", "102")],
        outputs: vec![OutputLine { goods: chair(), location: "FG-1".into(), expected: amount("100") }],
    }
}

fn trace() -> TraceCertificate {
    let lot = |level, goods| TracedLot { level, goods, serial: String::new() };
    let oak = goods("OAK-PLANK", "Eichenbohle 50 mm", "FSC-7781");
    let event = |what: &str, kind, party: &str, quantity| TracedEvent {
        what: what.into(),
        kind,
        warehouse: "BER".into(),
        party: party.into(),
        amount: amount(quantity),
        first_on: "2026-11-02".into(),
        last_on: "2026-11-20".into(),
    };
    TraceCertificate {
        goods: chair(),
        serial: String::new(),
        lots: vec![lot(0, chair()), lot(-1, oak)],
        events: vec![
            event("CHAIR-OAK-01 / L-2026-11", Word::WentToCustomer, "PENISCOLA", "40"),
            event("CHAIR-OAK-01 / L-2026-11", Word::Held, "", "60"),
            event("OAK-PLANK / FSC-7781", Word::CameFromSupplier, "GAILLARD", "25"),
        ],
        links: vec![TracedLink {
            from: "OAK-PLANK / FSC-7781".into(),
            consumed: amount("25"),
            to: "CHAIR-OAK-01 / L-2026-11".into(),
            produced: amount("100"),
            warehouse: "BER".into(),
            on: "2026-11-10".into(),
        }],
    }
}
