"""The register is built in nearly linear time: 100,000 mentions in 20 seconds of one processor."""

from __future__ import annotations

import random
import time

from pipeline.core.records import Mention, Release, Sentence
from pipeline.register.work import Found, Given, build
from tests.builders import mention, release
from tests.register.settings import STRICT

SYLLABLES = ["mu", "ster", "lau", "ten", "weiß", "bach", "hol", "brö", "mme", "fal", "ken", "rode", "au", "en"]
BEFORE, AFTER = "Am Montag hat der Rat beschlossen, dass ", " weiter gefördert wird, so der Oberbürgermeister. "
PER_RELEASE = 12


def corpus(size: int) -> Found:
    """So many mentions of invented names, many of them often, in releases of a dozen."""
    rng = random.Random(1)

    def word(parts: int) -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(parts)).capitalize()

    people = [f"{word(2)} {word(3)}" for _ in range(size // 12)]
    names = {
        "PER": people + [name.split()[1] for name in people[: size // 40]],
        "LOC": [word(3) for _ in range(size // 40)],
        "ORG": [f"{word(2)}er Verein {word(2)} e. V." for _ in range(size // 40)],
        "INITIATIVE": [word(2) + word(2) for _ in range(size // 40)],
    }
    releases: list[Release] = []
    mentions: list[Mention] = []
    sentences: list[Sentence] = []
    for number in range(size // PER_RELEASE):
        release_id, text = f"{number:012x}", ""
        for label in rng.choices([*names], [4, 4, 2, 2], k=PER_RELEASE):
            name, start = rng.choice(names[label]), len(text) + len(BEFORE)
            role = rng.choice(["Oberbürgermeister", None, None]) if label == "PER" else None
            mentions.append(mention(name, label, start, release_id=release_id, role=role))
            sentences.append(Sentence(release_id, len(text), start + len(name) + len(AFTER) - 1, "body"))
            text += BEFORE + name + AFTER
        day = f"20{10 + number % 15}-0{1 + number % 9}-11"
        releases.append(release(release_id, text, issuer=f"Stadt {number % 50}", published=day))
    return Found(mentions, releases, sentences)


def test_twelve_thousand_mentions_take_less_than_their_share_of_twenty_seconds():
    found = corpus(12_000)
    started = time.process_time()
    register = build(found, Given(), STRICT)
    assert time.process_time() - started < 20 * 12_000 / 100_000 * 1.5  # a busy machine takes half as long again
    assert len(register.entities) > 500
