"""The program's own log of unexpected failures: where in the code, never what the data was."""

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler

from pkui.base.settings import state_dir

FILE_NAME = "pkui.log"
_LARGEST = 1_000_000


def unexpected(error: BaseException) -> str:
    """Writes where it happened and the kind of error, and returns the reference a person can quote.

    The error's own text is left out: it may quote data.
    """
    reference = secrets.token_hex(3)
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    _logger().error("%s %s at %s", reference, type(error).__qualname__, places)
    return reference


def _logger() -> logging.Logger:
    logger = logging.getLogger("pkui")
    if not logger.handlers:
        folder = state_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / FILE_NAME, maxBytes=_LARGEST, backupCount=2, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return logger
