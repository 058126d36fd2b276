//! Words for a picture that say nothing of what it shows.

/// What a picture is, which those who cannot see it hear anyway.
const SAYS_NOTHING: [&str; 8] = ["graphic", "image", "img", "photo", "photograph", "pic", "picture", "screenshot"];

/// How file names of pictures end.
const ENDINGS: [&str; 9] = [".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tiff", ".webp"];

/// What cameras and programs begin the names of their files with, before a number.
const CAMERAS: [&str; 9] = ["dsc", "dscf", "dscn", "image", "img", "photo", "pxl", "screenshot", "whatsapp image"];

/// Whether words for a picture are a file's name, or no more than “photo” (WCAG 2.2 §1.1.1, failures F30 and F39).
pub(super) fn say_nothing(words: &str) -> bool {
    let plain = words.trim().trim_end_matches('.').to_lowercase();
    let is_camera = CAMERAS.iter().any(|camera| {
        let rest = plain.strip_prefix(camera).map(|rest| rest.trim_start_matches([' ', '_', '-']));
        rest.is_some_and(|rest| rest.len() > 2 && rest.chars().all(|c| c.is_ascii_digit() || " _-.:at()".contains(c)))
    });
    let is_name = ENDINGS.iter().any(|ending| plain.ends_with(ending)) && !plain.contains(". ");
    SAYS_NOTHING.contains(&plain.as_str()) || is_camera || is_name
}

#[cfg(test)]
mod tests {
    use super::say_nothing;

    #[test]
    fn file_names_and_bare_nouns_say_nothing() {
        for words in [
            "IMG_1234",
            "photo",
            "Picture.",
            "big mug.PNG",
            "DSC00012",
            "Screenshot 2026-05-21 at 10.00.12",
            "image 001",
        ] {
            assert!(say_nothing(words), "{words}");
        }
        for words in ["", "A mug", "Mug", "Photo of a hall", "Picture 1: the hall", "Image and text", "The 10.30 bus"] {
            assert!(!say_nothing(words), "{words}");
        }
    }
}
