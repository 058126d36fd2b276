//! Fingerprints: short hashes that say whether two things are the same.
//!
//! A `Fingerprint` is compared and stored in the manifest. What stands in names is made by `lasting_name`.
//! **Invariant:** equal values hash alike in every run of the same program on the same kind of machine.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

/// XXH3 with 128 bits: quick, and equal for two texts by chance only once in more texts than there will ever be.
/// Nobody gains by making two texts of one site alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a file's bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Fingerprint(xxh3_128(bytes))
    }

    /// The fingerprint of bytes that begin with `first` and go on in `rest`, which are not held as a whole. It is the
    /// same as that of all of them. Errors: what reading says.
    pub fn of_stream(first: &[u8], mut rest: impl Read) -> io::Result<Self> {
        let mut hasher = Xxh3::new();
        hasher.update(first);
        let mut buffer = vec![0; 128 * 1024];
        loop {
            match rest.read(&mut buffer)? {
                0 => return Ok(Fingerprint(hasher.digest128())),
                length => hasher.update(&buffer[..length]),
            }
        }
    }

    /// The fingerprint of a value, through its `Hash` implementation.
    pub fn of(value: &impl Hash) -> Self {
        let mut bytes = Bytes(Vec::with_capacity(256));
        value.hash(&mut bytes);
        Fingerprint::of_bytes(&bytes.0)
    }

    /// The half of its digits that stands in a manifest.
    pub fn brief(self) -> String {
        format!("{:016x}", self.0 >> 64)
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Fingerprint)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The first `length` digits of a BLAKE3 hash, at most 64: for names that the world sees and that stay what they
/// are, such as an asset's or a calendar entry's.
pub fn lasting_name(bytes: &[u8], length: usize) -> String {
    blake3::hash(bytes).to_hex().chars().take(length).collect()
}

/// All that a value has to say of itself: hashing is quick with much at once, and slow with little many times.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_reads_back() {
        let fingerprint = Fingerprint::of(&("a", 1));
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        assert_ne!(fingerprint, Fingerprint::of(&("a", 2)));
    }
}
