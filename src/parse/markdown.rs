//! The Markdown of a page -> HTML with slots, and what the page needs to know about it.
//!
//! 1. `mask` puts components, shortcodes of other generators and control characters out of the Markdown
//!    parser's way, without moving anything.
//! 2. One pass over the parser's events writes the HTML. Links, pictures and components become slots; an
//!    opened component and a footnote each get a fragment of their own.
//! 3. A fragment that holds a writer's own HTML is sanitised when it is complete.
//! 4. The footnotes are put at the end.
//!
//! What the events write is what pulldown-cmark itself writes (a test compares the two), but for headings
//! (ids), tables, footnotes, task lists, pictures and bare addresses.
//!
//! **Invariants:** no other file is looked at; every place is a range of the file; a text without a
//! writer's own HTML never meets the sanitiser.

mod addresses;
mod autolinks;
mod blocks;
mod components;
mod faults;
mod fields;
mod footnotes;
mod fragment;
mod gathered;
mod headings;
pub mod labels;
mod links;
mod mask;
mod plain;
#[cfg(test)]
mod properties;
mod raw_html;
mod run;
mod sanitise;
mod shortcodes;
mod tables;
mod tags;
#[cfg(test)]
mod tests;
mod words;
mod wreckage;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options as Syntax, Parser, RefDefs, Tag, TagEnd};

use crate::diagnostic::Diagnostic;
use crate::model::html::Body;
use crate::path::SourcePath;
use components::Opened;
use faults::Faults;
use footnotes::{Footnotes, MarkStanding};
use fragment::{Fragment, Mark};
use gathered::Gathered;
use headings::Ids;
use labels::Labels;
use mask::{Masked, clean, mask};
pub use plain::push_collapsed;
use plain::{Plain, Standing};
use raw_html::LeftOut;
pub use raw_html::RawHtml;
use run::Run;
use sanitise::Sanitiser;
use tables::{Table, TableNames};
use wreckage::Understood;

/// How a text is read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub raw_html: RawHtml,
    /// Whether straight quotes, `--` and `...` become curly quotes, dashes and an ellipsis.
    pub smart_punctuation: bool,
    /// Whether search is to find the words.
    pub is_searched: bool,
    /// Words for people who hear the page.
    pub labels: &'static Labels,
}

impl Default for Options {
    fn default() -> Self {
        Options { raw_html: RawHtml::Sanitise, smart_punctuation: true, is_searched: false, labels: &Labels::ENGLISH }
    }
}

/// Reads the Markdown that stands at `body` in the file `text`.
///
/// Reports: every code of `codes::markdown` and `codes::component`.
pub fn read(path: &SourcePath, text: &str, body: Range<usize>, options: &Options) -> (Body, Vec<Diagnostic>) {
    let markdown = text.get(body.clone()).unwrap_or_default();
    let mut faults = Faults { path, start: body.start, found: Vec::new() };
    let syntax = syntax(options);
    let masked = mask(markdown, syntax, &mut faults);
    let mut writer = Writer {
        options,
        source: markdown,
        may_hold_addresses: autolinks::may_hold_one(markdown),
        masked: &masked,
        gathered: Gathered {
            body: Body::default(),
            ids: Ids::default(),
            plain: if options.is_searched { Plain::searched(markdown.len()) } else { Plain::default() },
            left_out: LeftOut::default(),
            open_anchors: 0,
            table_names: TableNames::default(),
            labels: options.labels,
            faults,
        },
        out: Fragment { text: String::with_capacity(markdown.len() + markdown.len() / 4), ..Fragment::default() },
        enclosing: Vec::new(),
        sanitiser: None,
        footnotes: Footnotes::default(),
        run: Run::default(),
        depth: 0,
        block: Mark::default(),
        is_in_fence: false,
        is_in_code: false,
        raw: None,
        heading: None,
        links: Vec::new(),
        picture: None,
        table: None,
    };
    let mut events = Parser::new_ext(&masked.text, syntax).into_offset_iter();
    let mut understood = Understood::default();
    while let Some((event, range)) = events.next() {
        understood.note(&event, &range);
        writer.event(event, range, events.reference_definitions());
    }
    wreckage::check(&masked.text, &understood, &mut writer.gathered.faults);
    writer.finish()
}

/// What we read beyond CommonMark.
fn syntax(options: &Options) -> Syntax {
    let mut syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_HEADING_ATTRIBUTES;
    syntax.set(Syntax::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    syntax
}

/// The state of the pass over the events.
struct Writer<'t> {
    options: &'t Options,
    /// The Markdown as it was written.
    source: &'t str,
    may_hold_addresses: bool,
    masked: &'t Masked<'t>,
    gathered: Gathered<'t>,
    /// What is being written, and what encloses it.
    out: Fragment,
    enclosing: Vec<(Enclosure, Fragment)>,
    sanitiser: Option<Sanitiser>,
    footnotes: Footnotes,
    /// Text that may hold addresses, not yet written.
    run: Run,
    /// How many lists, quotations and tables are open.
    depth: usize,
    /// Where the present paragraph begins.
    block: Mark,
    is_in_fence: bool,
    is_in_code: bool,
    raw: Option<Run>,
    heading: Option<OpenHeading>,
    /// Links that are open; only an address in pointed brackets can stand in another.
    links: Vec<OpenLink>,
    picture: Option<OpenPicture>,
    table: Option<Table>,
}

/// What a fragment of its own is for.
enum Enclosure {
    Component(Opened),
    Footnote { label: String, place: Range<usize> },
}

struct OpenHeading {
    level: HeadingLevel,
    id: Option<String>,
    classes: Vec<String>,
    mark: Mark,
    text: String,
    /// What its pictures show.
    alt: String,
}

struct OpenLink {
    /// False where only the words of the link are kept.
    is_written: bool,
    /// Where its tag begins, and where its words do.
    before: Mark,
    inside: Mark,
    range: Range<usize>,
}

struct OpenPicture {
    target: String,
    title: String,
    alt: String,
    /// Of the address, and of the whole.
    place: Range<usize>,
    range: Range<usize>,
    /// Links and pictures inside of the words.
    depth: usize,
}

impl<'t> Writer<'t> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>, definitions: &RefDefs<'_>) {
        if self.picture.is_some() {
            return self.picture_event(event);
        }
        if let Event::Text(text) = event {
            return self.text(&text, range);
        }
        if !self.run.is_empty() {
            self.flush();
        }
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag),
            Event::Text(_) => {}
            Event::Code(text) => {
                let text = clean(&text);
                self.out.push("<code>");
                self.out.push_text(&text);
                self.out.push("</code>");
                self.words(&text);
            }
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push(&html, range),
                None => self.raw_tag(&html, range),
            },
            Event::InlineHtml(html) => self.raw_tag(&html, range),
            Event::SoftBreak => {
                self.out.push("\n");
                self.gap();
            }
            Event::HardBreak => {
                self.out.push("<br />\n");
                self.gap();
            }
            Event::Rule => {
                self.out.end_line();
                self.out.push("<hr />\n");
            }
            Event::FootnoteReference(label) => {
                let standing = if !self.links.is_empty() || self.gathered.open_anchors > 0 {
                    MarkStanding::InLink
                } else {
                    MarkStanding::Free
                };
                self.footnotes.mark(&label, standing, &mut self.out, &mut self.gathered.ids, self.options.labels);
            }
            Event::TaskListMarker(is_done) => {
                let labels = self.options.labels;
                // A sign: a box to tick that cannot be ticked would only puzzle.
                let (label, sign) = if is_done { (labels.done, '☑') } else { (labels.to_do, '☐') };
                self.out.push_own(&format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span>"));
                self.out.push(" ");
            }
            // Formulas are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.out.push_text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>, definitions: &RefDefs<'_>) {
        match tag {
            Tag::Paragraph => {
                self.block = self.out.mark();
                self.out.end_line();
                self.out.push("<p>");
                let is_open = self.depth == 0 && self.enclosing.is_empty();
                self.gathered.plain.start_paragraph(if is_open { Standing::Open } else { Standing::Inside });
            }
            Tag::Heading { level, id, classes, .. } => self.start_heading(level, id, &classes, range),
            Tag::BlockQuote(_) => {
                self.depth += 1;
                self.open_block("<blockquote>\n");
            }
            Tag::CodeBlock(kind) => {
                self.is_in_code = true;
                self.start_code(&kind);
            }
            Tag::HtmlBlock => self.raw = Some(Run::default()),
            Tag::List(start) => {
                self.depth += 1;
                match start {
                    None => self.open_block("<ul>\n"),
                    Some(1) => self.open_block("<ol>\n"),
                    Some(number) => self.open_block(&format!("<ol start=\"{number}\">\n")),
                }
            }
            Tag::Item => {
                self.open_block("<li>");
                self.gap();
            }
            Tag::FootnoteDefinition(label) => {
                let outer = std::mem::take(&mut self.out);
                self.enclosing.push((Enclosure::Footnote { label: label.into_string(), place: range }, outer));
            }
            Tag::Table(alignments) => {
                self.depth += 1;
                self.out.end_line();
                let name = self.gathered.name_table();
                self.table = Some(Table::start(alignments, &name, &mut self.out));
            }
            Tag::TableHead => self.with_table(Table::start_head),
            Tag::TableRow => self.with_table(Table::start_row),
            Tag::TableCell => {
                self.with_table(Table::start_cell);
                self.gap();
            }
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => self.out.push("<del>"),
            Tag::Link { link_type, dest_url, title, id } => {
                let place = self.place_of_address(link_type, &dest_url, &id, &range, definitions);
                self.start_link(link_type, &dest_url, &title, place, range);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let place = self.place_of_address(link_type, &dest_url, &id, &range, definitions);
                self.picture = Some(OpenPicture {
                    target: dest_url.into_string(),
                    title: title.into_string(),
                    alt: String::new(),
                    place,
                    range,
                    depth: 0,
                });
            }
            // Not switched on.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.close_block("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.is_in_code = false;
                self.out.push("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::List(true) => self.close_block("</ol>\n"),
            TagEnd::List(false) => self.close_block("</ul>\n"),
            TagEnd::Item => self.out.push("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => {
                self.depth = self.depth.saturating_sub(1);
                self.table = None;
                tables::end(&mut self.out);
                self.gap();
            }
            TagEnd::TableHead => self.with_table(Table::end_head),
            TagEnd::TableRow => self.out.push("</tr>\n"),
            TagEnd::TableCell => self.with_table(Table::end_cell),
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => self.out.push("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open_block(&mut self, html: &str) {
        self.out.end_line();
        self.out.push(html);
    }

    fn close_block(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.out.push(html);
        self.gap();
    }

    fn with_table(&mut self, step: fn(&mut Table, &mut Fragment)) {
        if let Some(table) = &mut self.table {
            step(table, &mut self.out);
        }
    }
}
