"""A marked text inside an f-string, which the extraction does not see on Python 3.11, is found by the words check."""

import pytest

from tests.tools.words import hidden, in_f_strings


@pytest.mark.parametrize(
    "source",
    [
        """said = f"{_('Note')}: {text}" """,
        """said = f"{count} {_(STATUS[status])}" """,
        """said = f"{', '.join(parts) or N_('nothing')}" """,
        """said = f"{name:>{width(ngettext('day', 'days', count))}}" """,
    ],
)
def test_it_is_found(source: str) -> None:
    assert in_f_strings(source) == [1]


def test_beside_an_f_string_it_may_stand() -> None:
    assert in_f_strings("""head = _("Note")\nsaid = f"{head}: {text}" + _("end")""") == []


def test_there_is_none() -> None:
    assert hidden() == []
