"""Sentences for refusals about backups."""

from pkui.base.words import N_

MESSAGES = {
    "backup_damaged": N_("The backup is damaged or was changed; nothing was restored. Use another one."),
    "backup_newer": N_("The backup is from a newer program ({at}, here {needs}); install the newest pkui."),
    "backup_older": N_(
        "The backup is from an older program ({at}, here {needs}); restore it with that one, then upgrade."
    ),
    "cannot_write_file": N_("The file cannot be written; check the folder, the rights and the space."),
    "database_not_empty": N_("The database holds something already; nothing was restored. --replace replaces it."),
    "file_exists": N_("There is a file with that name already; choose another name."),
    "not_a_backup": N_("The file is no backup of pkui."),
    "not_the_same": N_("What was written is not what the backup holds ({tables}); everything was taken back."),
}
