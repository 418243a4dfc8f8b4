"""The knowledge base: articles, where they are stored and how they are found.

A library of its own. It knows no conversation and never imports `engage`; a site is an opaque
string to it, a reader is a set of audiences, and whoever calls it owns the transaction.
"""

from pathlib import Path

#: The demo carrier's articles, one folder per locale.
ARTICLES = Path(__file__).parent / "articles"
