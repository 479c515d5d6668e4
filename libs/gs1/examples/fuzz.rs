//! Feeds changed labels to every parser: `cargo run --release -p gs1 --example fuzz -- SECONDS [SEED]`, SECONDS of CPU time. It
//! fails at the first text that breaks a promise: no panic, an error lies inside its text, and what is understood can be written
//! and read back as the same. The same seed makes the same texts.

use std::error::Error;
use std::fs;
use std::io::{self, Write};

use gs1::{
    Ai, Checks, DigitalLink, Elements, Epc, Meaning, ReferenceYear, Rules, Stem, TEXT_BYTES_MAX,
    build_digital_link, parse_bracketed, parse_element_string, parse_message, parse_scan,
};

/// Texts to begin with, one of every form and of the difficult values.
const SEEDS: &[&str] = &[
    "\u{1d}0109520123456788172703311\u{1d}21SN00000001",
    "\u{1d}010952012345678817270331100LOT-7\u{1d}21SN00000001",
    "(00)106141412345678908(02)10614141073464(37)48(10)LOT-7A(17)270331",
    "(01)09520123456788(3103)000195(3922)0299(10)A\\(1)B",
    "(8110)106141411234563150110000326123142601015012345661061414190101(8112)0106141411234560123456",
    "(8013)1987654Ad4X4bL5ttr2310c2K(8007)DE89370400440532013000(8003)02112345678900X",
    "(4309)02790858483015297971(4333)000500-(7258)1/2(7040)1ABC(7041)PX(8008)261231235959",
    "(8001)00010000200039(8006)123456789012310510(423)276528056(4300)A%20B(8030)AB_-==",
    "]C10112312312312333235XYZ\u{1d}10ABC",
    "]E02112345678900|]e099COMPOSITE\u{1d}98XYZ",
    "]E402345673",
    "]Q1https://example.com/01/12312312312333?99=TEST",
    "https://id.gs1.org/01/09520123456788/22/2A/10/ABC%2F123/21/S?3103=000195&17=201225&x=y#z",
    "HTTPS://a.example/414/9520123456788/254/32a%2Fb",
    "urn:epc:id:sgtin:9521141.012345.A%2Fb",
    "urn:epc:id:sgln:952114111111..0",
];

/// What is put in: the characters and beginnings on which parsers decide.
const PIECES: &[&str] = &[
    "\u{1d}",
    "(",
    ")",
    "\\(",
    "\\",
    "/",
    "?",
    "&",
    "=",
    "%",
    "%2",
    "%41",
    "%FF",
    "%00",
    "+",
    "#",
    "|",
    "]",
    "|]e0",
    "]C1",
    "https://",
    "urn:epc:id:",
    "0",
    "1",
    "9",
    "00",
    "01",
    "99",
    "8030",
    "253",
    "A",
    "z",
    "-",
    "é",
    "\u{0}",
    "\u{7f}",
    " ",
    "€",
];

/// Longer texts teach nothing more, except the few that go beyond the limits.
const BYTES_MAX: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().ok_or("how many seconds of CPU time?")?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let mut fuzzer =
        Fuzzer { random: Random(seed.max(1)), corpus: SEEDS.iter().map(|&text| text.into()).collect() };
    let mut counts = Counts::default();
    while cpu_seconds()? < seconds {
        for _ in 0..2_000 {
            let text = fuzzer.next_text();
            let understood = read_every_way(&text, &mut counts);
            fuzzer.keep(text, understood);
        }
    }
    let Counts { texts, read, refused } = counts;
    writeln!(
        io::stdout(),
        "seed {seed}: {texts} texts, {read} readings understood, {refused} refused, no failure"
    )?;
    Ok(())
}

/// The CPU time of this process in whole seconds, from the kernel.
fn cpu_seconds() -> Result<u64, Box<dyn Error>> {
    let statistics = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: u64 = statistics.split_whitespace().next().ok_or("no CPU time")?.parse()?;
    Ok(nanoseconds / 1_000_000_000)
}

#[derive(Debug, Default)]
struct Counts {
    texts: u64,
    read: u64,
    refused: u64,
}

/// xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        all.get(self.below(all.len()))
    }
}

struct Fuzzer {
    random: Random,
    corpus: Vec<String>,
}

impl Fuzzer {
    /// A text of the corpus, changed a few times; now and then one that is far too long.
    fn next_text(&mut self) -> String {
        let mut text = self.random.pick(&self.corpus).cloned().unwrap_or_default();
        if self.random.below(20_000) == 0 {
            return text.repeat(1 + 9_000 / text.len().max(1));
        }
        for _ in 0..=self.random.below(4) {
            text = self.changed(&text);
        }
        text
    }

    fn changed(&mut self, text: &str) -> String {
        let (from, to) = self.range(text);
        let (before, cut, behind) = (&text[..from], &text[from..to], &text[to..]);
        let piece = self.random.pick(PIECES).copied().unwrap_or_default();
        let other = self.random.pick(&self.corpus).cloned().unwrap_or_default();
        match self.random.below(7) {
            0 => format!("{before}{behind}"),
            1 => format!("{before}{cut}{cut}{behind}"),
            2 => format!("{before}{piece}{behind}"),
            3 => format!("{before}{piece}{cut}{behind}"),
            4 => format!("{before}{}{behind}", self.element()),
            5 => {
                let (from, to) = self.range(&other);
                format!("{before}{}{behind}", &other[from..to])
            }
            _ => format!(
                "{before}{}{behind}",
                char::from_digit(u32::try_from(self.random.below(10)).unwrap_or(0), 10).unwrap_or('0')
            ),
        }
    }

    /// An AI of the table with a value of about the right length, in brackets or not.
    fn element(&mut self) -> String {
        let ais: Vec<Ai> = Ai::all().collect();
        let Some(ai) = self.random.pick(&ais).copied() else { return String::new() };
        let length = ai.length_min() + self.random.below(ai.length_max() - ai.length_min() + 2);
        let value: String = (0..length).map(|_| self.character()).collect();
        if self.random.below(2) == 0 { format!("({ai}){value}") } else { format!("{ai}{value}\u{1d}") }
    }

    fn character(&mut self) -> char {
        let characters = b"0000111122233344556789ABCz-/%";
        self.random.pick(characters).map_or('0', |byte| char::from(*byte))
    }

    /// Two places between characters, not far from each other.
    fn range(&mut self, text: &str) -> (usize, usize) {
        let mut places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        places.push(text.len());
        let from = self.random.below(places.len());
        let to = (from + self.random.below(6)).min(places.len() - 1);
        (places[from], places[to])
    }

    /// What is understood is worth changing further.
    fn keep(&mut self, text: String, understood: bool) {
        if understood && text.len() <= BYTES_MAX && self.random.below(4) == 0 {
            if self.corpus.len() < 4_000 {
                self.corpus.push(text);
            } else {
                let instead = SEEDS.len() + self.random.below(self.corpus.len() - SEEDS.len());
                self.corpus[instead] = text;
            }
        }
    }
}

/// Whether some form understands the text.
fn read_every_way(text: &str, counts: &mut Counts) -> bool {
    counts.texts += 1;
    let before = counts.read;
    for checks in [Checks::SYNTAX, Checks::CONTENT, Checks::ALL] {
        let Ok(reference_year) = ReferenceYear::parse(2026) else { return false };
        let rules = Rules { checks, reference_year };
        for read in [parse_element_string, parse_message, parse_bracketed] {
            count(text, read(text, &rules).map(|elements| use_elements(&elements, &rules)), counts);
        }
        count(
            text,
            parse_scan(text, &rules).map(|scan| scan.content.elements().map(|all| use_elements(all, &rules))),
            counts,
        );
        for link in [DigitalLink::parse(text, &rules), DigitalLink::parse_zero_suppressed(text, &rules)] {
            count(text, link.map(|link| use_link(&link)), counts);
        }
        count(text, Epc::parse(text, &rules).map(|epc| use_epc(&epc, &rules)), counts);
    }
    counts.read > before
}

fn count<T>(text: &str, result: Result<T, gs1::Error>, counts: &mut Counts) {
    match result {
        Ok(_) => counts.read += 1,
        Err(error) => {
            assert!(error.position() <= text.len() && !error.to_string().is_empty(), "{text:?}: {error:?}");
            counts.refused += 1;
        }
    }
}

fn use_elements(elements: &Elements<'_>, rules: &Rules) {
    let syntax = Rules { checks: Checks::SYNTAX, ..*rules };
    assert_eq!(parse_element_string(&elements.to_element_string(), &syntax).as_ref(), Ok(elements));
    let bracketed = elements.to_string();
    if bracketed.len() <= TEXT_BYTES_MAX {
        assert_eq!(parse_bracketed(&bracketed, rules).as_ref(), Ok(elements));
    }
    assert_eq!(elements.canonical().canonical(), elements.canonical());
    for element in elements.iter() {
        let measured = matches!(Meaning::of(element, rules.reference_year), Meaning::Measure { .. });
        assert_eq!(measured, element.ai().measure().is_some(), "{element}");
    }
    if let Ok(uri) = build_digital_link(Stem::CANONICAL, elements) {
        match DigitalLink::parse(&uri, &syntax) {
            Ok(link) => assert_eq!(link.to_canonical(), uri),
            Err(error) => assert!(uri.len() > TEXT_BYTES_MAX, "{uri}: {error}"),
        }
    }
}

fn use_link(link: &DigitalLink<'_>) {
    let canonical = link.to_canonical();
    assert!(canonical.starts_with(Stem::CANONICAL.as_str()), "{canonical}");
    assert!(Stem::parse(link.stem()).is_ok(), "{}", link.stem());
}

fn use_epc(epc: &Epc<'_>, rules: &Rules) {
    let uri = epc.to_digital_link(Stem::CANONICAL);
    assert!(DigitalLink::parse(&uri, rules).is_ok_and(|link| link.path().nth(1) == epc.qualifier()), "{uri}");
}
