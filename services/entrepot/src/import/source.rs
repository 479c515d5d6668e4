//! The order file as it comes: plain or gzip, with or without a byte order mark.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::fault::ImportFault;

/// Most bytes of a file, unpacked. All of it is kept in memory.
const FILE_BYTES_MAX: u64 = 2 << 30;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The content of an order file.
#[derive(Debug)]
pub(super) struct Source {
    /// The text, without a byte order mark.
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of the text: a file and its gzip are the same import.
    pub(super) digest: [u8; 32],
}

impl Source {
    /// Reads the file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ImportFault> {
        let unreadable = |error: io::Error| ImportFault::BadFile { path: path.to_owned(), error };
        let file = File::open(path).map_err(unreadable)?;
        Self::read(file, FILE_BYTES_MAX).map_err(unreadable)
    }

    /// A text that is in memory already.
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        let mut bytes = bytes;
        if bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..3);
        }
        let digest = Sha256::digest(&bytes).into();
        Self { bytes, digest }
    }

    fn read(file: impl Read, bytes_max: u64) -> io::Result<Self> {
        let mut packed = BufReader::with_capacity(1 << 16, file);
        let mut start = [0; 2];
        let read = read_start(&mut packed, &mut start)?;
        let start = io::Cursor::new(start).take(u64::try_from(read).unwrap_or(0));
        let mut bytes = Vec::new();
        let limit = bytes_max.saturating_add(1);
        if start.get_ref().get_ref() == &GZIP_MAGIC {
            let unpacked = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, start.chain(packed)));
            unpacked.take(limit).read_to_end(&mut bytes)?;
        } else {
            start.chain(packed).take(limit).read_to_end(&mut bytes)?;
        }
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bytes_max {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "the file is larger than 2 GiB unpacked, split it",
            ));
        }
        Ok(Self::from_bytes(bytes))
    }
}

fn read_start(file: &mut impl Read, start: &mut [u8; 2]) -> io::Result<usize> {
    let mut read = 0;
    while read < start.len() {
        let more = file.read(start.get_mut(read..).unwrap_or_default())?;
        if more == 0 {
            break;
        }
        read += more;
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn packed_and_plain_are_the_same_import() {
        let text = b"a,b\n1,2\n";
        let plain = Source::read(&text[..], 100).unwrap();
        let packed = Source::read(&*gzip(text), 100).unwrap();
        let marked = Source::read(&*gzip(b"\xef\xbb\xbfa,b\n1,2\n"), 100).unwrap();
        for other in [packed, marked] {
            assert_eq!(other.bytes, text);
            assert_eq!(other.digest, plain.digest);
        }
    }

    #[test]
    fn small_broken_and_large_files() {
        assert_eq!(Source::read(&b""[..], 100).unwrap().bytes, b"");
        assert_eq!(Source::read(&b"a"[..], 100).unwrap().bytes, b"a");
        assert!(Source::read(&[b'a'; 101][..], 100).is_err());
        assert!(Source::read(&*gzip(&[b'a'; 101]), 100).is_err());
        let mut cut = gzip(b"a,b\n1,2\n");
        cut.truncate(cut.len() - 4);
        assert!(Source::read(&*cut, 100).is_err());
    }
}
