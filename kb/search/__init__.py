"""Finding articles: `search()` is the whole interface, the rest decides how."""

from kb.search.find import Hit, Results, search

__all__ = ["Hit", "Results", "search"]
