//! What holds for every label: whatever is read is refused or understood, never more than that; what is written is read back.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::charset::Charset;
use crate::table::Part;
use crate::testing::{all, content};
use crate::{
    Ai, Checks, Content, DigitalLink, Element, Elements, Epc, Error, Meaning, Rules, Stem,
    build_digital_link, parse_bracketed, parse_element_string, parse_message, parse_scan,
};

const CSET82: &str = "[!\"%&'()*+,./0-9:;<=>?A-Z_a-z-]";

fn syntax() -> Rules {
    Rules { checks: Checks::SYNTAX, ..content() }
}

/// A text that a part allows.
fn part_text(part: &'static Part) -> BoxedStrategy<String> {
    let characters = match part.charset {
        Charset::Digits => "[0-9]",
        Charset::Cset82 => CSET82,
        Charset::Cset39 => "[#/0-9A-Z-]",
        Charset::Cset64 => "[0-9A-Za-z_-]",
    };
    let pattern = format!("{characters}{{{},{}}}", part.length_min, part.length_max);
    proptest::string::string_regex(&pattern).unwrap().boxed()
}

/// A value that an AI allows, as far as lengths and characters go: all of its parts, or not all of the optional ones.
fn value(ai: Ai) -> impl Strategy<Value = String> {
    let parts = ai.row().parts;
    let needed = parts.iter().filter(|part| !part.is_optional).count();
    (needed..=parts.len()).prop_flat_map(move |count| {
        let texts: Vec<_> = parts.iter().take(count).map(part_text).collect();
        texts.prop_map(|texts| texts.concat())
    })
}

fn element() -> impl Strategy<Value = Element<'static>> {
    select(Ai::all().collect::<Vec<_>>()).prop_flat_map(|ai| {
        value(ai).prop_map(move |value| Element::parse(ai.as_str(), &value, &syntax()).unwrap().into_owned())
    })
}

/// One to eight elements, each AI once.
fn label() -> impl Strategy<Value = Elements<'static>> {
    proptest::collection::vec(element(), 1..8).prop_map(|mut elements| {
        elements.sort_by_key(Element::ai);
        elements.dedup_by_key(|element| element.ai());
        collected(elements)
    })
}

/// Elements of which some can stand in a Digital Link.
fn linkable() -> impl Strategy<Value = Elements<'static>> {
    label().prop_filter_map("it has no Digital Link", |elements| {
        build_digital_link(Stem::CANONICAL, &elements).is_ok().then_some(elements)
    })
}

fn collected(elements: Vec<Element<'static>>) -> Elements<'static> {
    let mut collected = Elements::new();
    elements.into_iter().for_each(|element| collected.push(element).unwrap());
    collected
}

/// The elements in the order of their AIs.
fn sorted<'e, 'a: 'e>(elements: impl IntoIterator<Item = &'e Element<'a>>) -> Vec<Element<'a>> {
    let mut sorted: Vec<_> = elements.into_iter().cloned().collect();
    sorted.sort_by_key(Element::ai);
    sorted
}

/// Reads a text in every form, and does with it what can be done.
fn read_every_way(text: &str) {
    for rules in [syntax(), content(), all()] {
        for read in [parse_element_string, parse_message, parse_bracketed] {
            check(text, read(text, &rules).map(|elements| use_elements(&elements)));
        }
        check(text, parse_scan(text, &rules).map(|scan| scan.content.elements().map(use_elements)));
        for read in [DigitalLink::parse, DigitalLink::parse_zero_suppressed] {
            check(text, read(text, &rules).map(|link| use_link(&link)));
        }
        check(text, Epc::parse(text, &rules).map(|epc| epc.to_digital_link(Stem::CANONICAL)));
        check(text, Stem::parse(text));
    }
}

/// What is refused is refused inside the text, with something to say.
fn check<T>(text: &str, result: Result<T, Error>) {
    if let Err(error) = result {
        assert!(error.position() <= text.len(), "{text:?}: {error}");
        assert!(error.to_string().len() > 20, "{text:?}: {error}");
    }
}

fn use_elements(elements: &Elements<'_>) {
    assert_eq!(elements.canonical().canonical(), elements.canonical());
    assert_eq!(parse_element_string(&elements.to_element_string(), &syntax()).as_ref(), Ok(elements));
    assert_eq!(parse_bracketed(&elements.to_string(), &syntax()).as_ref(), Ok(elements));
    for element in elements.iter() {
        let meaning = Meaning::of(element, content().reference_year);
        assert_eq!(matches!(meaning, Meaning::Measure { .. }), element.ai().measure().is_some(), "{element}");
    }
    if let Ok(uri) = build_digital_link(Stem::CANONICAL, elements) {
        assert!(DigitalLink::parse(&uri, &syntax()).is_ok(), "{uri}");
    }
}

fn use_link(link: &DigitalLink<'_>) {
    let canonical = link.to_canonical();
    let again = DigitalLink::parse(&canonical, &syntax()).unwrap();
    assert_eq!(again.to_canonical(), canonical);
    assert_eq!(sorted(again.elements().iter()), sorted(link.elements().iter()));
}

proptest! {
    #[test]
    fn whatever_is_read_is_refused_or_understood(text in "\\PC{0,60}") {
        read_every_way(&text);
    }

    #[test]
    fn what_looks_like_a_label_is_too(text in "[\u{1d}()/?&=%\\\\0-9A-Ca-c.:|+-]{0,40}", form in 0_usize..6) {
        let start = ["", "\u{1d}01", "(01)", "]E0", "https://a/01/", "urn:epc:id:sgtin:"][form];
        read_every_way(&format!("{start}{text}"));
    }

    #[test]
    fn element_strings_are_read_back(elements in label()) {
        let text = elements.to_element_string();
        prop_assert_eq!(parse_element_string(&text, &syntax()), Ok(elements));
    }

    #[test]
    fn brackets_are_read_back(elements in label()) {
        let text = elements.to_string();
        prop_assert_eq!(parse_bracketed(&text, &syntax()), Ok(elements));
    }

    #[test]
    fn scans_are_read_back(elements in label()) {
        let text = format!("]C1{}", elements.to_message());
        let scan = parse_scan(&text, &syntax()).map(|scan| scan.content);
        prop_assert_eq!(scan, Ok(Content::Elements(elements)));
    }

    #[test]
    fn digital_links_are_read_back(elements in linkable()) {
        let uri = build_digital_link(Stem::CANONICAL, &elements).unwrap();
        let link = DigitalLink::parse(&uri, &syntax()).unwrap();
        prop_assert_eq!(sorted(link.elements().iter()), sorted(elements.iter()));
        prop_assert_eq!(link.to_canonical(), uri.clone());
        prop_assert_eq!(build_digital_link(Stem::CANONICAL, link.elements()), Ok(uri));
    }

    #[test]
    fn the_canonical_form_says_the_same_once(elements in label(), repeated in any::<Index>()) {
        let mut twice: Vec<_> = elements.iter().cloned().collect();
        twice.push(twice[repeated.index(twice.len())].clone());
        let canonical = collected(twice).canonical();
        prop_assert_eq!(sorted(canonical.iter()), sorted(elements.iter()));
        prop_assert_eq!(canonical.canonical(), canonical.clone());
        let kinds: Vec<_> = canonical.iter().map(|element| !element.ai().is_predefined_length()).collect();
        prop_assert!(kinds.is_sorted());
    }

    #[test]
    fn a_changed_label_is_refused_or_understood(
        elements in label(),
        form in 0_usize..3,
        at in any::<Index>(),
        instead in "[\u{1d}()/?&=%\\\\0-9A-Zé]{0,3}",
    ) {
        let texts = [elements.to_element_string(), elements.to_string(), format!("]C1{}", elements.to_message())];
        let text = &texts[form];
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        let place = places[at.index(places.len())];
        let mut behind = text[place..].chars();
        behind.next();
        read_every_way(&format!("{}{instead}{}", &text[..place], behind.as_str()));
    }
}
