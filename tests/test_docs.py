"""The documentation is true: commands exist, tables and pictures match, links lead somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "data").glob("*/*.md")),
]


def targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_command_in_the_docs_exists(path):
    named = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
    named |= set(re.findall(r"^make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_in_the_docs_leads_to_a_file(path):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing


def params_table():
    """params.yaml with its comments -> the rows of the README's table."""
    rows, section, comment = ["| parameter | default | what it does |", "| --- | --- | --- |"], "", ""
    group = ""
    for line in (ROOT / "params.yaml").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(\w+):$", line):
            section = match[1]
        elif match := re.match(r"(?:  ){1,2}# (.*)", line):
            comment = f"{comment} {match[1]}".strip()
        elif match := re.match(r"  (\w+):$", line):
            group = f"{match[1]}."
            rows.append(f"| `{section}.{match[1]}` | | {comment} |")
            comment = ""
        elif match := re.match(r"(?:  ){1,2}(\w+): (.*)", line):
            inner = group if line.startswith("    ") else ""
            rows.append(f"| `{section}.{inner}{match[1]}` | `{match[2]}` | {comment} |")
            comment = ""
    return "\n".join(rows)


def dag():
    result = subprocess.run(
        [sys.executable, "-m", "dvc", "dag", "--mermaid", "dvc.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return f"```mermaid\n{result.stdout.strip()}\n```".replace("\t", "  ")


@pytest.mark.parametrize(("name", "made"), [("params", params_table), ("dag", dag)])
def test_golden_parts_of_the_readme_are_what_they_describe(name, made):
    """`make gold` writes them anew."""
    text = README.read_text(encoding="utf-8")
    pattern = rf"(<!-- {name}:begin -->\n).*?(\n<!-- {name}:end -->)"
    assert re.search(pattern, text, re.DOTALL)
    if os.environ.get("ACCEPT_GOLD"):
        text = re.sub(pattern, lambda m: m[1] + made() + m[2], text, flags=re.DOTALL)
        README.write_text(text, encoding="utf-8", newline="\n")
    assert re.search(pattern, text, re.DOTALL)[0].split("\n", 1)[1].rsplit("\n", 1)[0] == made()


def test_every_parameter_has_a_sentence():
    rows = params_table().splitlines()[2:]
    assert len(rows) > 20
    assert not [row for row in rows if not re.search(r"\w.*[.] \|$", row)]


def test_no_tracked_text_names_a_registry_or_a_path_of_a_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout: nothing is tracked")
    forbidden = re.compile(rb"p[y]pi\.org|python[h]osted|registry\.n[p]mjs|/ro[o]t/|/hom[e]/\w")
    found = []
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if path.is_file() and path.suffix in {
            ".py",
            ".md",
            ".toml",
            ".yaml",
            ".lock",
            ".txt",
            ".cfg",
            ".json",
            ".html",
        }:
            found += [name] if forbidden.search(path.read_bytes()) else []
    assert not found
