//! Request ids that are a function of what is imported: the same file and map give the same ids, so that whatever an earlier run
//! got done is answered from memory and done once.

use uuid::Uuid;

/// Makes every id of Entrepot's imports different from everybody else's.
const IMPORTS: Uuid = Uuid::from_u128(0x8e1c_6c9f_3a54_4f0d_9b1e_52b7_0d6f_41ac);

/// The ids of one file under one map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity {
    namespace: Uuid,
}

impl Identity {
    /// From the SHA-256 of the file's content and of the map's meaning.
    pub(crate) fn new(file: &[u8; 32], map: &[u8; 32]) -> Self {
        Self { namespace: Uuid::new_v5(&IMPORTS, &[&file[..], &map[..]].concat()) }
    }

    /// Of the document whose first line is the file's data line `ordinal`.
    pub(crate) fn document(&self, warehouse: &str, ordinal: u32) -> Uuid {
        self.named(&format!("{warehouse}/line/{ordinal}"))
    }

    /// Of the opening document with this index.
    pub(crate) fn opening(&self, warehouse: &str, index: usize) -> Uuid {
        self.named(&format!("{warehouse}/opening/{index}"))
    }

    fn named(&self, name: &str) -> Uuid {
        Uuid::new_v5(&self.namespace, name.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_file_map_warehouse_and_line() {
        let id = |file: u8, map: u8| Identity::new(&[file; 32], &[map; 32]);
        let base = id(1, 2).document("BER", 7);
        assert_eq!(id(1, 2).document("BER", 7), base);
        for other in [
            id(3, 2).document("BER", 7),
            id(1, 3).document("BER", 7),
            id(2, 1).document("BER", 7),
            id(1, 2).document("HAM", 7),
            id(1, 2).document("BER", 8),
            id(1, 2).opening("BER", 7),
        ] {
            assert_ne!(other, base);
        }
    }
}
