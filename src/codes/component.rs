//! Codes for components (`::: name`).

use super::codes;

codes! {
    UNKNOWN: Error, "component/unknown",
        "There is no component of that name. A component begins with `::: name` and ends with `:::` on lines of \
         their own. The message lists the names that exist and the one that you may have meant.";
    UNKNOWN_FIELD: Error, "component/unknown-field",
        "The component has no field of that name. The message lists the fields that it has.";
    FIELD_MISSING: Error, "component/field-missing",
        "The component needs a field that was not given. The message shows how to write it.";
    FIELD_WRONG: Error, "component/field-wrong",
        "The value of a component's field is not of the kind that the field takes: a number such as 3, yes or \
         no, a date such as 2026-05-21, or text. The message says which.";
    FIELDS_NOT_READABLE: Error, "component/fields-not-readable",
        "What stands between the braces of a component cannot be read. Write fields as `{name: value, other: \
         value}` on the line that opens the component, and put a value with a comma or a colon in quotes.";
    NOT_CLOSED: Error, "component/not-closed",
        "A component is opened with `:::` and never closed. Put a line with just `:::` after its last line.";
    NOT_OPENED: Error, "component/not-opened",
        "A line with just `:::` closes a component, and none is open before it. Delete the line, or put the \
         line that opens the component (`::: callout`) where it should begin.";
    NOT_ALONE: Error, "component/not-alone",
        "A component stands inside a list, a quotation or another indented place, and components work only on \
         lines that begin at the margin. Move its lines to the margin, before or after the list.";
    TOO_DEEP: Error, "component/too-deep",
        "More components stand inside of one another than any page needs, most likely because some of them were \
         never closed. Put a line with just `:::` after the last line of each.";
    BODY_MISSING: Error, "component/body-missing",
        "The component has nothing between its opening and closing lines, and it needs some text there.";
    BODY_UNWANTED: Warning, "component/body-unwanted",
        "There is text inside a component that shows none, so nobody would see it. Move it before or after the \
         component.";
}
