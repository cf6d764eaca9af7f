"""README says what is so."""

from tests.tools import readme


def test_the_table_of_keys_is_the_command_table() -> None:
    text = readme.README.read_text("utf-8")
    assert readme.with_table(text) == text, "run make readme"
