//! The table against the GS1 syntax dictionary: against the file that `ENTREPOT_GS1_DICTIONARY` names, if it names one, and always
//! against some of its entries, chosen so that every kind of fact stands in one of them.

use std::collections::BTreeMap;
use std::{env, fs};

use super::{DICTIONARY_RELEASE, Entry, Part, Row, all};
use crate::charset::Charset;
use crate::lint::Linter;

/// Entries as the dictionary writes them: AIs, flags, parts, attributes, title.
const ENTRIES: &str = "
00         *?  N18,csum,gcppos2                  dlpkey                                  # SSCC
01         *?  N14,csum,gcppos2                  ex=255,37 dlpkey=22,10,21|235           # GTIN
03         *   N14,csum,gcppos2                  ex=01,02,37                             # MTO GTIN
17         *?  N6,yymmd0                         req=01,02,03,255,8006,8026              # USE BY or EXPIRY
250         ?  X..30                             req=01,8006 req=21                      # SECONDARY SERIAL
255         ?  N13,csum,gcppos1 [N..12]          dlpkey ex=01,02,415,8006,8020,8026      # GCN
3100-3105  *?  N6                                req=01,02 ex=310n                       # NET WEIGHT (kg)
3920-3929   ?  N..15                             req=01 req=30,31nn,32nn,35nn,36nn ex=392n,393n  # PRICE
3940-3943   ?  N4                                req=255 ex=394n,8111                    # PRCNT OFF
414        *?  N13,csum,gcppos1                  dlpkey=254|7040                         # LOC No.
425         ?  N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166  req=01,02 ex=426  # COUNTRY - DISASSEMBLY
4309        ?  N10,latitude N10,longitude        req=00                                  # SHIP TO GEO
4333        ?  N6 [X1],hyphen                    req=00 ex=4332                          # MIN TEMP C.
7040           N1 X1 X1 X1,importeridx                                                   # UIC+EXT
7258        ?  X3,posinseqslash                  req=8018+7259                           # BIRTH SEQUENCE
8001        ?  N4,nonzero N5,nonzero N3,nonzero N1,winding N1  req=01                    # DIMENSIONS
8008        ?  N6,yymmdd N2,hh [N2],mi [N2],ss   req=01,02                               # PROD TIME
8010        ?  Y..30,gcppos1                     dlpkey=8011                             # CPID
8014           X..25,csumalpha,gcppos1,hasnondigit  req=01                               # MUDI
8030        ?  Z..90  req=00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018         # DIGSIG
8112        ?  X..70,couponposoffer
91-99       ?  X..90                                                                     # INTERNAL
";

#[test]
fn the_table_says_what_chosen_entries_say() {
    let expected = read(ENTRIES);
    assert_eq!(expected.len(), 47);
    for (ai, fact) in expected {
        let entry = all().find(|entry| entry.text == ai);
        assert_eq!(entry.map(written), Some(fact), "{ai}");
    }
}

#[test]
fn the_table_says_what_the_dictionary_says() {
    let Some(path) = env::var_os("ENTREPOT_GS1_DICTIONARY") else {
        // The file is not ours to keep. What is left to check without it: every fact of the table can be written down.
        let facts = all().map(|entry| (entry.text.to_owned(), written(entry)));
        let facts: BTreeMap<_, _> = facts.collect();
        let text: String = facts.iter().map(|(ai, fact)| format!("{ai} {fact}\n")).collect();
        assert_eq!(read(&text), facts);
        return;
    };
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(&format!("# Release: {DICTIONARY_RELEASE}")), "it is another release");
    let ours: BTreeMap<_, _> = all().map(|entry| (entry.text.to_owned(), written(entry))).collect();
    let theirs = read(&text);
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (ai, fact) in theirs {
        assert_eq!(ours.get(&ai), Some(&fact), "{ai}");
    }
}

/// Every AI with its fact, in one order and with single spaces.
fn read(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.flat_map(read_line).collect()
}

fn read_line(line: &str) -> Vec<(String, String)> {
    let (facts, title) = line.split_once('#').unwrap_or((line, ""));
    let mut words = facts.split_whitespace();
    let ais = words.next().unwrap();
    let (attributes, mut fact): (Vec<&str>, Vec<&str>) =
        words.partition(|word| ["req=", "ex=", "dlpkey"].iter().any(|name| word.starts_with(name)));
    for name in ["req=", "ex=", "dlpkey"] {
        fact.extend(attributes.iter().filter(|attribute| attribute.starts_with(name)));
    }
    let title = title.trim();
    // The dictionary has no titles for coupons; ours are our own.
    let title = if title.is_empty() || ais.starts_with("811") && ais != "8111" { "" } else { title };
    let fact = format!("{} # {title}", fact.join(" "));
    range(ais).map(|ai| (ai, fact.clone())).collect()
}

fn range(ais: &str) -> impl Iterator<Item = String> {
    let (first, last) = ais.split_once('-').unwrap_or((ais, ais));
    let digits = first.len();
    let numbers = first.parse::<u32>().unwrap()..=last.parse().unwrap();
    numbers.map(move |number| format!("{number:0digits$}"))
}

/// A fact of our table, as the dictionary would write it.
fn written(entry: &Entry) -> String {
    let Row { title, parts, is_predefined, is_attribute, requires, excludes, qualifiers, .. } = entry.row;
    let flags = format!("{}{}", if *is_predefined { "*" } else { "" }, if *is_attribute { "?" } else { "" });
    let mut words: Vec<String> = if flags.is_empty() { Vec::new() } else { vec![flags] };
    words.extend(parts.iter().map(written_part));
    let required = requires.iter().filter(|alternatives| !alternatives.is_empty());
    words.extend(required.map(|alternatives| format!("req={}", alternatives.join(","))));
    if !excludes.is_empty() {
        words.push(format!("ex={}", excludes.join(",")));
    }
    let alternatives: Vec<_> = qualifiers.iter().map(|alternative| alternative.join(",")).collect();
    match alternatives.join("|") {
        _ if alternatives.is_empty() => {}
        none if none.is_empty() => words.push("dlpkey".to_owned()),
        some => words.push(format!("dlpkey={some}")),
    }
    let title = if matches!(entry.text, "8110" | "8112") { "" } else { title };
    format!("{} # {title}", words.join(" "))
}

fn written_part(part: &Part) -> String {
    let charset = match part.charset {
        Charset::Digits => 'N',
        Charset::Cset82 => 'X',
        Charset::Cset39 => 'Y',
        Charset::Cset64 => 'Z',
    };
    let dots = if part.length_min == part.length_max { "" } else { ".." };
    let mut text = format!("{charset}{dots}{}", part.length_max);
    if part.is_optional {
        text = format!("[{text}]");
    }
    for linter in part.linters {
        text.push(',');
        text.push_str(name(*linter));
    }
    text
}

/// As the dictionary names them.
fn name(linter: Linter) -> &'static str {
    match linter {
        Linter::CheckDigit => "csum",
        Linter::CheckPair => "csumalpha",
        Linter::Country => "iso3166",
        Linter::CountryLetters => "iso3166alpha2",
        Linter::CountryOr999 => "iso3166999",
        Linter::Coupon => "couponcode",
        Linter::CouponOffer => "couponposoffer",
        Linter::CurrencyNumber => "iso4217",
        Linter::Date => "yymmdd",
        Linter::DateOrMonth => "yymmd0",
        Linter::FullDate => "yyyymmdd",
        Linter::Hour => "hh",
        Linter::HourMinute => "hhmi",
        Linter::Hyphen => "hyphen",
        Linter::Iban => "iban",
        Linter::ImporterIndex => "importeridx",
        Linter::Latitude => "latitude",
        Linter::Longitude => "longitude",
        Linter::MediaType => "mediatype",
        Linter::Minute => "mi",
        Linter::NoZeroPrefix => "nozeroprefix",
        Linter::NonDigit => "hasnondigit",
        Linter::NonZero => "nonzero",
        Linter::PackageType => "packagetype",
        Linter::PercentEncoding => "pcenc",
        Linter::PieceOfTotal => "pieceoftotal",
        Linter::PositionInSequence => "posinseqslash",
        Linter::PrefixFirst => "gcppos1",
        Linter::PrefixSecond => "gcppos2",
        Linter::Second => "ss",
        Linter::Sex => "iso5218",
        Linter::Winding => "winding",
        Linter::YesNo => "yesno",
        Linter::Zero => "zero",
    }
}
