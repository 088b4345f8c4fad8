"""The parts of pages -> HTML, by functions: on tens of thousands of pages templates cost minutes.

Every text goes through ``_text`` on its way; only markup that is written here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from markupsafe import Markup

from pipeline.report.parts import (
    Bit,
    Cell,
    Chart,
    Column,
    Fact,
    Link,
    Node,
    Quoted,
    Ranked,
    RankedList,
    Table,
    ThemeEvidence,
)

# nearly no text has any of these, and one look costs less than five replacements
_special = re.compile("[&<>\"']").search
_broken = re.compile("[&<>]").search


def _text(text: str) -> str:
    return escape(text) if _special(text) else text


def _once(text: str) -> str:
    """Running text, which stands in no attribute."""
    return escape(text, quote=False) if _broken(text) else text


@lru_cache(256)
def menu(links: tuple[Link, ...], here: str, section: str, root: str) -> Markup:
    """The main menu; the entry of this page and that of its part of the site are lit."""
    lit = {section: ' aria-current="true"', here: ' aria-current="page"'}
    items = (f'<li><a href="{root}{k.path}"{lit.get(k.path, "")}>{_text(k.text)}</a></li>' for k in links)
    return _safe("\n".join(items))


def table(t: Table, root: str, named: bool = True) -> Markup:  # noqa: FBT001, FBT002  called by templates
    """A table in a region that can be scrolled; ``named``: its caption shows."""
    hidden = "" if named else ' class="hidden"'
    caption = f"<caption{hidden}>{_text(t.caption)}</caption>"
    heads = "".join(f'<th scope="col"{_kind(c)}>{_head(c, root)}</th>' for c in t.columns)
    kinds = [_kind(column) for column in t.columns]
    rows = "\n".join(_row(row, kinds, root) for row in t.rows)
    return _safe(
        f'<div class="scroll" role="region" aria-label="Tabelle: {_text(t.caption)}" tabindex="0">\n'
        f"<table{_sorting(t)}>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>\n"
        f"{_more(t, root)}"
    )


def _kind(column: Column) -> str:
    return ' class="num"' if column.number else ' class="tight"' if column.narrow else ""


def _head(column: Column, root: str) -> str:
    """The title of a column; of computed figures with the way to their definition."""
    if not column.means:
        return _text(column.title)
    told = f"{_text(column.title)}: was das heißt"
    sign = f'<a class="means" href="{_text(root + column.means)}" aria-label="{told}">?</a>'
    return f"{_text(column.title)} {sign}"


def _sorting(t: Table) -> str:
    """Tables that sort also stack on small screens, each field under the name of its column."""
    if not t.sortable:
        return ""
    names = "".join(f"--c{n}:'{_text(c.title)}: ';" for n, c in enumerate(t.columns, 1))
    return f' class="{"sortable " if len(t.rows) > 1 else ""}stack" style="{names}"'


def _more(t: Table, root: str) -> str:
    if not t.more:
        return ""
    words = _anchor(root + t.more_path, t.more) if t.more_path else _text(t.more)
    return f'<p class="more">{words}</p>\n'


def _row(row: Sequence[Cell], kinds: Sequence[str], root: str) -> str:
    cells = [_cell(cell, kind, root) for cell, kind in zip(row, kinds, strict=True)]
    return f'<tr><th scope="row"{cells[0]}</th>{"".join([f"<td{cell}</td>" for cell in cells[1:]])}</tr>'


def _cell(cell: Cell, kind: str, root: str) -> str:
    """A field from its attributes to its end, but for the name of the element."""
    text, path, sort, note, links = cell
    words = _anchor(root + path, text) if path else _text(text)
    if links:
        words += " " + " ".join([_anchor(root + link.path, link.text) for link in links])
    if note:
        words += f" <small>{_text(note)}</small>"
    return f'{kind} data-sort="{_text(sort)}">{words}' if sort else f"{kind}>{words}"


def _anchor(path: str, words: str) -> str:
    return f'<a href="{_text(path)}">{_text(words)}</a>'


def pager(pages: Sequence[Link], root: str) -> Markup:
    """The links between the pages of a long list."""
    if not pages:
        return _safe("")
    items = "".join(f"<li>{_page(link, root)}</li>" for link in pages)
    return _safe(f'<nav class="pager" aria-label="Weitere Seiten"><ul>{items}</ul></nav>')


def _page(link: Link, root: str) -> str:
    words = f'<span class="hidden">Seite </span>{_text(link.text)}'
    if not link.path:
        return f'<span aria-current="page">{words}</span>'
    return f'<a href="{_text(root + link.path)}">{words}</a>'


def chart(c: Chart, root: str) -> Markup:
    """A drawing with its figures as a table below it."""
    return _safe(
        f'<figure class="figure"><div class="scroll" role="region" aria-label="Diagramm: {_text(c.table.caption)}"'
        f' tabindex="0">{c.svg}</div>\n'
        f"<details><summary>Zahlen als Tabelle</summary>{table(c.table, root, named=False)}</details></figure>"
    )


def facts(items: Iterable[Fact], root: str) -> Markup:
    """Labels and what they are."""
    return _safe('<dl class="facts">' + "\n".join(_fact(fact, root) for fact in items) + "</dl>")


def _fact(fact: Fact, root: str) -> str:
    path = fact.path if fact.path.startswith("#") else root + fact.path
    value = _anchor(path, fact.value) if fact.path else _text(fact.value)
    if fact.links:
        value = ", ".join(f"{_anchor(root + k.path, k.text)}{_note(k, root)}" for k in fact.links)
    note = f"<small>{_text(fact.note)}</small>" if fact.note else ""
    return f"<div><dt>{_text(fact.label)}</dt><dd>{value}{note}</dd></div>"


def _note(link: Link, root: str) -> str:
    if not link.note:
        return ""
    return f" ({_anchor(root + link.note_path, link.note)})" if link.note_path else f" ({_text(link.note)})"


def ranked(found: RankedList, root: str, level: int = 2) -> Markup:
    """A list that is ordered by weight."""
    body = f'<p class="empty">{_text(found.empty)}</p>'
    if found.items:
        body = "<ol>" + "\n".join(_ranked(item, root) for item in found.items) + "</ol>"
    more = _rest(found, root) if found.more else ""
    return _safe(f'<section class="ranked"><h{level}>{_text(found.title)}</h{level}>{body}{more}</section>\n')


def _rest(found: RankedList, root: str) -> str:
    """What a list leaves out: folded away below it, or on pages of its own."""
    assert found.more is not None
    if found.rest:
        items = "\n".join(_ranked(item, root) for item in found.rest)
        return f'<details class="rest"><summary>{_text(found.more.text)}</summary><ol>{items}</ol></details>'
    words = _anchor(root + found.more.path, found.more.text) if found.more.path else _text(found.more.text)
    return f'<p class="more">{words}</p>'


def _ranked(item: Ranked, root: str) -> str:
    note = f" <small>{_text(item.note)}</small>" if item.note else ""
    value = _text(item.value)
    if item.evidence:
        told = ", ".join(filter(None, (item.evidence.text, item.evidence.note)))
        value = f'<a href="{_text(root + item.evidence.path)}" title="{_text(told)}">{value}</a>'
    elif item.opens:
        value = f'<a href="{_text(root + item.opens)}">{value}</a>'
    width = f'<i style="width:{item.weight * 100:.1f}%"></i>'
    bar = f'<span class="weight" aria-hidden="true">{width}</span>' if item.weight else ""
    who = f'<span class="who">{_anchor(root + item.link.path, item.link.text)}{note}</span>'
    return f'<li>{who}<span class="value">{value}</span>{bar}</li>'


def evidence(themes: Iterable[ThemeEvidence], root: str) -> Markup:
    """Why a release belongs to its themes."""
    return _safe('<ul class="evidence">' + "".join(_evidence(theme, root) for theme in themes) + "</ul>")


def _evidence(theme: ThemeEvidence, root: str) -> str:
    terms = f'<small class="block">wegen: {_text(", ".join(theme.terms))}</small>' if theme.terms else ""
    link = _anchor(root + theme.sentence.path, theme.sentence.text) if theme.sentence else ""
    shown = f'<small class="block">{link}</small>' if link else ""
    name = _anchor(root + theme.link.path, theme.link.text)
    return f'<li><span class="value">{_text(theme.share)}</span>{name}{terms}{shown}</li>'


def quoted(q: Quoted, root: str) -> Markup:
    """A sentence with the release that it stands in."""
    source = " · ".join(filter(None, (q.source, q.note)))
    caption = f"{_anchor(root + q.path, q.title)} <small>{_text(source)}</small>"
    said = f"<blockquote>{_bits(q.bits)}</blockquote>"
    return _safe(f'<figure class="said">{said}<figcaption>{caption}</figcaption></figure>\n')


def sentence(q: Quoted, root: str) -> Markup:
    """A sentence below the title of its release, with what found the name in it."""
    note = f" <small>{_text(q.note)}</small>" if q.note else ""
    spot = f'<a class="spot" href="{_text(root + q.path)}">im Text</a>{note}'
    return _safe(f"<blockquote>{_bits(q.bits)} {spot}</blockquote>\n")


def _bits(bits: Iterable[Bit]) -> str:
    return "".join(f"<mark>{_once(bit.text)}</mark>" if bit.marked else _once(bit.text) for bit in bits)


def nodes(found: Iterable[Node], root: str) -> Markup:
    """A paragraph of a release with its marks."""
    return _safe(_inner(found, root))


def _inner(found: Iterable[Node], root: str) -> str:
    return "".join([_once(node.text) if node.kind == "text" else _node(node, root) for node in found])


def _node(n: Node, root: str) -> str:
    kind, _, children, anchor, path, told, goes_on, holds_links = n
    inner = _inner(children, root)
    anchor = f' id="{_text(anchor)}"' if anchor else ""
    if kind == "s":
        return f'<span class="s"{anchor}>{inner}</span>'
    tip = f' title="{_text(told)}"'
    start = f'class="m {kind.lower()}{" on" if goes_on else ""}"{anchor}'
    if path and not holds_links:
        return f'<a {start} href="{_text(root + path)}"{tip}>{inner}</a>'
    tag = ""
    if path and not goes_on:
        tag = f'<a class="tag" href="{_text(root + path)}"{tip} aria-label="{_text(told)}"></a>'
    return f"<span {start}{tip}>{inner}{tag}</span>"


def _safe(html: str) -> Markup:
    """Finished markup; every word in it went through ``_text`` or is written here."""
    return Markup(html)  # noqa: S704  see above
