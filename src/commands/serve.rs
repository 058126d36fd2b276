//! `fingerpost serve`: the preview.

use crate::assemble::Drafts;
use crate::cli::{Outcome, ServeArguments, Surroundings};
use crate::commands::site;
use crate::report::Style;
use crate::serve::{self, Browser, Moment, Settings};

pub fn run(arguments: &ServeArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let moment = match (&arguments.on, &surroundings.source_date_epoch) {
        (Some(day), _) => Moment::Fixed(site::moment("--on", day)?),
        (None, Some(_)) => Moment::Fixed(site::clock(surroundings)?),
        (None, None) => Moment::Now(surroundings.read_clock),
    };
    serve::run(Settings {
        root: site::folder(&arguments.root)?,
        drafts: if arguments.drafts { Drafts::Included } else { Drafts::LeftOut },
        moment,
        host: arguments.host.clone(),
        port: arguments.port,
        browser: if arguments.open { Browser::Open } else { Browser::LeftAlone },
        style: if surroundings.is_coloured { Style::Coloured } else { Style::Plain },
        say: surroundings.say,
    })?;
    Ok(Outcome::default())
}
