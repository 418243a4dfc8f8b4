import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.selfcare import accent
from engage.selfcare.accent import accent_of, contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_text_in_any_sites_colour_can_be_read(colour: str) -> None:
    look = accent_of(colour)

    assert contrast(look.light, "#ffffff") >= accent.READABLE
    assert contrast(look.dark, "#14161b") >= accent.READABLE
    assert contrast(look.on_light, look.light) >= accent.READABLE
    assert contrast(look.on_dark, look.dark) >= accent.READABLE


def test_colour_that_can_be_read_stays_as_it_is() -> None:
    assert accent_of("#0f6b5a").light == "#0f6b5a"


@pytest.mark.parametrize("branding", [None, "", "red", "#12", "#0f6b5a;} body{display:none", 7])
def test_what_is_no_colour_becomes_the_default(branding: object) -> None:
    assert accent_of(branding) == accent_of(accent.DEFAULT)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
