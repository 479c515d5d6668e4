use super::escape::push_escaped;
use super::key::best_alternative;
use super::stem::Stem;
use crate::error::{Error, Reason};
use crate::{Association, Element, Elements};

/// Writes elements as a Digital Link. The first one that is a key goes into the path, and behind it what qualifies it, in the
/// order of GS1's table; of alternatives, the one of which most is there, else the first. The rest goes into the query, those
/// of predefined length first, otherwise in their order. What stands twice is written once.
///
/// # Errors
/// [`Error`] when there is no key, when an element may not stand in a Digital Link with it, or when an AI has two values.
pub fn build_digital_link(stem: Stem<'_>, elements: &Elements<'_>) -> Result<String, Error> {
    Association::Repeats.check(elements)?;
    let key = elements.iter().find(|element| element.ai().is_key());
    let key = key.ok_or(Error::at(0, Reason::NoDigitalLinkForm))?;
    let qualifiers = best_alternative(key.ai(), elements).iter().filter_map(|ai| elements.get(ai));
    let path: Vec<_> = std::iter::once(key).chain(qualifiers).collect();
    let mut attributes: Vec<&Element<'_>> = Vec::new();
    for element in elements.iter().filter(|element| !path.contains(element)) {
        if !element.ai().is_attribute() {
            return Err(Error::of_ai(element.position(), element.ai(), Reason::NoDigitalLinkForm));
        }
        if !attributes.contains(&element) {
            attributes.push(element);
        }
    }
    Ok(write_uri(stem, path.into_iter(), attributes.iter().copied()))
}

/// Writes a Digital Link from its parts.
pub(super) fn write_uri<'e, 'a: 'e>(
    stem: Stem<'_>,
    path: impl Iterator<Item = &'e Element<'a>>,
    attributes: impl Iterator<Item = &'e Element<'a>> + Clone,
) -> String {
    let mut uri = stem.as_str().to_owned();
    for element in path {
        push_parts(&mut uri, ["/", element.ai().as_str(), "/"]);
        push_escaped(&mut uri, element.value());
    }
    let mut separator = "?";
    for predefined in [true, false] {
        let of_this_kind = |element: &&Element<'_>| element.ai().is_predefined_length() == predefined;
        for element in attributes.clone().filter(of_this_kind) {
            push_parts(&mut uri, [separator, element.ai().as_str(), "="]);
            push_escaped(&mut uri, element.value());
            separator = "&";
        }
    }
    uri
}

fn push_parts(uri: &mut String, parts: [&str; 3]) {
    uri.extend(parts);
}
