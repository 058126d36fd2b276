//! Codes for stories and the consent they need.

use super::codes;

codes! {
    FIELD_UNKNOWN: Error, "story/unknown-field",
        "There is no field of that name in `consent:` or `person:`. There a slip of the pen could hide that somebody \
         withdrew, or is under 18, so nothing is published until it is mended. The message names the fields that there are.";
    FIELD_MISPLACED: Error, "story/field-misplaced",
        "The field speaks of the person or of their consent and stands outside `person:` and `consent:`, where nobody \
         heeds it. So a withdrawal would have no effect. Move it into `consent:` or `person:`: write it on a line below \
         that word, two spaces further in.";
    NOT_IN_STORIES: Error, "story/not-in-stories",
        "The page has `consent:` or `person:` and lies outside `content/stories/`, where nobody heeds them: it would be \
         published even if the person withdrew. Move the file into `content/stories/`. If it is about nobody's life, \
         delete these fields.";
    NAME_OF_ANONYMOUS: Warning, "story/name-of-anonymous",
        "The story is anonymous and has a name all the same. The name is not shown, but a real name that must not \
         be published has no place in the folder at all. Delete it.";
    NO_CONSENT: Warning, "story/held-back-no-consent",
        "The story is held back because it has no `consent:`. A story about somebody's life is published only \
         while the person agrees. Add `consent:` with the `reference` of the signed form, the day it was `given` and \
         what it `covers`.";
    CONSENT_EXPIRED: Warning, "story/held-back-expired",
        "The story is held back because the person's consent has come to its end. Ask them again, and write the \
         new dates into `consent:`; or delete the story.";
    CONSENT_WITHDRAWN: Warning, "story/held-back-withdrawn",
        "The story is held back because the person withdrew their consent. Delete the file and its pictures, and \
         remember copies elsewhere: social media, print, newsletters.";
    CONSENT_NOT_WEBSITE: Warning, "story/held-back-not-website",
        "The story is held back because the consent does not cover the website. Ask the person, and add `website` \
         to `covers:` once they agree.";
    CONSENT_NOT_YET: Warning, "story/held-back-not-yet",
        "The story is held back because the day on which consent was given lies ahead. Check the date in \
         `consent:`.";
    GUARDIAN_MISSING: Warning, "story/held-back-guardian",
        "The story is held back because it is about somebody under 18 and no parent or guardian has agreed. Once \
         they have, write `guardian: true` into `consent:`.";
}
