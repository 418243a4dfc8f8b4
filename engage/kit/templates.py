"""Server-rendered pages and mails: each slice brings its own folder of Jinja templates."""

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape


def filled(text: str, **values: Any) -> Markup:
    """A sentence with its braces filled in; whatever is no markup already is escaped."""
    return escape(text).format(**values)


class Templates:
    """Templates by `slice/name`; everything is escaped, a missing variable is an error."""

    def __init__(self) -> None:
        self._folders: dict[str, FileSystemLoader] = {}
        self._environment = Environment(
            loader=PrefixLoader(self._folders),
            autoescape=select_autoescape(disabled_extensions=("txt",), default=True, default_for_string=True),
            undefined=StrictUndefined,
            # looks at the file's date for each mail
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["filled"] = filled

    def add(self, slice_name: str, folder: Path) -> None:
        self._folders[slice_name] = FileSystemLoader(folder)

    def render(self, name: str, **variables: Any) -> str:
        return self._environment.get_template(name).render(**variables)

    def page(self, name: str, *, status: int = 200, **variables: Any) -> web.Response:
        return web.Response(text=self.render(name, **variables), content_type="text/html", status=status)


TEMPLATES = web.AppKey("templates", Templates)
