"""Taking a catalogue in: what it would change, and the change itself in one transaction. Rows end, none is deleted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.permissions import Permission
from pkui.domain.providers.catalogue import LISTS, Catalogue, Row
from pkui.domain.providers.differences import Change, counts, differences, far_smaller
from pkui.domain.providers.formats import Files, Incoming, read_files
from pkui.domain.providers.reading import BadCatalogue, CatalogueWarning
from pkui.services.desk import Work, use_case
from storage.providers import read_held, read_version, write_changes
from storage.tables.providers import CatalogueImport

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes in all the files of one delivery."""


@dataclass(frozen=True)
class Parsed:
    """A delivery that was read, and the SHA-256 of its files."""

    incoming: Incoming
    digest: str


@dataclass(frozen=True)
class ImportPreview:
    """What a delivery would change, or has changed; `based_on` is the catalogue's number it was compared with.

    `rows` holds every row before and after, by list and key, so that a change can be told by names.
    """

    as_of: date | None
    counts: Mapping[str, Mapping[str, int]]
    changes: tuple[Change, ...]
    warnings: tuple[CatalogueWarning, ...]
    far_smaller: bool
    based_on: int
    rows: Mapping[str, Mapping[str, Row]]


def load(path: Path) -> Parsed:
    """The delivery in a file, or in a folder's files. Raises BadInput with what is wrong and where."""
    try:
        found = sorted(one for one in path.iterdir() if one.suffix == ".csv") if path.is_dir() else [path]
        if sum(one.stat().st_size for one in found) > LARGEST_FILE:
            raise BadInput("catalogue_too_large")
        return parse({one.name: one.read_bytes() for one in found})
    except OSError as error:
        raise BadInput("no_file") from error


def parse(files: Files) -> Parsed:
    """A delivery in any format the catalogue comes in. Raises BadInput with the place that is wrong."""
    if sum(map(len, files.values())) > LARGEST_FILE:
        raise BadInput("catalogue_too_large")
    try:
        incoming = read_files(files)
    except BadCatalogue as error:
        raise BadInput("bad_catalogue", pointer=error.pointer, problem=error.code) from error
    return Parsed(incoming, hashlib.sha256(b"\0".join(files[name] for name in sorted(files))).hexdigest())


@use_case(Permission.CATALOGUE, writes=False)
def preview_import(work: Work, parsed: Parsed) -> ImportPreview:
    """What the catalogue would add, change and end; nothing is written."""
    return _preview(work, parsed)


@use_case(Permission.CATALOGUE)
def import_catalogue(
    work: Work,
    parsed: Parsed,
    *,
    source: str = "file",
    based_on: int | None = None,
    chance: Random | None = None,
) -> ImportPreview:
    """Takes the catalogue in. `based_on` is the preview's number: refused when the catalogue has changed since.

    What comes by itself (`feed`) and is far smaller than before is refused: something is lost, not ended. `chance`
    makes made-up data the same every time.
    """
    return take_in(work, parsed, source=source, based_on=based_on, chance=chance)


def take_in(
    work: Work, parsed: Parsed, *, source: str, based_on: int | None = None, chance: Random | None = None
) -> ImportPreview:
    """Takes a catalogue in, inside a unit of work."""
    found = _preview(work, parsed)
    if based_on is not None and based_on != found.based_on:
        raise Refused("catalogue_changed")
    if source == "feed" and found.far_smaller:
        raise Refused("catalogue_far_smaller")
    taken = CatalogueImport(
        id=new_key(work.now, chance),
        at=work.now,
        staff_id=work.person.id,
        source=source,
        as_of=found.as_of,
        digest=parsed.digest,
        counts={name: dict(held) for name, held in found.counts.items()},
    )
    work.session.add(taken)
    work.session.flush()
    write_changes(
        work.session,
        found.changes,
        at=work.now,
        today=work.today,
        staff_id=work.person.id,
        import_id=taken.id,
        source=source,
    )
    return found


def _preview(work: Work, parsed: Parsed) -> ImportPreview:
    held = read_held(work.session)
    before = Catalogue(None, {name: {key: one.row for key, one in held.get(name, {}).items()} for name in LISTS})
    after, warnings = parsed.incoming.onto(before)
    changes = differences(held, after)
    return ImportPreview(
        as_of=after.as_of,
        counts=counts(changes),
        changes=tuple(changes),
        warnings=tuple(warnings),
        far_smaller=after.count() == 0 or far_smaller(before.count(), after.count()),
        based_on=read_version(work.session),
        rows={name: {**before.lists[name], **after.lists[name]} for name in LISTS},
    )
