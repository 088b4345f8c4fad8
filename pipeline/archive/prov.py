"""dvc.lock -> W3C PROV in JSON-LD: which code, params, model and corrections made the files of the package.

What dvc.lock says of a stage is taken over only when the tables that lie there are the ones it speaks of, by their
MD5; a stage that was run by hand is left out rather than guessed. Terms: PROV-O, https://www.w3.org/TR/prov-o/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ruamel.yaml import YAML

from pipeline.archive.settings import ArchiveParams

LOCK, PATH = Path("dvc.lock"), "prov/herkunft.jsonld"
UPSTREAM = ("ingest", "extract", "register", "themes")
_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "presselese": "urn:presselese:",
    "label": "rdfs:label",
    "md5": "presselese:md5",
    "params": {"@id": "presselese:params", "@type": "@json"},
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in (
            "used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "wasAttributedTo", "agent", "hadPlan",
            "entity", "hadRole", "hadMember",
        )
    },
    "qualifiedAssociation": {"@id": "prov:qualifiedAssociation"},
    "qualifiedUsage": {"@id": "prov:qualifiedUsage"},
}  # fmt: skip
_SOFTWARE = "presselese:software"
Node = dict[str, Any]
Stages = Mapping[str, Mapping[str, Any]]


def read(lock: Path = LOCK) -> Stages:
    """What dvc.lock says of the stages before this one; of a stage whose tables are others by now nothing."""
    if not lock.exists():
        return {}
    stages = (YAML(typ="safe").load(lock.read_text("utf-8")) or {}).get("stages", {})
    return {name: stages[name] for name in UPSTREAM if name in stages and _is_true(stages[name], lock.parent)}


def _is_true(stage: Mapping[str, Any], root: Path) -> bool:
    files = [out for out in stage.get("outs", []) if not str(out["md5"]).endswith(".dir")]
    return all((root / out["path"]).is_file() and _md5(root / out["path"]) == out["md5"] for out in files)


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def to_json(stages: Stages, package: Mapping[str, int], settings: ArchiveParams) -> bytes:
    """Stages, and the folders of the package with the number of their files -> the document."""
    nodes = [
        {"@id": _SOFTWARE, "@type": ["prov:SoftwareAgent"], "label": "Presselese"},
        {"@id": _iri("institution", settings.isil), "@type": ["prov:Organization"], "label": settings.publisher},
        *_stages(stages),
        *_package(stages, package, settings),
    ]
    unique = {node["@id"]: node for node in nodes}
    document = {"@context": _CONTEXT, "@graph": [unique[key] for key in sorted(unique)]}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _stages(stages: Stages) -> Iterator[Node]:
    made = {out["path"] for stage in stages.values() for out in stage.get("outs", [])}
    for name, stage in stages.items():
        params: Any = next(iter(stage.get("params", {}).values()), {})
        plan = _iri("params", name)
        yield {
            "@id": plan,
            "@type": ["prov:Entity", "prov:Plan"],
            "label": f"params.yaml: {name}",
            "params": params,
        }
        deps = {dep["path"]: dep for dep in stage.get("deps", [])}
        for path, dep in deps.items():
            if path not in made:
                yield _file(path, dep["md5"], code=path.startswith("pipeline/"))
        used = [_iri("file", path) for path in sorted(deps)]
        yield _activity(name, stage["cmd"], [*used, plan], _iri("file", f"pipeline/{name}"))
        for out in stage.get("outs", []):
            yield {
                **_file(out["path"], out["md5"]),
                "wasGeneratedBy": _iri("stage", name),
                "wasDerivedFrom": [
                    _iri("file", path) for path in sorted(deps) if not path.startswith("pipeline/")
                ],
            }


def _package(stages: Stages, package: Mapping[str, int], settings: ArchiveParams) -> Iterator[Node]:
    """The folders of the package; single files stand with their sums in the manifest of their bag."""
    tables = [_iri("file", out["path"]) for stage in stages.values() for out in stage.get("outs", [])]
    plan = _iri("params", "archive")
    values = settings.model_dump(exclude={"schemas", "max_cache_mb"})  # of one machine
    yield {"@id": plan, "@type": ["prov:Entity", "prov:Plan"], "label": "params.yaml: archive", "params": values}
    yield _activity("archive", "python -m pipeline.archive", [*sorted(tables), plan], plan)
    for folder, count in sorted(package.items()):
        yield {
            "@id": _iri("package", folder),
            "@type": ["prov:Entity", "prov:Collection"],
            "label": f"{folder} ({count} Dateien)",
            "wasGeneratedBy": _iri("stage", "archive"),
            "wasAttributedTo": _iri("institution", settings.isil),
        }


def _activity(name: str, command: str, used: list[str], plan: str) -> Node:
    return {
        "@id": _iri("stage", name),
        "@type": ["prov:Activity"],
        "label": command,
        "used": used,
        "wasAssociatedWith": _SOFTWARE,
        "qualifiedAssociation": {"@type": ["prov:Association"], "agent": _SOFTWARE, "hadPlan": plan},
    }


def _file(path: str, md5: str, *, code: bool = False) -> Node:
    kinds = ["prov:Entity", "prov:Plan"] if code else ["prov:Entity"]
    return {"@id": _iri("file", path), "@type": kinds, "label": path, "md5": md5}


def _iri(kind: str, name: str) -> str:
    return f"presselese:{kind}:{quote(name, safe='/._-')}"
