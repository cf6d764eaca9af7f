"""What is said when a person's roles, teams or hours cannot be changed that way."""

from pkui.base.words import N_

MESSAGES = {
    "bad_hours": N_("The hours meet each other, or one ends before it begins."),
    "last_with_people": N_("Nobody would be left who may change people; give a colleague the role first."),
    "no_such_role": N_("There is no such role to give; the duty of coordinator is given for a day."),
    "no_working_day": N_("There is no working day in those days, or they are more than three months."),
    "own_roles": N_("Nobody changes her own roles; ask a colleague who may change people."),
    "term_not_held": N_("{name} does not hold that on the day after."),
    "unreadable_hours": N_("Write the hours as 08:00-12:00, once for each stretch."),
}
