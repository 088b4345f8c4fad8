"""Pages -> HTML by Jinja templates that only loop; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report import markup, views
from pipeline.report.parts import Site
from pipeline.report.views import Page, PlainPage

_TEMPLATES = {
    views.OverviewPage: "overview.html",
    views.ThemePage: "theme.html",
    views.ReleasePage: "release.html",
    views.EntityPage: "entity.html",
    views.IndexPage: "index.html",
    views.CalendarPage: "calendar.html",
    views.TimelinePage: "timeline.html",
    views.QualityPage: "quality.html",
    views.NewsPage: "news.html",
}


@cache
def environment() -> Environment:
    """Jinja with escaping always on; an unknown name in a template is an error."""
    found = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    found.globals["m"] = markup
    return found


def render(page: Page, site: Site) -> str:
    """One page -> its HTML."""
    name = page.template if isinstance(page, PlainPage) else _TEMPLATES[type(page)]
    return environment().get_template(name).render(page=page, frame=page.frame, root=page.frame.root, site=site)


def assets() -> Iterator[tuple[str, list[str]]]:
    """The style sheet and the scripts: (path, content)."""
    folder = files("pipeline.report") / "assets"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith((".css", ".js", ".svg")):
            yield f"assets/{entry.name}", [entry.read_text(encoding="utf-8")]
