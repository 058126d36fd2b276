//! Posts: the blog.

use super::{Details, Kind, KindRow};

pub const KIND: KindRow = KindRow {
    kind: Kind::Post,
    name: "post",
    folder: Some("blog"),
    has_dated_names: true,
    misplaced: &[],
    read: |_, _| Some(Details::Post),
};
