"""Read the texts, fit the weights, say how good they are in cross-validation, save them."""

from __future__ import annotations

import sys
from pathlib import Path

from models.initiatives import fit, texts

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "pipeline" / "extract" / "components" / "initiatives" / "weights.toml"


def main(shared: Path) -> str:
    """Fit on everything that may be learned from; the count sentence."""
    examples = texts.load(ROOT, shared)
    table = fit.cross_validate(examples)
    weights = fit.fit(examples)
    WEIGHTS.write_text(fit.as_toml(weights, table), encoding="utf-8", newline="\n")
    return f"initiatives: {len(weights.of)} weights from {len(examples)} releases; {table}"


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))  # noqa: T201 -- its answer
