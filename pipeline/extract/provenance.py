"""Where an installed model package came from: a file or an address, never a package index by its bare name."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution

from pipeline.core.errors import ModelError

_DROP_INS = {"de_core_news_sm": "models/drop-in/de_core_news_sm.txt"}
_OWN = "models/dist/requirements.txt"


def remedy(model: str) -> str:
    """The name of a model -> the command that installs it by address or file and hash."""
    source = _DROP_INS.get(model, _OWN)
    return f"run `python -m pip install --require-hashes --no-deps -r {source}`"


def check(model: str) -> None:
    """A model package that was taken from a package index by its bare name is refused, before any of it runs.

    Strangers hold the names of spaCy's models on package indexes. An installer notes the address of a file that it
    was given (PEP 610, ``direct_url.json``); of a package from an index it notes none. A path is no package.

    Raises ModelError naming the package and what to run.
    """
    try:
        package = distribution(model)
    except (PackageNotFoundError, ValueError):
        return
    if not _from_address(package):
        raise ModelError(
            f"language model {model}: version {package.version} was installed by its bare name from a package "
            f"index, where such names are held by strangers; uninstall it, then {remedy(model)}"
        )


def _from_address(package: Distribution) -> bool:
    return bool(package.read_text("direct_url.json"))
