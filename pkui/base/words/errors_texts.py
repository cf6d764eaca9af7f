"""Sentences for refusals about templates, drafts and the phone book."""

from pkui.base.words import N_

MESSAGES = {
    "bad_phone_entry": N_("The entry cannot be used: {field} is missing, too long or wrong."),
    "bad_phone_row": N_("Row {row}: {field} is missing, too long, wrong or there twice; nothing was taken in."),
    "bad_field_pair": N_("Write a field as NAME=VALUE."),
    "draft_done": N_("The draft has been sent or discarded already; undo that first."),
    "draft_has_gap": N_("Something is marked as missing in the text; correct it before it is sent."),
    "ends_before_it_begins": N_("The last day comes before the first."),
    "no_draft": N_("There is no such draft."),
    "no_phone_entry": N_("There is no such entry in the phone book."),
    "no_printer": N_("Nothing to print with is set; write print_to in pkui.toml: a folder, or a command such as lp."),
    "nothing_to_undo_here": N_("There is nothing to undo with this draft."),
    "phone_there_already": N_("The phone book has that entry already; correct that one."),
    "print_failed": N_("It could not be printed; check print_to in pkui.toml."),
    "sent_to_needed": N_("Say to whom it was sent."),
    "sms_too_long": N_("The text is too long for one SMS ({used} of {most}); make it shorter."),
    "subject_needed": N_("Write a subject."),
    "template_private_field": N_("Others may hear or see this text, so it cannot hold {fields}. It can hold: {known}."),
    "template_stray_brace": N_("A brace stands alone; a field is written like {{navn}}. Known fields: {known}."),
    "template_unknown_field": N_("There is no field {fields}. Known fields: {known}."),
    "text_is_spoken": N_("That text is said into a telephone; it is no draft. Copy it or read it out."),
}
