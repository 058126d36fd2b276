//! Codes.

use super::codes;

codes! {}
