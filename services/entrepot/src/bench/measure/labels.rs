use std::hint::black_box;
use std::time::Duration;

use gs1::{
    Checks, DigitalLink, Elements, ReferenceYear, Rules, Stem, build_digital_link, parse_bracketed,
    parse_element_string, parse_scan,
};
use tokio::time::Instant;

use crate::bench::report::{Beside, Row};
use crate::output::Failure;

const LABELS: u32 = 1_000;
const MEASURED: Duration = Duration::from_secs(1);
/// Labels a second that one core has to read.
const RATE: f64 = 500_000.0;

/// Labels as they stand on a case of medicine or food, `(01)…(17)…(10)…(21)…`, with another lot and serial number each, read by one core
/// in each form that they come in.
pub(super) fn measure() -> Result<Vec<Row>, Failure> {
    let reference_year = ReferenceYear::parse(2026).map_err(|e| Failure::fault(e.to_string()))?;
    let content = Rules { checks: Checks::CONTENT, reference_year };
    let all = Rules { checks: Checks::ALL, reference_year };
    let bracketed: Vec<String> = (0..LABELS).map(label).collect();
    let read = bracketed.iter().map(|text| parse_bracketed(text, &all));
    let labels: Vec<Elements<'_>> =
        read.collect::<Result<_, _>>().map_err(|e| Failure::fault(e.to_string()))?;
    let strings: Vec<String> = labels.iter().map(Elements::to_element_string).collect();
    let scans: Vec<String> = labels.iter().map(|label| format!("]d2{}", label.to_message())).collect();
    let links = labels.iter().map(|label| build_digital_link(Stem::CANONICAL, label));
    let links: Vec<String> = links.collect::<Result<_, _>>().map_err(|e| Failure::fault(e.to_string()))?;
    Ok(vec![
        rate("element strings", &strings, |text| parse_element_string(text, &content).is_ok())?,
        rate("element strings and their associations", &strings, |text| {
            parse_element_string(text, &all).is_ok()
        })?,
        rate("scans", &scans, |text| parse_scan(text, &all).is_ok())?,
        rate("texts in brackets", &bracketed, |text| parse_bracketed(text, &all).is_ok())?,
        rate("Digital Links", &links, |text| DigitalLink::parse(text, &all).is_ok())?,
    ])
}

fn label(number: u32) -> String {
    format!("(01)09520123456788(17)270331(10)LOT-{}(21)SN{number:08}", number / 10)
}

/// Reads all the texts again and again.
fn rate(what: &str, texts: &[String], read: impl Fn(&str) -> bool) -> Result<Row, Failure> {
    let started = Instant::now();
    let mut labels = 0_u64;
    while started.elapsed() < MEASURED {
        for text in texts {
            if !black_box(read(black_box(text))) {
                return Err(Failure::fault(format!("{text:?} is refused")));
            }
            labels += 1;
        }
    }
    let rate = labels as f64 / started.elapsed().as_secs_f64();
    Ok(Row::new(format!("GS1 {what} of four elements, one core"), rate, "labels/s", Beside::limit(RATE)))
}
