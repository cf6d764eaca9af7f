"""`pkui callbacks solve` from the outside: the document it prints, its exit codes and what it does without."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import objective, violations


def pkui(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """One run of the program, away from any settings of the machine."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "PKUI_LANG": "en", "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-m", "pkui", *arguments], capture_output=True, text=True, env=environment, cwd=folder
    )


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    document = make_instance(21, 40, 4, 4)
    path = tmp_path / "office.json"
    path.write_text(json.dumps(document))
    return path, document


def test_the_plan_is_printed_as_promised(office: tuple[Path, dict[str, Any]]) -> None:
    path, document = office
    run = pkui("callbacks", "solve", str(path), "--seconds", "1.5", "--json", folder=path.parent)
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert list(found) == ["schema", "instance", "placed", "unplaced", "objective", "bound", "seconds"]
    assert (found["schema"], found["instance"]) == ("pk-callbacks/1", document["name"])
    assert violations(document, found) == []
    late, weighted = objective(document, found)
    assert found["objective"] == {"class1_late": late, "weighted_tardiness": weighted}
    assert found["seconds"] <= 2.5
    assert list(path.parent.iterdir()) == [path]


def test_the_same_seed_prints_the_same_plan(office: tuple[Path, dict[str, Any]]) -> None:
    path, _ = office
    runs = [
        json.loads(pkui("callbacks", "solve", str(path), "--seconds", "0.35", "--json", folder=path.parent).stdout)
        for _ in range(2)
    ]
    assert runs[0] | {"seconds": 0} == runs[1] | {"seconds": 0}


def test_without_json_it_reads_as_text(office: tuple[Path, dict[str, Any]]) -> None:
    path, _ = office
    run = pkui("callbacks", "solve", str(path), "--seconds", "0.5", folder=path.parent)
    assert run.returncode == 0
    assert "calls have a time." in run.stdout
    assert "cannot be under" in run.stdout


def test_a_bad_instance_is_one_line_with_its_place(office: tuple[Path, dict[str, Any]]) -> None:
    path, document = office
    document["cases"][3]["duration"] = 17
    path.write_text(json.dumps(document))
    run = pkui("callbacks", "solve", str(path), folder=path.parent)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    assert "/cases/3/duration" in run.stderr
    told = json.loads(pkui("callbacks", "solve", str(path), "--json", folder=path.parent).stderr)
    assert told["error"]["code"] == "bad_instance"
    assert told["error"]["details"] == {"pointer": "/cases/3/duration", "problem": "off_the_grid"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}', b"1e999"])
def test_anything_else_in_the_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    run = pkui("callbacks", "solve", str(path), folder=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    assert "Traceback" not in run.stderr


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert pkui("callbacks", "solve", "nowhere.json", folder=tmp_path).returncode == 2


def test_it_needs_neither_screens_nor_storage() -> None:
    code = "import sys, pkui.cli.callbacks; print(sorted({m.split('.')[0] for m in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"textual", "rich", "sqlmodel", "sqlalchemy", "storage", "screens"} & set(eval(run.stdout))
