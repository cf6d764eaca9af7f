"""Sentences for refusals about keys and surroundings."""

from pkui.base.words import N_

MESSAGES = {
    "cannot_write_key": N_("The new key cannot be written beside the old one; check the folder and the rights."),
    "key_changed": N_(
        "The key of this database was changed; nothing was saved. Close pkui, get the new key and open it again: what "
        "you typed is kept."
    ),
    "key_rotating": N_("The key is being changed; run `pkui crypto rotate` to its end, then open it again."),
}
