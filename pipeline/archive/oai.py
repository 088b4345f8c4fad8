"""The door for harvesters: the package over OAI-PMH 2.0, ``python -m pipeline.archive.oai`` (``make oai``).

A WSGI application, so that any web server can run it: ``application(package, settings)``. On its own it listens on
this computer only; who wants to open it to others puts a real web server before it.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import request_uri

from pipeline.archive.oai_repository import Repository
from pipeline.archive.oai_response import respond
from pipeline.archive.settings import ArchiveParams
from pipeline.core.errors import run_stage
from pipeline.core.params import load

TARGET = Path("data/archive")
_LONGEST = 10_000  # bytes of a query; the longest honest one has a few hundred
_FIELDS = 20
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _now() -> str:
    """The time of a response, as the protocol wants it; no output of a stage."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def application(package: Path, settings: ArchiveParams, now: Callable[[], str] = _now) -> Application:
    """A package -> the WSGI application that serves it."""
    repository = Repository(package, settings)

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "POST", "HEAD"):
            start("405 Method Not Allowed", [("Allow", "GET, POST, HEAD"), ("Content-Length", "0")])
            return []
        start("200 OK", [("Content-Type", "text/xml; charset=utf-8")])
        if method == "HEAD":
            return []
        return respond(repository, _arguments(environ), request_uri(environ, include_query=False), now())

    return serve


def _arguments(environ: dict[str, Any]) -> dict[str, list[str]]:
    """The arguments of a request, from its address or its body; of one that is too long none."""
    if environ["REQUEST_METHOD"] == "POST":
        size = environ.get("CONTENT_LENGTH") or "0"
        length = int(size) if size.isdigit() and len(size) < 9 else 0
        text = environ["wsgi.input"].read(min(length, _LONGEST + 1)).decode("utf-8", "replace")
    else:
        text = environ.get("QUERY_STRING", "")
    if len(text) > _LONGEST:
        return {}
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_: Any) -> None:
        """No line a request: who harvests what is nobody's business."""


def main() -> str:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="make oai", description="Serves data/archive over OAI-PMH 2.0.")
    parser.add_argument("--port", type=int, default=8765, help="port on this computer; 0 takes any that is free")
    port = parser.parse_args().port
    serve = application(TARGET, load("archive", ArchiveParams))
    with make_server("127.0.0.1", port, serve, handler_class=_Quiet) as server:
        say = logging.getLogger("presselese").info
        say("OAI-PMH: http://127.0.0.1:%d/?verb=Identify (Ende mit Strg-C)", server.server_port)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return "oai: stopped"
    return "oai: stopped"


if __name__ == "__main__":
    run_stage(main)
