from hypothesis import given
from hypothesis import strategies as st

from kb.content.snippets import snippet

LONG = (
    "Nothing to see here at all. " * 20 + "You can pay your bill by card. Pay now. " + "More of nothing follows. " * 20
)


def is_pay_or_bill(word: str) -> bool:
    return word.lower() in {"pay", "bill"}


def text_of(text: str, length: int = 160) -> str:
    return "".join(span.text for span in snippet(text, is_pay_or_bill, length=length))


def test_snippet_shows_the_place_with_the_most_matches() -> None:
    spans = snippet(LONG, is_pay_or_bill, length=80)

    assert [span.text for span in spans if span.match] == ["pay", "bill", "Pay"]
    assert spans[0].text == "… "
    assert spans[-1].text == " …"


def test_text_that_fits_is_shown_whole() -> None:
    assert text_of("Pay the\nbill.") == "Pay the bill."


def test_without_a_match_the_beginning_is_shown() -> None:
    spans = snippet("Word " * 100, is_pay_or_bill, length=20)

    assert not any(span.match for span in spans)
    assert spans[0].text.startswith("Word")


def test_compound_is_one_word() -> None:
    spans = snippet("Your Wi-Fi is on", lambda word: word == "Wi-Fi")

    assert [span.text for span in spans if span.match] == ["Wi-Fi"]


@given(st.text(alphabet="ab pay.bill \n'-", max_size=400), st.integers(5, 200))
def test_snippet_is_a_stretch_of_the_text_and_not_much_longer_than_asked(text: str, length: int) -> None:
    shown = text_of(text, length).removeprefix("… ").removesuffix(" …")

    assert shown in " ".join(text.split())
    assert len(shown) <= length
