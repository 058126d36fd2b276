//! Fingerprints: short hashes that say whether two things are the same.
//!
//! A `Fingerprint` is compared, stored in the manifest and shown in file names; it is never a secret.
//! **Invariant:** equal values hash alike in every run of the same program on the same kind of machine.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// The first 16 bytes of a BLAKE3 hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a file's bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Fingerprint::from(blake3::hash(bytes))
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

    /// The ten letters and digits that stand in the name of an asset.
    pub fn short(self) -> String {
        self.to_string()[..10].to_owned()
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

impl From<blake3::Hash> for Fingerprint {
    fn from(hash: blake3::Hash) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Fingerprint(u128::from_be_bytes(bytes))
    }
}

/// All that a value has to say of itself: BLAKE3 is quick with much at once, and slow with little many times.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..8]);
        u64::from_be_bytes(bytes)
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
