"""Straight-line distance, and the postcodes it is measured from (never a region: that is no digit of a postcode)."""

import csv
import io
from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG)."""
Point = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""


class BadPostcodes(ValueError):
    """The file of postcodes cannot be read: the line's number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def distance_km(one: Point, other: Point) -> float:
    """Kilometres as the crow flies between two points (haversine formula)."""
    lat_one, lon_one, lat_other, lon_other = map(radians, (*one, *other))
    half = sin((lat_other - lat_one) / 2) ** 2 + cos(lat_one) * cos(lat_other) * sin((lon_other - lon_one) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def read_postcodes(text: str) -> dict[str, Point]:
    """Postcodes with their points from `postcode,name,lat,lon`. Raises BadPostcodes."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if rows.fieldnames is None or not {"postcode", "lat", "lon"} <= set(rows.fieldnames):
        raise BadPostcodes(1)
    found: dict[str, Point] = {}
    for row in rows:
        try:
            point = float(row["lat"]), float(row["lon"])
        except (TypeError, ValueError) as error:
            raise BadPostcodes(rows.line_num) from error
        if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180) or not row["postcode"]:
            raise BadPostcodes(rows.line_num)
        found[row["postcode"].strip()] = point
    return found


def between(
    postcodes: Mapping[str, Point], home: str | None, place: str | None, place_at: Point | None
) -> float | None:
    """Kilometres from a postcode to a place by its own point, else its postcode; None where either is not known."""
    start = postcodes.get((home or "").strip())
    end = place_at or postcodes.get((place or "").strip())
    return None if start is None or end is None else distance_km(start, end)
