import pytest

from kb.content import markdown


def test_link_to_another_article_points_to_its_address_and_names_it() -> None:
    html = markdown.to_html("See [your bill](read-your-bill.md#lines).", "/help/{slug}?site=x")

    assert 'href="/help/read-your-bill?site=x#lines"' in html
    assert 'data-article="read-your-bill"' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[click](javascript:alert(1))",
        "![pixel](https://evil.example/pixel.gif)",
        "[a](data:text/html,x)",
        "<a href='/' onclick='x()'>x</a>",
    ],
)
def test_nothing_in_an_article_can_run_or_load(hostile: str) -> None:
    html = markdown.to_html(hostile).lower()

    assert not any(f"<{tag}" in html for tag in ("script", "img", "iframe", "style"))
    assert 'href="javascript' not in html
    assert 'href="data:' not in html
    assert "<a" not in html or "onclick" not in html.split("<a", 1)[1].split(">", 1)[0]


def test_link_to_another_article_may_be_absolute() -> None:
    html = markdown.to_html("[x](pay.md)", "http://localhost:8000/help/{slug}")

    assert 'href="http://localhost:8000/help/pay"' in html


def test_tables_lists_and_code_survive() -> None:
    html = markdown.to_html("| a | b |\n|---|---|\n| 1 | `*#06#` |\n\n3. three\n4. four\n")

    assert "<table>" in html
    assert "<code>*#06#</code>" in html
    assert '<ol start="3">' in html


def test_contents_lead_to_the_headings_also_when_two_are_the_same() -> None:
    text = "## Do it now!\n\na\n\n## Do it now!\n\nb\n\n### deeper\n\nc\n"

    outline = markdown.outline(text)

    assert [heading.anchor for heading in outline] == ["do-it-now", "do-it-now-2"]
    assert all(f'id="{heading.anchor}"' in markdown.to_html(text) for heading in outline)


def test_text_has_the_words_and_none_of_the_marks() -> None:
    text = markdown.to_text("## Pay\n\nOpen **My Nordlink** and\nchoose [bills](bills.md).\n\n- `*#06#`\n")

    assert text == "Pay\nOpen My Nordlink and choose bills.\n*#06#"


def test_first_paragraph_introduces_the_article() -> None:
    assert markdown.first_paragraph("## Head\n\nFirst **one**.\n\nSecond.\n") == "First one."
    assert markdown.first_paragraph("") == ""


def test_links_to_other_articles_are_listed() -> None:
    assert markdown.linked_slugs("[a](a-b.md) [b](https://example.org/x.md) [c](c.md#d)") == ("a-b", "c")
