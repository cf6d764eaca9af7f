"""README says what is so."""

import re

from tests.cli.leaves import OPENS_THE_WORKBENCH, leaves
from tests.tools import readme


def test_the_table_of_keys_is_the_command_table() -> None:
    text = readme.README.read_text("utf-8")
    assert readme.with_table(text) == text, "run make readme"


def test_the_duties_of_data_protection_name_the_tests_that_carry_their_number() -> None:
    tests = readme.README.parent / "tests"
    files = {str(path.relative_to(tests)): path.read_text("utf-8") for path in tests.rglob("test_*.py")}
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", readme.README.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _tests in rows] == list(range(1, 21))
    for number, told in rows:
        carrying = {name for name, text in files.items() if f"def test_req_{number}_" in text}
        named = set(re.findall(r"`([a-z]+/test_\w+\.py)`", told))
        assert named == carrying, f"duty {number}"


def test_the_list_of_commands_names_every_command_and_no_other() -> None:
    every = {words for words, _command in leaves()} | OPENS_THE_WORKBENCH
    block = readme.README.read_text("utf-8").partition("## Commands")[2].split("```")[1]
    named, group = set(), ""
    for line in block.strip().splitlines():
        ways = [way.split() for way in re.sub(r"\[[^]]*\]", "", line.removeprefix("pkui ")).split("|")]
        if line.startswith("pkui "):
            group, *ways[0] = ways[0]
        for way in ways:
            words = (group, *way[:1])
            if not words[-1].startswith("-"):
                named.add(words if words in every else words[-1:])
    assert named == every
