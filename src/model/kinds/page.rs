//! Pages: everything that lies in no other kind's folder.

use super::{Details, Kind, KindRow};

pub const KIND: KindRow = KindRow {
    kind: Kind::Page,
    name: "page",
    folder: None,
    has_dated_names: false,
    misplaced: &[],
    read: |_, _| Some(Details::Page),
};
