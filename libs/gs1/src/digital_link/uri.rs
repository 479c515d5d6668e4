use crate::charset::first_outside_uri;
use crate::error::{Error, Reason};

/// The schemes, in the two ways in which they are recognised.
const SCHEMES: [&str; 4] = ["https://", "HTTPS://", "http://", "HTTP://"];

/// A piece of a URI, and the byte where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// Where a URI leads on its host. The fragment says nothing of GS1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uri<'a> {
    /// From the slash after the host on.
    pub(super) path: Piece<'a>,
    pub(super) query: Piece<'a>,
}

impl<'a> Piece<'a> {
    /// The piece before, and the one behind, a character; without one, all and nothing.
    pub(super) fn split(self, by: char) -> (Self, Self) {
        let (before, behind) = self.text.split_once(by).unwrap_or((self.text, ""));
        (
            Self { text: before, ..self },
            Self { text: behind, at: self.at.saturating_add(before.len()).saturating_add(1) },
        )
    }
}

/// Whether a text says that it is a web address.
pub(crate) fn begins_uri(text: &str) -> bool {
    SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

/// Takes a URI apart.
pub(super) fn split(text: &str) -> Result<Uri<'_>, Error> {
    let begins = check_host(text)?;
    let path = text.get(begins..).filter(|path| path.starts_with('/'));
    let path = path.ok_or_else(|| Error::at(begins, Reason::Malformed("give the URI a path")))?;
    let (before_fragment, _) = Piece { text: path, at: begins }.split('#');
    let (path, query) = before_fragment.split('?');
    Ok(Uri { path, query })
}

/// Checks a URI's characters, scheme and host, and says where the host ends.
pub(super) fn check_host(text: &str) -> Result<usize, Error> {
    if let Some(at) = first_outside_uri(text) {
        return Err(Error::at(at, Reason::Malformed("no URI holds this character: escape it with %")));
    }
    let scheme = SCHEMES.iter().find(|scheme| text.starts_with(**scheme));
    let begins = scheme.ok_or(Error::at(0, Reason::NotADigitalLink))?.len();
    let behind = text.get(begins..).unwrap_or_default();
    let host = behind.split('/').next().unwrap_or_default();
    if host.is_empty() {
        return Err(Error::at(begins, Reason::Malformed("give the URI a host")));
    }
    match host.bytes().position(|byte| !is_of_host(byte)) {
        Some(at) => {
            Err(Error::at(begins.saturating_add(at), Reason::Malformed("no host holds this character")))
        }
        None => Ok(begins.saturating_add(host.len())),
    }
}

/// Letters, digits and what names, addresses and ports are written with.
const fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']')
}
