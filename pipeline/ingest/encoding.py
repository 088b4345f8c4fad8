"""Bytes of a text file -> text, by the encoding under which it reads as German; every repair is counted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from pipeline.ingest.rejections import reject

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp1252 comes first: of equally plausible readings it is by far the most common in German offices
_GUESSES = ("cp1252", "mac_roman", "cp850")
_SAMPLE = 50_000
_MIN_PLAUSIBLE = 0.985
# of the bytes at even or at odd places, this share is zero in two-byte text of Latin letters, none in other text
_TWO_BYTE = 0.4
_EXPECTED = re.compile(
    r"[A-Za-zÄÖÜäöüß0-9\s.,;:!?()\[\]/&%§€@*+#=_|<>$'\"„“”‚‘’»«›‹–—\-…·•°²³©®™éèêàâáóôçñøåœæëïíúšžčćłńřÉÀ\xa0\xad]"
)
# what speaks for a reading: umlauts where German has them, marks at the edge of words
_GERMAN = re.compile(
    r"[äöü](?=[a-zäöüß])|(?<=[a-zäöü])[äöüß]|(?<![a-zäöüß])[ÄÖÜ](?=[A-Za-zäöüÄÖÜß])|(?<=[A-ZÄÖÜ])[ÄÖÜ]"
    r"|(?<![a-zäöüß])[„»‚](?=[A-ZÄÖÜa-zäöüß0-9])|(?<=[a-zäöüß.!?])[“”«](?![a-zäöüß])|(?<=\s)[–—•§](?=\s)"
)
# what speaks against it: a mark or a capital between small letters, control characters
_FOREIGN = re.compile(
    r"(?<=[A-Za-zÄÖÜäöüß])[^\x00-\x7fÄÖÜäöüßéèêëàâáîïíóôúûçñøåœæšžčćłńřýõã’‘‐‑–·…*\xa0\xad](?=[a-zäöüß])"
    r"|(?<=[a-zäöüß])[šžœÿøå](?=[a-zäöüß])|[\x80-\x9f†‡ˆ¬¤¦]"
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOJIBAKE = re.compile(
    "[ÃƒÂ][\u0080-\u00bf\u0152-\u2122]|â€|Â[\u00a0-\u00bf]|ï¬|âˆ|├[\u2500-\u257fÂñƒ\u00a0-\u00bf]|√[§º∂ÑñÜü†]|‚Ä[ìúùîôö]"
)
# characters of cp1252 that came through as control characters; 85 alone may be an old line end
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_FROM_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_DOTS = "\u00a8\u0308"
_DOTS_BEFORE, _DOTS_AFTER = re.compile("\u00a8([aouAOU])"), re.compile(f"([aouAOU]) ?[{_DOTS}]")
_SURELY_BEFORE, _SURELY_AFTER = re.compile("(?<![aouAOU])\u00a8[aouAOU]"), re.compile("[aouAOU]\u00a8(?![aouAOU])")
_UMLAUT = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))


def decode(data: bytes) -> tuple[str, int]:
    """Bytes -> text, and how many places were repaired in it.

    Raises Rejection binary or unreadable_encoding.
    """
    return repair(_decode(data))


def sniff(sample: bytes) -> str:
    """The first bytes of a file -> the name of its encoding, for streams; to be used with ``errors=MIXED``."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if (wide := _two_byte(sample)) is not None:
        return wide
    if _is_utf8(sample):
        return "utf-8"
    readings = {name: sample.decode(name, errors=MIXED) for name in ("utf-8", *_GUESSES)}
    return max(readings, key=lambda name: _score(readings[name]))


def repair(text: str) -> tuple[str, int]:
    """Text -> the same without mojibake (``fÃ¼r`` -> ``für``) and torn umlauts, and how many places that were."""
    if text.isascii():
        return text, 0
    text, controls = _without_c1(text)
    text, places = _without_mojibake(text)
    text, torn = compose(text)
    return text, controls + places + torn


def compose(text: str) -> tuple[str, int]:
    """Text -> the same with dots put on their letters (``fu¨r``, ``f¨ur`` -> ``für``), and how many that were."""
    if not any(dots in text for dots in _DOTS):
        return text, 0
    # printed before the letter (TeX) or after it: what is certain somewhere decides for the whole text
    before, after = len(_SURELY_BEFORE.findall(text)), len(_SURELY_AFTER.findall(text))
    orders = (_DOTS_AFTER, _DOTS_BEFORE) if after > before else (_DOTS_BEFORE, _DOTS_AFTER)
    torn = 0
    for pattern in orders:
        text, count = pattern.subn(lambda found: _UMLAUT[found[1]], text)
        torn += count
    return text, torn


def _without_c1(text: str) -> tuple[str, int]:
    found = len(_C1.findall(text))
    return (text.translate(_FROM_C1), found + text.count("\x85")) if found else (text, 0)


def _without_mojibake(text: str) -> tuple[str, int]:
    places = len(_MOJIBAKE.findall(text))
    if not places:
        return text, 0
    fixed = "\n".join(_fixed(line) for line in text.split("\n"))
    return fixed, places - len(_MOJIBAKE.findall(fixed)) if fixed != text else 0


def _fixed(line: str) -> str:
    """A line without mojibake; where one letter of it forbids the way back, word for word."""
    if not _MOJIBAKE.search(line):
        return line
    import ftfy  # noqa: PLC0415  slow to import, and few texts need it

    fixed: str = ftfy.fix_encoding(line)
    if _MOJIBAKE.search(fixed):
        words = re.split(r"([ \t]+)", fixed)
        fixed = "".join(ftfy.fix_encoding(word) if _MOJIBAKE.search(word) else word for word in words)
    return fixed


def _decode(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if (wide := _two_byte(data)) is not None:
        return data.decode(wide, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best_guess(data)
    if "\0" in text:
        return _best_guess(data)
    return text


def _is_utf8(sample: bytes) -> bool:
    """Whether a sample, which may end within a letter, is UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _two_byte(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters have a zero at every other place."""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    zeros = even.count(0), odd.count(0)
    if max(zeros) < _TWO_BYTE * len(odd) or min(zeros) > 0.02 * len(odd) or not odd:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _best_guess(data: bytes) -> str:
    """The reading that looks most like German; of equals the first."""
    plausible = [text for text in _readings(data) if plausibility(text) >= _MIN_PLAUSIBLE]
    if plausible:
        return max(plausible, key=_score)
    if len(_CONTROL.findall(data[:_SAMPLE])) > 0.08 * len(data[:_SAMPLE]):
        raise reject("binary", what="Steuerzeichen")
    raise reject("unreadable_encoding")


def _readings(data: bytes) -> Iterator[str]:
    # mostly UTF-8 with a few bytes pasted in from an older system
    yield data.decode("utf-8", errors=MIXED)
    for name in _GUESSES:
        yield data.decode(name, errors=MIXED)
    import charset_normalizer  # noqa: PLC0415  slow to import, and few texts need it

    match = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if match is not None:
        yield data.decode(match.encoding, errors="replace")


def _one_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors=_LATIN), error.end


def _one_latin(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


# UTF-8 where it is valid, cp1252 for the bytes between, control characters for the five it lacks
MIXED, _LATIN = "presselese-cp1252", "presselese-latin-1"
codecs.register_error(MIXED, _one_cp1252)
codecs.register_error(_LATIN, _one_latin)


def _score(text: str) -> float:
    """How German a reading looks: what fits less what does not, by characters beyond ASCII."""
    sample = text[:_SAMPLE]
    beyond = sum(not char.isascii() for char in sample)
    return (len(_GERMAN.findall(sample)) - 2 * len(_FOREIGN.findall(sample))) / beyond if beyond else 0.0


def plausibility(text: str) -> float:
    """Share of characters (white space apart) that German text is made of, in a sample from the start."""
    sample = text[:_SAMPLE]
    return len(_EXPECTED.findall(sample)) / len(sample) if sample else 0.0
