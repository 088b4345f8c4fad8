"""Stage package: exported networks, lemma tables and the component code become wheels; equal inputs, equal bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from training import export
from training.labels import NER
from training.settings import BUILD, HOME, section
from training.teacher import tag_sets

LANGUAGE_PART = "de"
STAMP = (2026, 1, 1, 0, 0, 0)
ENTRY = '''"""{description}"""

from pathlib import Path

from spacy.util import get_model_meta, load_model_from_init_py

from . import runtime
from .runtime import factories

__version__ = get_model_meta(Path(__file__).parent)["version"]
__all__ = ["factories", "load", "runtime"]


def load(**overrides):
    """Nothing becomes the pipeline."""
    return load_model_from_init_py(__file__, **overrides)
'''
PIPES = ["encoder", "senter", "tagger", "lemmatizer", "ner"]


def columns() -> dict[str, dict[str, object]]:
    """The heads become what each pipe reads: its columns and its labels."""
    tags = tag_sets()
    names, upos, xpos, _ = tags.sizes()
    return {
        "ner": {"columns": [0, names], "labels": sorted({label[2:] for label in NER if label != "O"})},
        "tagger": {"columns": [names, names + upos + xpos], "upos": tags.upos, "labels": tags.xpos},
        "senter": {"columns": [names + upos + xpos, names + upos + xpos + 2], "labels": ["I", "S"]},
    }


def write_files(name: str, folder: Path) -> None:
    """A student becomes the files of its pipes."""
    kind = name.rsplit("_", 1)[1]
    student = BUILD / "students" / f"{section('package')['students'][kind]}.pt"
    encoder = folder / "encoder"
    if kind == "sm":
        export.write_words(student, encoder)
    else:
        options = section("package")
        export.write(student, encoder / "network.onnx", options["style"], options["reserve"])
    rows = json.loads((BUILD / "base" / "pieces.json").read_text("utf-8"))
    about = {"pieces": [piece for piece, _ in rows], "scores": [score for _, score in rows]}
    (encoder / "pieces.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    for pipe, content in columns().items():
        (folder / pipe).mkdir(parents=True, exist_ok=True)
        (folder / pipe / "labels.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (folder / "lemmatizer").mkdir(exist_ok=True)
    shutil.copy(BUILD / "lexicon" / "lemmas.json.gz", folder / "lemmatizer" / "lemmas.json.gz")


def write_code(name: str, tree: Path) -> None:
    """The component code is copied into the package."""
    shutil.copytree(HOME / "runtime", tree / name / "runtime", ignore=shutil.ignore_patterns("__pycache__"))
    (tree / name / "__init__.py").write_text(ENTRY.format(description=meta(name)["description"]), "utf-8")
    (tree / name / "meta.json").write_text(json.dumps(meta(name), ensure_ascii=False, indent=2), "utf-8")


def meta(name: str) -> dict[str, object]:
    """A name becomes what meta.json says about that model."""
    options = section("package")
    performance = json.loads((HOME / "metrics.json").read_text("utf-8")) if (HOME / "metrics.json").exists() else {}
    return {
        "lang": LANGUAGE_PART,
        "name": name.split("_", 1)[1],
        "version": options["version"],
        "spacy_version": ">=3.8.0,<3.9.0",
        "description": options["descriptions"][name.rsplit("_", 1)[1]],
        "author": "The developers of Presselese",
        "license": "CC BY-SA 4.0",
        "requirements": options["requirements"],
        "sources": options["sources"],
        # speed belongs to a machine, not to the model
        "performance": {test: figures for test, figures in performance.get(name, {}).items() if test != "speed"},
    }


def assemble(name: str, tree: Path) -> None:
    """Files and code become a saved pipeline inside the package; run in a process of its own that imports the package."""
    sys.path[:0] = [str(tree), str(HOME)]
    factories = __import__(f"{name}.runtime.factories", fromlist=["factories"])
    from training.tokens import make_language

    nlp = make_language()
    for pipe in PIPES:
        nlp.add_pipe(f"{name}_{pipe}", name=pipe).from_disk(tree / "files" / pipe)
    nlp.meta.update(meta(name))
    assert factories.PACKAGE == name
    nlp.to_disk(tree / name / f"{name}-{section('package')['version']}")


def digest(data: bytes) -> str:
    """Bytes become the hash of a RECORD line."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def information(name: str) -> dict[str, str]:
    """A name becomes the files of its dist-info folder, RECORD aside."""
    about = meta(name)
    needs = "".join(f"Requires-Dist: {need}\n" for need in about["requirements"])  # type: ignore[attr-defined]
    factories = "".join(f"{name}_{pipe} = {name}.runtime.factories:make_{pipe}\n" for pipe in PIPES)
    return {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {about['version']}\nSummary: {about['description']}\n"
        f"License: CC BY-SA 4.0\nRequires-Python: >=3.11\n{needs}",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: presselese\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": f"[spacy_models]\n{name} = {name}\n\n[spacy_factories]\n{factories}",
    }


def wheel(name: str, tree: Path, target: Path) -> None:
    """A package tree becomes a wheel: sorted names, one date, so that equal content is equal bytes."""
    info = f"{name}-{section('package')['version']}.dist-info"
    files = {str(p.relative_to(tree)): p.read_bytes() for p in sorted((tree / name).rglob("*")) if p.is_file() and "__pycache__" not in p.parts}
    files |= {f"{info}/{file}": text.encode() for file, text in information(name).items()}
    record = "".join(f"{path},{digest(data)},{len(data)}\n" for path, data in sorted(files.items())) + f"{info}/RECORD,,\n"
    files[f"{info}/RECORD"] = record.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            out.writestr(entry, data)


def build(name: str) -> Path:
    """A name becomes its wheel in models/dist."""
    tree = BUILD / "package" / name
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "files").mkdir(parents=True)
    write_files(name, tree / "files")
    write_code(name, tree)
    subprocess.run([sys.executable, "-m", "training.package", name, str(tree)], check=True, cwd=HOME)
    target = HOME / "dist" / f"{name}-{section('package')['version']}-py3-none-any.whl"
    target.parent.mkdir(exist_ok=True)
    wheel(name, tree, target)
    return target


def main() -> None:
    """Build all wheels, or (with a name and a folder) assemble one pipeline in this process."""
    if len(sys.argv) == 3:
        assemble(sys.argv[1], Path(sys.argv[2]))
        return
    rows = []
    for kind in section("package")["students"]:
        path = build(f"de_presse_{kind}")
        rows.append(f"./models/dist/{path.name} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n")
        print(f"package: {path.name}: {path.stat().st_size / 1e6:.1f} MB")
    (HOME / "dist" / "requirements.txt").write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
