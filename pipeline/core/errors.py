"""Everything that this project raises on purpose.

::

    PresseleseError           a message for the person at the keyboard: place, then remedy
    ├── ParamsError           params.yaml says something that no stage understands
    ├── TableError            a stored table is missing, or is not what its schema promises
    ├── ModelError            the language model is missing, or is another one than params.yaml names
    ├── InputError            a file a person keeps by hand (corrections, gold, scheme) is faulty
    ├── ExecutionError        workers are lost, or cannot be reached
    ├── DeliveryError         a file made for an archive breaks its schema or a rule
    └── Rejection             one raw file that cannot become a release; becomes a row, never a crash
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable


class PresseleseError(Exception):
    """A fault whose message names the place and what would be right."""


class ParamsError(PresseleseError):
    """params.yaml says something that no stage understands."""


class TableError(PresseleseError):
    """A stored table is missing, or is not what its schema promises."""


class ModelError(PresseleseError):
    """The language model is missing, or is another one than params.yaml names."""


class InputError(PresseleseError):
    """A file that a person keeps by hand is faulty."""


class ExecutionError(PresseleseError):
    """Workers are lost, or cannot be reached."""


class DeliveryError(PresseleseError):
    """A file made for an archive breaks its schema or a rule."""


class Rejection(PresseleseError):
    """One raw file that cannot become a release.

    ``code`` is a stable word for tables and tests, the reasons are whole sentences for people.
    """

    def __init__(self, code: str, reason_de: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.code = code
        self.reason_de = reason_de
        self.reason_en = reason_en

    def __reduce__(self) -> tuple[type[Rejection], tuple[str, str, str]]:
        """Pickle with all three arguments, so that a worker process can hand it back."""
        return type(self), (self.code, self.reason_de, self.reason_en)


def run_stage(main: Callable[[], str]) -> None:
    """Run one stage's ``main``, log the count sentence it returns, and turn our errors into one line.

    Anything else keeps its traceback: it is a bug of ours and should be reported with it.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        logging.getLogger("presselese").info(main())
    except PresseleseError as error:
        sys.exit(f"error: {error}")
