"""Sentences for refusals about keys and surroundings."""

from pkui.base.words import N_

MESSAGES = {
    "cannot_write_key": N_("The key cannot be written to its file; check the folder and the rights."),
    "file_is_link": N_("{file} is a link to a file elsewhere; name the file itself."),
    "file_of_another": N_("{file} belongs to another user of this computer; use a file of your own."),
    "file_open_to_all": N_("Everybody on this computer may change {file}; take that right away first (chmod o-w)."),
    "file_open_to_group": N_("Other users of its group may change {file}; take that right away first (chmod g-w)."),
    "key_beside_backup": N_("The key lies in the folder of the backup; write the backup to another folder."),
    "key_beside_database": N_(
        "The key lies in the folder of the database; move it to another folder and name it in PKUI_KEY_FILE."
    ),
    "key_changed": N_(
        "The key of this database was changed; nothing was saved. Close pkui, get the new key and open it again: what "
        "you typed is kept."
    ),
    "key_rotating": N_("The key is being changed; run `pkui crypto rotate` to its end, then open it again."),
    "open_elsewhere": N_("Another desk has the database open; close pkui everywhere, then do it again."),
    "no_sqlcipher": N_("A file sealed as a whole needs the extra: install pkui[sqlcipher]."),
}
