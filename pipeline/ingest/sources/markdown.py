"""Markdown and MDX -> Source: YAML or MultiMarkdown front matter as metadata, text by markdown-it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.ingest import encoding, layout
from pipeline.ingest.sources import page_blocks
from pipeline.ingest.sources.source import Source

_YAML = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MULTI = re.compile(r"\A(?:[A-Za-z][\w -]{1,24}:[ \t]+\S.*\n)+(?=\s*\n)")
_SHORTCODE = re.compile(r"{{[<%].*?[>%]}}|{%.*?%}|{:.*?}|<!--.*?-->", re.DOTALL)
# code that MDX mixes into Markdown: modules, comments and expressions in braces, tags of components
_MODULE = re.compile(r"^(?:import|export)\b.*(?:\n(?![ \t]*\n).*)*", re.MULTILINE)
_EXPORTED = re.compile(r"[\"']?\b(\w{1,30})[\"']?\s?:\s?([\"'`])([^\"'`\n]{1,300})\2")
_BRACES = re.compile(r"\{[^{}]{0,2000}\}")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.]{0,60})([^<>]{0,2000})>")
_ABOVE = re.compile(r"\b(?:title|heading|headline|subtitle|quote|text)=\"([^\"]{1,500})\"")
_BELOW = re.compile(r"\b(?:author|name|caption|source)=\"([^\"]{1,500})\"")
_INLINE = ("a", "b", "br", "em", "i", "span", "strong", "sub", "sup", "u")
_KNOWN = ("title", "titel", "date", "datum", "lang", "author", "autor", "subtitle", "untertitel", "slug")
_DATES = ("date", "datum", "published", "pubdate", "publishdate", "veröffentlicht")
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(data: bytes) -> Source:
    """The bytes of a .md file -> its paragraphs."""
    text, repairs = encoding.decode(data)
    meta, body = _split(text.replace("\r\n", "\n"))
    return _source("md", meta, blocks(body), repairs)


def read_mdx(data: bytes) -> Source:
    """The bytes of an .mdx file -> its paragraphs; components give the text that they show, code is left out."""
    text, repairs = encoding.decode(data)
    meta, body = _split(text.replace("\r\n", "\n"))
    exported = {key.lower(): value for code in _MODULE.findall(body) for key, _, value in _EXPORTED.findall(code)}
    return _source("mdx", {**exported, **meta}, blocks(_without_code(body)), repairs)


def _source(kind: str, meta: Mapping[str, Any], paragraphs: Iterator[str], repairs: int) -> Source:
    return Source(
        kind,
        tuple(paragraphs),
        title=_word(meta, "title", "titel", "headline"),
        subtitle=_word(meta, "subtitle", "untertitel", "unterzeile"),
        date=_word(meta, *_DATES),
        author=_word(meta, "author", "autor", "authors"),
        publisher=_word(meta, "publisher", "issuer", "herausgeber", "organisation", "organization"),
        repairs=repairs,
    )


def blocks(body: str) -> Iterator[str]:
    """Markdown without front matter -> its paragraphs."""
    return _blocks(_PARSER.parse(_SHORTCODE.sub("", body)))


def _without_code(body: str) -> str:
    """MDX -> Markdown: what stands between the tags of components, indented or not, is text."""
    body = _MODULE.sub("", body)
    for _ in range(3):
        body = _BRACES.sub("", body)
    parts, place = [""], 0
    signed: list[str] = []
    for tag in _TAG.finditer(body):
        parts[-1] += body[place : tag.start()]
        place = tag.end()
        if tag[2] in _INLINE:
            parts[-1] += "\n" if tag[2] == "br" else ""
        else:
            parts += [_shown(tag, signed), ""]
    parts[-1] += body[place:]
    return "\n\n".join(_dedent(part) for part in parts if part.strip())


def _shown(tag: re.Match[str], signed: list[str]) -> str:
    """The text that a component's tag shows: above what it encloses, or below it (who is quoted) at its end."""
    if tag[1]:
        return signed.pop() if signed else ""
    below = "\n\n".join(_BELOW.findall(tag[3]))
    above = "\n\n".join(_ABOVE.findall(tag[3]))
    if tag[3].endswith("/"):
        return "\n\n".join(filter(None, (above, below)))
    signed.append(below)
    return above


def _dedent(part: str) -> str:
    return textwrap.dedent(part.strip("\n")).strip()


def _split(text: str) -> tuple[Mapping[str, Any], str]:
    """A text -> its front matter, keys in lower case, and what follows it."""
    if found := _YAML.match(text):
        return _yaml(found[1]), text[found.end() :]
    if found := _MULTI.match(text):
        pairs = (line.partition(":") for line in found[0].splitlines())
        meta = {key.strip().lower(): value.strip() for key, _, value in pairs}
        if any(key in _KNOWN for key in meta):
            return meta, text[found.end() :]
    return {}, text


def _yaml(text: str) -> dict[str, Any]:
    try:
        values = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        # a colon in an unquoted title makes it no YAML, yet every line says what it means
        pairs = (line.partition(":") for line in text.splitlines() if ":" in line and not line.startswith(" "))
        return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
    return {str(key).lower(): value for key, value in values.items()} if isinstance(values, dict) else {}


def _word(meta: Mapping[str, Any], *keys: str) -> str | None:
    """The first of the keys that has a value, as one string."""
    for key in keys:
        value = meta.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name")
        if value is not None and str(value).strip():
            return " ".join(str(value).split())
    return None


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """Block tokens -> paragraphs; the items of a list and the rows of a table stand together."""
    together: list[str] = []
    depth, cell, mark = 0, False, "-"
    for token in tokens:
        depth += token.nesting if token.type in _GROUPS else 0
        if token.type == "inline":
            text = _inline(token.children or []).strip()
            if depth == 0 and text:
                yield text
            elif cell:
                together[-1] += f" | {text}" if together[-1] else text
            elif text:
                together.append(f"{mark} {text}")
        elif token.type == "tr_open":
            together.append("")
        elif token.type in ("fence", "code_block"):
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield from page_blocks.paragraphs(token.content)
        mark = _mark(token) or mark
        cell = token.type in ("td_open", "th_open")
        if depth == 0 and together:
            yield "\n".join(line for line in together if line)
            together = []


def _mark(token: Token) -> str | None:
    """What stands before an item: a dash, or its number; None for other tokens."""
    if token.type != "list_item_open":
        return None
    return f"{token.info}{token.markup}" if token.info else "-"


_GROUPS = {f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "table") for end in ("open", "close")}


def _inline(tokens: list[Token]) -> str:
    """Inline tokens -> text; a wrapped line goes on, a hard break ends a line, pictures are left out."""
    lines = [""]
    wrapped = [False]
    for token in tokens:
        if token.type in ("text", "code_inline"):
            lines[-1] += token.content
        elif token.type.endswith("break") or _is_break(token):
            wrapped[-1] = token.type == "softbreak"
            lines.append("")
            wrapped.append(False)
    return layout.join([line.strip() for line in lines], wrapped)[0]


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")
