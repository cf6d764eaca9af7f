"""Reads an export of expected waiting times (esundhed.dk, Forventede ventetider) onto the catalogue in force.

The columns are those the page names; the file may be commas, semicolons or tabs, with a title above the head. Places
are known by SOR id, else by name; treatments by code, else by name. An export may be filtered, so what it does not
name stays. Reports come when something changes: the newest of each treatment counts. Several treatments of one area
at one place give the longest wait and the oldest report among them; the note names them.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pkui.domain.folding import fold
from pkui.domain.providers.area_words import area_in
from pkui.domain.providers.catalogue import (
    Area,
    Catalogue,
    Location,
    Organization,
    Row,
    Service,
    WaitingTime,
    WaitSource,
)
from pkui.domain.providers.reading import LONGEST, MOST_ROWS, MOST_WEEKS, BadCatalogue, CatalogueWarning
from pkui.domain.providers.texts import cell, decoded

WAITS = ("weeks_examination", "weeks_outpatient", "weeks_inpatient")
"""Weeks until an examination, treatment without and with a stay."""
_COLUMNS: Mapping[str, str] = {
    "behandlingssted": "place",
    "behandlingssted sor": "place_sor",
    "underbehandlingssted (niv)": "part",
    "underbehandlingssted": "part",
    "underbehandlingssted sor (niv)": "part_sor",
    "underbehandlingssted sor": "part_sor",
    "sundhedsinstitution": "institution",
    "sundhedsinstitution sor": "institution_sor",
    "behandlingsnavn": "treatment",
    "behandlingskode": "code",
    "indberetningsdato": "reported_on",
    "udenregionspatienter": "other_regions",
    "ventetid til undersogelse (uger)": "weeks_examination",
    "ventetid til ambulant behandling (uger)": "weeks_outpatient",
    "ventetid til behandling ved indlaggelse (uger)": "weeks_inpatient",
}
_NEEDED = frozenset({"place", "treatment", "reported_on"})
_HEAD_WITHIN = 10
_NOT_STATED = frozenset({"", "-", "–", "ikke oplyst", "ukendt", "i.o."})
_UNDER_A_WEEK = frozenset({"<1", "< 1", "under 1"})
_WEEKS = re.compile(r"(\d{1,3})(?:[.,]0+)?(?: uger?)?", re.ASCII)
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")
_YES, _NO = frozenset({"ja", "j", "true", "1"}), frozenset({"nej", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Report:
    """One row of the export; `row` is its number in the file, the head being a row too."""

    row: int
    names: tuple[str, ...]
    sor_ids: tuple[str, ...]
    treatment: str
    code: str | None
    reported_on: date
    weeks: tuple[int | None, int | None, int | None]
    other_regions: bool | None


@dataclass(frozen=True)
class Reports:
    """The rows of one export."""

    rows: Sequence[Report]

    def onto(self, held: Catalogue) -> tuple[Catalogue, Sequence[CatalogueWarning]]:
        """The catalogue with these waiting times, and the rows that fit no place, area or service of it."""
        index, warnings = _Index(held), _Warnings()
        newest: dict[tuple[str, str], Report] = {}
        for report in self.rows:
            service = index.service(report, warnings)
            if service is not None:
                key = (service.id, report.code or fold(report.treatment))
                newest[key] = max(newest.get(key, report), report, key=lambda one: one.reported_on)
        by_service: defaultdict[str, list[Report]] = defaultdict(list)
        for (service_id, _treatment), report in newest.items():
            by_service[service_id].append(report)
        return _merged(held, by_service), warnings.found


def is_venteinfo(raw: bytes) -> bool:
    """Whether a file has the export's columns near its beginning."""
    try:
        return _head(list(io.StringIO(decoded(raw)))) is not None
    except BadCatalogue:
        return False


def read_venteinfo(raw: bytes) -> Reports:
    """The rows of an export. Raises BadCatalogue with row (as in the file) and column."""
    lines = list(io.StringIO(decoded(raw)))
    found = _head(lines)
    if found is None:
        raise BadCatalogue("/", "unknown_format")
    at, mark, columns = found
    if len(lines) > MOST_ROWS:
        raise BadCatalogue("/waiting_times", "too_many_rows")
    reader = csv.reader(lines[at + 1 :], delimiter=mark, strict=True)
    rows = []
    try:
        for values in reader:
            if any(value.strip() for value in values):
                rows.append(_report(at + 1 + reader.line_num, dict(zip(columns, map(cell, values), strict=False))))
    except csv.Error as error:
        raise BadCatalogue("/waiting_times", "not_csv") from error
    return Reports(rows)


def _head(lines: Sequence[str]) -> tuple[int, str, list[str]] | None:
    """The line of the head, the mark between cells and what each column holds."""
    for at, line in enumerate(lines[:_HEAD_WITHIN]):
        for mark in ";\t,":
            names = next(csv.reader([line], delimiter=mark), [])
            columns = [_COLUMNS.get(fold(cell(name)), "") for name in names]
            if set(columns) >= _NEEDED and set(WAITS) & set(columns):
                return at, mark, columns
    return None


def _report(row: int, values: Mapping[str, str]) -> Report:
    def weeks(name: str) -> int | None:
        """A number of weeks; none where it is not stated. Raises BadCatalogue for anything else."""
        text = values.get(name, "").casefold()
        if text in _NOT_STATED:
            return None
        match = _WEEKS.fullmatch(text)
        if text in _UNDER_A_WEEK:
            return 0
        if match is None or int(match[1]) > MOST_WEEKS:
            raise BadCatalogue(f"/waiting_times/{row}/{name}", "not_a_whole_number")
        return int(match[1])

    def texts(*names: str) -> tuple[str, ...]:
        """The columns of these names that hold anything."""
        return tuple(values[name] for name in names if values.get(name))

    other = values.get("other_regions", "").casefold()
    return Report(
        row=row,
        names=texts("part", "place", "institution"),
        sor_ids=texts("part_sor", "place_sor", "institution_sor"),
        treatment=values.get("treatment", ""),
        code=values.get("code") or None,
        reported_on=_day(row, values.get("reported_on", "")),
        weeks=(weeks(WAITS[0]), weeks(WAITS[1]), weeks(WAITS[2])),
        other_regions=True if other in _YES else False if other in _NO else None,
    )


def _day(row: int, text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise BadCatalogue(f"/waiting_times/{row}/reported_on", "not_a_date")


class _Warnings:
    """Each thing that is not known once, with the first row that names it."""

    def __init__(self) -> None:
        self.found: list[CatalogueWarning] = []
        self._seen: set[tuple[str, str]] = set()

    def add(self, row: int, code: str, value: str) -> None:
        """Warns of a value once, with the row it stood in first."""
        if (code, value) not in self._seen:
            self._seen.add((code, value))
            self.found.append(CatalogueWarning("waiting_times", row, code, value[:200]))


class _Index:
    """The catalogue's places by SOR id and name, and its services by place and area."""

    def __init__(self, held: Catalogue) -> None:
        self._areas = {code: area for code, area in held.lists["areas"].items() if isinstance(area, Area)}
        self._area_of: dict[tuple[str | None, str], str | None] = {}
        self._by_sor: defaultdict[str, set[str]] = defaultdict(set)
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._services: defaultdict[tuple[str, str], list[Service]] = defaultdict(list)
        locations = {key: one for key, one in held.lists["locations"].items() if isinstance(one, Location)}
        at_organization: defaultdict[str, set[str]] = defaultdict(set)
        for location in locations.values():
            at_organization[location.organization_id].add(location.id)
            if location.sor_id:
                self._by_sor[location.sor_id].add(location.id)
        for one in held.lists["organizations"].values():
            if isinstance(one, Organization):
                if one.sor_id:
                    self._by_sor[one.sor_id] |= at_organization[one.id]
                for name in (one.name, *one.alias):
                    self._by_name[fold(name)] |= at_organization[one.id]
        for service in held.lists["services"].values():
            if isinstance(service, Service):
                self._services[service.location_id, service.area].append(service)

    def service(self, report: Report, warnings: _Warnings) -> Service | None:
        """The one service a report speaks of; without one a warning with the row."""
        places = self._places(report)
        area = self._area(report)
        if not places:
            warnings.add(report.row, "unknown_place", report.names[0] if report.names else "")
            return None
        if area is None:
            warnings.add(report.row, "unknown_area", report.code or report.treatment)
            return None
        found = [one for place in sorted(places) for one in self._services.get((place, area), ())]
        if len(found) != 1:
            warnings.add(report.row, "several_services" if found else "no_service", f"{report.names[0]}, {area}")
            return None
        return found[0]

    def _places(self, report: Report) -> set[str]:
        for sor_id in report.sor_ids:
            if sor_id in self._by_sor:
                return self._by_sor[sor_id]
        return next((self._by_name[name] for one in report.names if (name := fold(one)) in self._by_name), set())

    def _area(self, report: Report) -> str | None:
        asked = report.code, report.treatment
        if asked not in self._area_of:
            names = {code: (area.name_da, area.sks_prefixes) for code, area in self._areas.items()}
            own = report.code if report.code in self._areas else None
            self._area_of[asked] = own or area_in(report.treatment, names, report.code)
        return self._area_of[asked]


def _merged(held: Catalogue, by_service: Mapping[str, Sequence[Report]]) -> Catalogue:
    waits, services = dict(held.lists["waiting_times"]), dict(held.lists["services"])
    days = [one.reported_on for reports in by_service.values() for one in reports]
    for id, reports in by_service.items():
        waits[id] = _wait(id, reports, waits.get(id))
        service, says = services[id], {one.other_regions for one in reports}
        if isinstance(service, Service) and len(says) == 1 and (answer := says.pop()) is not None:
            services[id] = replace(service, accepts_other_regions=answer)
    lists: dict[str, Mapping[str, Row]] = {**held.lists, "services": services, "waiting_times": waits}
    return Catalogue(max(days, default=held.as_of), lists)


def _wait(id: str, reports: Sequence[Report], held: Row | None) -> Row:
    """The waits of one service; a report older than the one in force changes nothing."""
    reported_on = min(one.reported_on for one in reports)
    if isinstance(held, WaitingTime) and held.source is not WaitSource.ILLUSTRATIVE and held.reported_on > reported_on:
        return held
    first, second, third = (_longest(one.weeks[kind] for one in reports) for kind in range(3))
    return WaitingTime(
        service_id=id,
        reported_on=reported_on,
        source=WaitSource.VENTEINFO,
        weeks_examination=first,
        weeks_outpatient=second,
        weeks_inpatient=third,
        note="; ".join(sorted({one.treatment for one in reports}))[:LONGEST] or None,
    )


def _longest(weeks: Iterable[int | None]) -> int | None:
    return max((one for one in weeks if one is not None), default=None)
