import datetime

import pytest

from kb.content import front_matter
from kb.content.errors import ContentError

FILE = """---
id: nl-1
title: Pay a bill
category: bills
audience: public
updated: 2026-09-01
featured: 2
variants:
  - how can I pay
---

Pay it.

---

Done.
"""


def test_file_becomes_an_article() -> None:
    article = front_matter.parse(FILE, slug="pay-a-bill")

    assert (article.id, article.slug, article.title, article.category) == ("nl-1", "pay-a-bill", "Pay a bill", "bills")
    assert (article.audience, article.variants, article.featured) == ("public", ("how can I pay",), 2)
    assert article.updated == datetime.date(2026, 9, 1)
    assert article.body == "Pay it.\n\n---\n\nDone.\n"


def test_windows_line_ends_make_no_difference() -> None:
    assert front_matter.parse(FILE.replace("\n", "\r\n"), slug="a") == front_matter.parse(FILE, slug="a")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title: Pay a bill", "", "title is missing"),
        ("title: Pay a bill", "titel: Pay a bill", "unknown fields: titel"),
        ("updated: 2026-09-01", "updated: soon", "updated must be a day"),
        ("updated: 2026-09-01", "updated: 2026-09-01 10:00:00", "updated must be a day"),
        ("featured: 2", "featured: yes", "featured must be a whole number"),
        ("  - how can I pay", "  how: now", "variants must be a list"),
        ("id: nl-1", "id: [", "not YAML"),
        ("---\nid", "id", "must begin with fields"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        front_matter.parse(FILE.replace(old, new, 1), slug="pay")


def test_file_name_must_fit_an_address() -> None:
    with pytest.raises(ContentError, match="file name"):
        front_matter.parse(FILE, slug="Pay a bill")


def test_digest_changes_with_the_words_and_with_nothing_else() -> None:
    article = front_matter.parse(FILE, slug="pay")

    assert front_matter.parse(FILE, slug="pay").digest == article.digest
    assert front_matter.parse(FILE.replace("Done", "Ready"), slug="pay").digest != article.digest
    assert front_matter.parse(FILE.replace("can I pay", "do I pay"), slug="pay").digest != article.digest
