"""What stands below an agent's mails: his own lines or his name, and those of the site, by language."""

from engage.agents.models import Agent
from engage.kit.languages import Language
from engage.sites.models import Site


def lines(site: Site, language: Language, *, author: str, agent: Agent | None) -> list[str]:
    own = str((agent.signatures if agent else {}).get(language) or "").strip()
    return [*(own.splitlines() or [f"{author}, {site.name}"]), *of_site(site, language)]


def of_site(site: Site, language: Language) -> list[str]:
    """Where a language has none of its own, the one for all languages stands."""
    by_language = site.mail.get("signatures") or {}
    return str(by_language.get(language) or site.mail.get("signature") or "").splitlines()
