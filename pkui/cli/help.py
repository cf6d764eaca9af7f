"""Help in the language in use: the words that click adds to every help text come from our catalogue."""

import gettext
import os
from importlib.resources import files

from pkui.base.words import N_, language

CLICK_WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("(No description available)"),
    N_("default: {default}"),
    N_("required"),
)
"""What click prints around the texts of a command, marked for the catalogue."""


def translate_help() -> None:
    """Points the standard library's gettext, which click asks, to our catalogue and the language in use."""
    gettext.bindtextdomain("pkui", str(files("pkui").joinpath("locale")))
    gettext.textdomain("pkui")
    os.environ["LANGUAGE"] = language()
