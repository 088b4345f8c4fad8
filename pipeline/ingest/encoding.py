"""Bytes of a text file -> text, by the encoding under which it reads as German."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import charset_normalizer
import ftfy

from pipeline.ingest.rejections import reject

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp1252 comes first: of equally plausible readings it is by far the most common in German offices
_GUESSES = ("cp1252", "mac_roman", "cp850", "utf-16-le", "utf-16-be")
_SAMPLE = 50_000
_MIN_PLAUSIBLE = 0.985
_EXPECTED = re.compile(
    r"[A-Za-zÄÖÜäöüß0-9\s.,;:!?()\[\]/&%§€@*+#=_|<>$'\"„“”‚‘’»«›‹–—\-…·•°²³©®™éèêàâáóôçñøåœæëïíúšžčćłńřÉÀ\xa0\xad]"
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf\u0152-\u2122]|â€|Â[\u00a0-\u00bf]|ï¬")


def decode(data: bytes) -> tuple[str, int]:
    """Bytes -> text, and how many places of mojibake were repaired in it.

    Raises Rejection binary or unreadable_encoding.
    """
    text = _decode(data)
    return repair(text)


def repair(text: str) -> tuple[str, int]:
    """Text -> the same without mojibake (``fÃ¼r`` -> ``für``), and how many places that were."""
    places = len(_MOJIBAKE.findall(text))
    if not places:
        return text, 0
    fixed = ftfy.fix_encoding(text)
    return fixed, places - len(_MOJIBAKE.findall(fixed)) if fixed != text else 0


def _decode(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best_guess(data)
    if "\0" in text:
        return _best_guess(data)
    return text


def _best_guess(data: bytes) -> str:
    """The reading that looks most like German; of equals the first."""
    best, score = "", 0.0
    for text in _readings(data):
        plausible = plausibility(text)
        if plausible > score + 1e-9:
            best, score = text, plausible
    if score >= _MIN_PLAUSIBLE:
        return best
    if len(_CONTROL.findall(data[:_SAMPLE])) > 0.08 * len(data[:_SAMPLE]):
        raise reject("binary", what="Steuerzeichen")
    raise reject("unreadable_encoding")


def _readings(data: bytes) -> Iterator[str]:
    # mostly UTF-8 with a few bytes pasted in from an older system
    yield _mixed(data)
    for name in _GUESSES:
        try:
            yield data.decode(name)
        except UnicodeDecodeError:
            continue
    match = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if match is not None:
        yield data.decode(match.encoding, errors="replace")


def _mixed(data: bytes) -> str:
    """UTF-8 where it is valid, cp1252 for the bytes between."""
    return data.decode("utf-8", errors=_MIXED)


def _one_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


_MIXED = "presselese-cp1252"
codecs.register_error(_MIXED, _one_cp1252)


def plausibility(text: str) -> float:
    """Share of characters (white space apart) that German text is made of, in a sample from the start."""
    sample = text[:_SAMPLE]
    return len(_EXPECTED.findall(sample)) / len(sample) if sample else 0.0
