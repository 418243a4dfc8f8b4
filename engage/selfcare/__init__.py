"""Self care: answers from the knowledge base, in the widget, for agents and in the help centre.

The only door to `kb`. Articles are the site's; a visitor's browser and an agent see different audiences.
"""

from pathlib import Path

from aiohttp import web

from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.selfcare import api, editor, first_answers, help_centre


def install(app: web.Application) -> None:
    app[API].include(api.routes)
    app[API].include(editor.routes)
    app[API].include(first_answers.routes)
    app[TEMPLATES].add("selfcare", Path(__file__).parent / "templates")
    help_centre.add_pages(app)
