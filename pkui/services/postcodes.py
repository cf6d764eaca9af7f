"""The postcodes that distances are measured with, from the file the settings name; without one none is known."""

from pathlib import Path

from pkui.base.errors import BadInput
from pkui.domain.providers.distance import BadPostcodes, Point, read_postcodes


def load_postcodes(path: Path | None) -> dict[str, Point]:
    """The points by postcode; empty without a file. Raises BadInput for a file that is missing or wrong."""
    if path is None:
        return {}
    try:
        return read_postcodes(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("bad_setting", setting="postcodes") from error
    except BadPostcodes as error:
        raise BadInput("bad_postcodes", line=error.line) from error
