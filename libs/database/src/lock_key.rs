//! Numbers for PostgreSQL advisory locks, derived from names.

/// The advisory lock key of a name: FNV-1a, 64 bits, the same in every release and on every machine.
pub(crate) fn lock_key(name: &str) -> i64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = name.bytes().fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    i64::from_ne_bytes(hash.to_ne_bytes())
}

#[cfg(test)]
mod tests {
    use super::lock_key;

    /// Published FNV-1a vectors: two releases that disagree here would both believe they own a warehouse.
    #[test]
    fn known_values() {
        for (name, hash) in
            [("", 0xcbf2_9ce4_8422_2325_u64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(lock_key(name).to_ne_bytes(), hash.to_ne_bytes(), "{name}");
        }
    }
}
