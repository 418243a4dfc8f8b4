"""What stands around every mail of a site: its name and its logo."""

from pathlib import Path
from typing import Any

from engage.kit.languages import Language
from engage.sites import look
from engage.sites.models import Site

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


def around(site: Site, language: Language, *, own_url: str) -> dict[str, Any]:
    """For templates that extend `sites/mail.html`."""
    logo = look.logo(site.branding)
    return {"site_name": site.name, "logo": f"{own_url}{logo}" if logo else None, "language": language}
