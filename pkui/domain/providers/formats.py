"""The formats a catalogue comes in: one reader a format, behind one interface.

A reader turns files into what has `onto(held)`: given the catalogue in force it answers the whole catalogue that would
be in force afterwards. A whole catalogue leaves the held one aside; a file about one list (waiting times, addresses)
answers the held one with that list changed. Everything after it (preview, one transaction, history, rows that end) is
the same for every format.

A further format is one more `Reader` in READERS, and nothing else. What is published today would be read so:
SOR's nightly CSV (`SorEntity_daily.csv`, ids as `="<id>"`) by `sor_id` onto organizations and locations; a FHIR
bundle (dk-core: Organization by its CVR or SOR identifier, Location by `managingOrganization`, HealthcareService by
`providedBy`) onto organizations, locations and services.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pkui.domain.providers.catalogue import LISTS, Catalogue
from pkui.domain.providers.reading import BadCatalogue, CatalogueWarning, read_catalogue, read_csv_texts
from pkui.domain.providers.texts import decoded
from pkui.domain.providers.venteinfo import is_venteinfo, read_venteinfo

Files: TypeAlias = Mapping[str, bytes]
"""The files of one delivery by their names."""
Answered: TypeAlias = tuple[Catalogue, Sequence[CatalogueWarning]]
"""The catalogue that would be in force, and what looks wrong in the files."""


class Incoming(Protocol):
    """Files that were read, not yet put onto a catalogue."""

    def onto(self, held: Catalogue) -> Answered:
        """The catalogue after the files, and what looks wrong in them."""
        ...


class Reader(Protocol):
    """One format."""

    def recognises(self, files: Files) -> bool:
        """Whether the files look like this format; cheap, and never raises."""
        ...

    def read(self, files: Files) -> Incoming:
        """The files' content. Raises BadCatalogue with the place that is wrong."""
        ...


@dataclass(frozen=True)
class Whole:
    """A catalogue that takes the place of the one in force."""

    catalogue: Catalogue
    warnings: Sequence[CatalogueWarning]

    def onto(self, held: Catalogue) -> Answered:
        """Itself."""
        return self.catalogue, self.warnings


class JsonCatalogue:
    """`pk-catalogue/1` in one JSON file."""

    def recognises(self, files: Files) -> bool:
        """One file that begins as an object."""
        starts = [raw[:200].lstrip(b"\xef\xbb\xbf \r\n\t") for raw in files.values()]
        return len(starts) == 1 and starts[0].startswith(b"{")

    def read(self, files: Files) -> Whole:
        """The six lists."""
        try:
            document = json.loads(next(iter(files.values())).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise BadCatalogue("/", "not_json") from error
        return Whole(*read_catalogue(document))


class CsvCatalogue:
    """`pk-catalogue/1` as one CSV file a list."""

    def recognises(self, files: Files) -> bool:
        """A file named after one of the lists."""
        return any(f"{name}.csv" in files for name in LISTS)

    def read(self, files: Files) -> Whole:
        """The six lists."""
        texts = {name: decoded(files[f"{name}.csv"], f"/{name}") for name in LISTS if f"{name}.csv" in files}
        return Whole(*read_csv_texts(texts))


class Venteinfo:
    """An export of expected waiting times (esundhed.dk, Forventede ventetider)."""

    def recognises(self, files: Files) -> bool:
        """One file with the export's columns."""
        return len(files) == 1 and all(is_venteinfo(raw) for raw in files.values())

    def read(self, files: Files) -> Incoming:
        """The reports."""
        return read_venteinfo(next(iter(files.values())))


READERS: tuple[Reader, ...] = (JsonCatalogue(), CsvCatalogue(), Venteinfo())
"""Every format, in the order in which they are asked."""


def read_files(files: Files) -> Incoming:
    """The files by the first reader that knows them. Raises BadCatalogue."""
    for reader in READERS:
        if reader.recognises(files):
            return reader.read(files)
    raise BadCatalogue("/", "unknown_format")
