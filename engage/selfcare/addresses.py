"""Addresses of the help centre. Pure: those of the default site are plain, others name their site."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class HelpAddresses:
    #: scheme and host that people use
    origin: str
    #: None for the default site
    site_key: str | None

    @property
    def home(self) -> str:
        return self._at("/help/")

    @property
    def search(self) -> str:
        """Where the search form goes; it adds the site by itself."""
        return "/help/search"

    @property
    def look(self) -> str:
        """The style sheet with the site's own colour."""
        return self._at("/help/assets/site.css")

    @property
    def sitemap(self) -> str:
        return self._at("/help/sitemap.xml")

    @property
    def template(self) -> str:
        """An article's address with `{slug}` in it."""
        return self._at("/help/{slug}")

    def article(self, slug: str) -> str:
        return self._at(f"/help/{quote(slug)}")

    def category(self, key: str) -> str:
        return f"{self.home}#{quote(key)}"

    def thanks(self, slug: str) -> str:
        """The article again, with a word of thanks at the end."""
        return self._at(f"/help/{quote(slug)}", thanks="yes") + "#feedback"

    def absolute(self, address: str) -> str:
        return self.origin + address

    def _at(self, path: str, **query: str) -> str:
        named = query if self.site_key is None else {"site": self.site_key, **query}
        return f"{path}?{urlencode(named)}" if named else path
