"""Searching 5,000 services while typing: from a key to the rows, held against sorting numbers in the same run."""

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import Relation
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from pkui.services.providers import Book, open_book
from pkui.services.providers_import import import_catalogue, parse
from pkui.services.providers_ladder import Ladders
from pkui.services.providers_search import Wanted, search
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, p95
from tests.conftest import KEY, new_store
from tests.data.catalogue import agreement, encoded, organization, waiting

NAME = "providers"
SERVICES, AREAS = 5_000, 25
WORDS = ("Bakke", "Lund", "Strand", "Mølle", "Skov", "Vester", "Nørre", "Eng", "Høj", "Kilde")
TYPED = ("m", "mø", "møl", "møll", "mølel", "moelle", "nørre sko", "norre skov", "kilde 17", "straand vest", "qqqq")
TARGET_MS = 50.0
CALIBRATION_NUMBERS = 50_000


def big_catalogue() -> dict[str, Any]:
    """As many services as asked for: 200 made-up places, each with every area."""
    places = SERVICES // AREAS
    ids = [f"p{number}" for number in range(places)]
    areas = [f"A{number}" for number in range(AREAS)]
    public = {"ownership": "public", "owner_region": "DK-82"}
    return {
        "schema": "pk-catalogue/1",
        "as_of": None,
        "organizations": [
            organization(
                id,
                name=f"{WORDS[number % 10]}{WORDS[number // 10 % 10].lower()} Klinik {number}",
                **(public if number % 4 == 0 else {}),
            )
            for number, id in enumerate(ids)
        ],
        "locations": [{"id": f"{id}-1", "organization_id": id, "postcode": "8000", "city": "Aarhus"} for id in ids],
        "areas": [{"code": code, "name_da": f"Område {code}"} for code in areas],
        "services": [{"id": f"{id}-{area}", "location_id": f"{id}-1", "area": area} for id in ids for area in areas],
        "agreements": [
            agreement(f"{id}-a", id, "partner" if number % 8 == 1 else "agreement", areas=areas)
            for number, id in enumerate(ids)
            if number % 4
        ],
        "waiting_times": [waiting(f"{id}-{area}", len(id + area) % 9) for id in ids for area in areas],
    }


def run(options: Options) -> Table:
    """Measures one area while typing, every area while typing, a kind alone, and reading the catalogue."""
    book, import_s, open_ms = _opened(options.scratch)
    repeats = 5 if options.quick else 30
    table = Table(
        f"Searching {len(book.entries)} services while typing ({repeats} times each)",
        ("what", "rows", "p50 ms", "p95 ms", "calibrations (p95)", "target ms"),
    )
    unit = _calibration()
    for name, wanted in (
        ("one area, words", [Wanted(area="A3", text=text) for text in TYPED]),
        ("every area, words", [Wanted(text=text, limit=200) for text in TYPED]),
        ("one area, agreement only", [Wanted(area="A3", relations=frozenset({Relation.AGREEMENT}))]),
    ):
        times, rows = _times(book, wanted, repeats)
        worst = p95(times)
        table.add(name, rows, round(p50(times), 2), round(worst, 2), round(worst / unit, 1), TARGET_MS)
        table.expect(f"{name}: rows after a key, p95 ms", worst, TARGET_MS)
    table.notes.append(f"taken in: {import_s:.1f} s; read for a screen: {open_ms:.0f} ms; calibration: {unit:.1f} ms")
    return table


def _opened(scratch: Path) -> tuple[Book, float, float]:
    key, path = scratch / "providers.key", scratch / "providers.db"
    key.write_text(KEY)
    store = new_store(f"sqlite:///{path}", key)
    clock = FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
    started = perf_counter()
    import_catalogue(desk, parse({"catalogue.json": encoded(big_catalogue())}))
    imported = perf_counter()
    book = open_book(desk)
    opened = perf_counter()
    store.close()
    return book, imported - started, (opened - imported) * 1000


def _times(book: Book, wanted: list[Wanted], repeats: int) -> tuple[list[float], int]:
    today, times, rows = date(2026, 11, 23), [], 0
    ladders = Ladders(book, None, today)
    ladders.warm()
    for _ in range(repeats):
        for one in wanted:
            started = perf_counter()
            rows = max(rows, len(search(book, one, today, ladders)))
            times.append((perf_counter() - started) * 1000)
    return times, rows


def _calibration() -> float:
    """Milliseconds to sort so many scrambled numbers on this machine now, the median of nine."""
    numbers = [number * 7919 % CALIBRATION_NUMBERS for number in range(CALIBRATION_NUMBERS)]
    times = []
    for _ in range(9):
        started = perf_counter()
        sorted(numbers)
        times.append((perf_counter() - started) * 1000)
    return p50(times)
