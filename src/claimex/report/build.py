"""The page as one HTML file that holds all it needs: no request leaves it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimex.errors import MissingExtraError
from claimex.report.page import Page, page
from claimex.wording import Claim

if TYPE_CHECKING:
    from jinja2 import Template

TITLE = "Claims and counterclaims"


def report(
    claims: Iterable[Claim], *, title: str = TITLE, folder: Path | None = None, activities: Collection[str] = ()
) -> tuple[str, Page]:
    """The HTML of a report on these claims, and what it shows; texts that are kept in `folder` are taken from there.

    Where there are `activities`, claims are set against each other by what they say of those.
    Raises MissingExtraError where Jinja, Altair or vl-convert is not installed.
    """
    check_installed()
    made = page(claims, title=title, folder=folder, activities=activities)
    return render(made), made


def check_installed() -> None:
    """Raises MissingExtraError where something that a report needs is not installed."""
    try:
        import altair  # noqa: F401
        import jinja2  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            f"a report needs {error.name}, which is not installed; install it with: pip install 'claimex[report]'"
        ) from error


def render(made: Page) -> str:
    """The HTML of a page."""
    from markupsafe import Markup

    from claimex.report.chart import FACTUALITIES, library, spec

    charts = [view.chart for view in made.topics]
    scripts = [
        *([library()] if any(charts) else []),
        _package_text("static/report.js"),
    ]
    data = {
        "claims": made.index,
        "charts": charts,
        "specs": {"log": spec(log=True), "linear": spec(log=False)},
        "signs": {name: sign for name, (sign, _) in FACTUALITIES.items()},
    }
    return _template().render(
        page=made,
        result=made.comparison,
        cards=made.cards,
        factualities={name: sign for name, (sign, _) in FACTUALITIES.items()},
        html=lambda text: Markup(text),
        styles=Markup(_package_text("static/report.css")),
        scripts=[Markup(script) for script in scripts],
        hashes=" ".join(f"'sha256-{_digest(script)}'" for script in scripts),
        data=Markup(script_json(data)),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimex.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["words"] = lambda value: str(value).replace("_", " ")
    return environment.get_template("page.html.j2")


def _package_text(name: str) -> str:
    return resources.files("claimex.report").joinpath(name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def script_json(data: Any) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


def encoded(html: str) -> bytes:
    """The page as bytes; what is no character (half of a surrogate pair) becomes a question mark."""
    return html.encode("utf-8", "replace")
