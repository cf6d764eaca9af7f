"""Taking a catalogue in: what it would change, and the change itself in one transaction. Rows end, none is deleted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.permissions import Permission
from pkui.domain.providers.catalogue import LISTS, Catalogue
from pkui.domain.providers.differences import Change, counts, differences, far_smaller
from pkui.domain.providers.reading import BadCatalogue, CatalogueWarning, read_catalogue, read_csv_texts
from pkui.services.desk import Work, use_case
from storage.providers import read_held, read_version, write_changes
from storage.tables.providers import CatalogueImport

LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Parsed:
    """A catalogue that was read: its rows, what looks wrong, and the SHA-256 of what it was read from."""

    catalogue: Catalogue
    warnings: tuple[CatalogueWarning, ...]
    digest: str


@dataclass(frozen=True)
class ImportPreview:
    """What a catalogue would change, or has changed; `based_on` is the catalogue's number it was compared with."""

    as_of: date | None
    counts: Mapping[str, Mapping[str, int]]
    changes: tuple[Change, ...]
    warnings: tuple[CatalogueWarning, ...]
    far_smaller: bool
    based_on: int


def parse_json(raw: bytes) -> Parsed:
    """The catalogue in JSON. Raises BadInput with the place that is wrong."""
    if len(raw) > LARGEST_FILE:
        raise BadInput("catalogue_too_large")
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_catalogue", pointer="/", problem="not_json") from error
    try:
        catalogue, warnings = read_catalogue(document)
    except BadCatalogue as error:
        raise BadInput("bad_catalogue", pointer=error.pointer, problem=error.code) from error
    return Parsed(catalogue, warnings, hashlib.sha256(raw).hexdigest())


def parse_csv(files: Mapping[str, bytes]) -> Parsed:
    """The catalogue in one CSV file a list, by the list's name. Raises BadInput with the place that is wrong."""
    if sum(map(len, files.values())) > LARGEST_FILE:
        raise BadInput("catalogue_too_large")
    try:
        texts = {name: files[name].decode("utf-8-sig") for name in LISTS if name in files}
    except UnicodeDecodeError as error:
        raise BadInput("bad_catalogue", pointer="/", problem="not_csv") from error
    try:
        catalogue, warnings = read_csv_texts(texts)
    except BadCatalogue as error:
        raise BadInput("bad_catalogue", pointer=error.pointer, problem=error.code) from error
    digest = hashlib.sha256(b"\0".join(files[name] for name in LISTS)).hexdigest()
    return Parsed(catalogue, warnings, digest)


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
    changes = differences(held, parsed.catalogue)
    return ImportPreview(
        as_of=parsed.catalogue.as_of,
        counts=counts(changes),
        changes=tuple(changes),
        warnings=parsed.warnings,
        far_smaller=far_smaller(sum(map(len, held.values())), parsed.catalogue.count()),
        based_on=read_version(work.session),
    )
