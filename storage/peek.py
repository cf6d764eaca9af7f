"""A quick look into an embedded database with the plain driver, before anything heavy is loaded."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peek:
    """What a file holds: its schema's step, whether it is a training database, and whether there are cases in it."""

    revision: str
    training: bool
    filled: bool


def peek(path: Path) -> Peek | None:
    """What the file says of itself, or None where it is missing or no database of ours."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
            (kind,) = database.execute("SELECT kind FROM installation").fetchone() or ("",)
            filled = database.execute("SELECT 1 FROM cases LIMIT 1").fetchone() is not None
    except sqlite3.DatabaseError:
        return None
    return Peek(revision, kind == "training", filled)
