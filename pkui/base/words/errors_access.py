"""What is said when somebody cannot sign in, or may not do that with the access log."""

from pkui.base.words import N_

MESSAGES = {
    "bad_identifier": N_("That is no person number."),
    "bad_first_person": N_("Write a username of small letters and digits, and the whole name."),
    "locked_out": N_("Too many wrong tries; try again in {minutes} min."),
    "no_such_review": N_("There is nothing like that to review."),
    "note_needed": N_("Write a note on what was found."),
    "own_password": N_("Your own password is changed in the menu (Change password), or with `pkui staff password`."),
    "own_review": N_("Nobody reviews her own look-ups; a colleague does it."),
    "passwords_differ": N_("The two passwords differ; type the same one twice."),
    "password_must_change": N_("Somebody else set your password; choose your own with `pkui staff password`."),
    "password_needed": N_("A password is needed on standard input."),
    "password_too_easy": N_("The password is too easy; do not use your name or the same signs again and again."),
    "password_too_long": N_("The password is too long; at most 200 characters."),
    "password_too_short": N_("The password is too short; at least 12 characters, such as four words."),
    "reason_to_hand_out": N_("The person is protected: say why her name leaves the program (--reason)."),
    "set_up_already": N_("There are people in the database already; ask a supervisor for a sign-in."),
    "sign_in_refused": N_("The username or the password is wrong."),
    "training_needs_no_password": N_("On a training database one picks a person; no password is needed."),
}
