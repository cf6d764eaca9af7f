"""Sentences for refusals about backups, copies and the server's certificate."""

from pkui.base.words import N_

MESSAGES = {
    "backup_damaged": N_("The backup is damaged or was changed; nothing was restored. Use another one."),
    "backup_newer": N_("The backup is from a newer program ({at}, here {needs}); install the newest pkui."),
    "backup_older": N_(
        "The backup is from an older program ({at}, here {needs}); restore it with that one, then upgrade."
    ),
    "cannot_write_file": N_("The file cannot be written; check the folder, the rights and the space."),
    "database_not_empty": N_(
        "The database holds something already and stays as it is; name an empty one (`db restore` takes --replace)."
    ),
    "file_exists": N_("There is a file with that name already; choose another name."),
    "not_a_backup": N_("The file is no backup of pkui."),
    "not_the_same": N_("What was written is not what was read ({tables}); everything was taken back."),
    "server_not_trusted": N_(
        "The database server's certificate is not one this computer trusts; name its issuer by sslrootcert."
    ),
    "server_not_verified": N_(
        "Away from this computer the server's certificate is verified; take out sslmode or write verify-full."
    ),
    "server_other_name": N_(
        "The database server's certificate is for another name; write the name in the address as it stands there."
    ),
    "server_plain": N_("The database server does not encrypt; turn ssl on there and give it a certificate."),
}
