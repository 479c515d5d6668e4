//! How many labels a second one core reads: `cargo run --release -p gs1 --example labels_a_second`. A label is
//! `(01)…(17)…(10)…(21)…`, as it stands on a case of medicine or food; lot and serial number differ from label to label.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Duration;

use gs1::{
    Checks, DigitalLink, Elements, ReferenceYear, Rules, Stem, build_digital_link, parse_bracketed,
    parse_element_string, parse_scan,
};

const LABELS: u32 = 1_000;
const MEASURED: Duration = Duration::from_secs(2);

fn main() -> Result<(), Box<dyn Error>> {
    let reference_year = ReferenceYear::parse(2026)?;
    let content = Rules { checks: Checks::CONTENT, reference_year };
    let all = Rules { checks: Checks::ALL, reference_year };

    let bracketed: Vec<String> = (0..LABELS).map(label).collect();
    let read = bracketed.iter().map(|text| parse_bracketed(text, &all));
    let labels: Vec<Elements<'_>> = read.collect::<Result<_, _>>()?;
    let strings: Vec<String> = labels.iter().map(Elements::to_element_string).collect();
    let scans: Vec<String> = labels.iter().map(|label| format!("]d2{}", label.to_message())).collect();
    let links = labels.iter().map(|label| build_digital_link(Stem::CANONICAL, label));
    let links: Vec<String> = links.collect::<Result<_, _>>()?;

    measure("element string", &strings, |text| parse_element_string(text, &content).is_ok())?;
    measure("with associations", &strings, |text| parse_element_string(text, &all).is_ok())?;
    measure("scan", &scans, |text| parse_scan(text, &all).is_ok())?;
    measure("brackets", &bracketed, |text| parse_bracketed(text, &all).is_ok())?;
    measure("Digital Link", &links, |text| DigitalLink::parse(text, &all).is_ok())?;
    Ok(())
}

fn label(number: u32) -> String {
    format!("(01)09520123456788(17)270331(10)LOT-{}(21)SN{number:08}", number / 10)
}

/// Reads all the texts again and again.
fn measure(what: &str, texts: &[String], read: impl Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    let started = now();
    let mut labels = 0_u64;
    while started.elapsed() < MEASURED {
        for text in texts {
            if !black_box(read(black_box(text))) {
                return Err(format!("{text:?} is refused").into());
            }
            labels += 1;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = labels as f64 / seconds;
    writeln!(io::stdout(), "{what:18} {labels:9} labels in {seconds:5.2} s: {rate:9.0} a second")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a program that measures needs a clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
