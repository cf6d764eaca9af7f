"""No file of the project holds a person number that may be somebody's: only the test patients' numbers are allowed."""

import re
import subprocess
from pathlib import Path

from pkui.domain.identifiers import find_cprs

ROOT = Path(__file__).parents[1]
TEST_PATIENTS = frozenset({"0201609995", "0201609996", "0201919990", "0504909995", "0107729995", "1502779995"})
"""MedCom's test patients (CC0), the only valid numbers that may stand anywhere."""
_PICTURE_ID = re.compile(r"terminal-[0-9]+")
"""The checksum by which a picture of a terminal names its own parts; ten digits of it may look like a date."""


def tracked_files() -> list[Path]:
    """Every file that git tracks and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def numbers_in(path: Path) -> set[str]:
    """The valid person numbers in a file, read as text whatever it is."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    return set(find_cprs(_PICTURE_ID.sub("", text) if path.suffix == ".svg" else text))


def test_only_test_patients_numbers_stand_in_the_project() -> None:
    files = tracked_files()
    assert len(files) > 100
    found = {str(path.relative_to(ROOT)): len(numbers_in(path) - TEST_PATIENTS) for path in files}
    assert {name: count for name, count in found.items() if count} == {}


def test_a_number_is_found_wherever_it_hides(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    day, serial = "010170", "1234"
    for text in (f"{day}{serial}", f"({day}-{serial})", f"cpr={day} {serial};", f'"{day}{serial}",\n'):
        path.write_text(text)
        assert numbers_in(path) == {day + serial}
    path.write_text(f"<text class='terminal-{day}{serial}-r1'>{day}-{serial}</text>")
    assert numbers_in(path.rename(tmp_path / "view.svg")) == {day + serial}
    (tmp_path / "words.mo").write_bytes(b"\xde\x12\x04\x95" + f"\0{day}{serial}\0".encode())
    assert numbers_in(tmp_path / "words.mo") == {day + serial}


def test_test_patients_are_the_only_numbers_let_through() -> None:
    assert all(find_cprs(number) == [number] for number in TEST_PATIENTS)
