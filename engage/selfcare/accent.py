"""The site's colour on our pages: made darker or lighter until text in it can be read. Pure."""

import colorsys
import re
from dataclasses import dataclass

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT = "#1f5eff"

#: contrast that text needs (WCAG 2.2, 1.4.3)
READABLE = 4.5
_LIGHT_SURFACE = "#f6f7f9"
_DARK_SURFACE = "#1c1f26"
_STEP = 0.02


@dataclass(frozen=True)
class Accent:
    """The colour for light and dark pages, and the ink on a ground of that colour."""

    light: str
    on_light: str
    dark: str
    on_dark: str


def accent_of(colour: object) -> Accent:
    """From whatever the branding holds; what is no colour becomes the default."""
    chosen = colour if isinstance(colour, str) and _HEX.fullmatch(colour) else DEFAULT
    light = _until_readable(chosen, _LIGHT_SURFACE, -_STEP)
    dark = _until_readable(chosen, _DARK_SURFACE, _STEP)
    return Accent(light, _ink_on(light), dark, _ink_on(dark))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _until_readable(colour: str, surface: str, step: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while contrast(colour, surface) < READABLE and 0 < lightness + step < 1:
        lightness += step
        colour = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _ink_on(ground: str) -> str:
    return max(("#ffffff", "#111418"), key=lambda ink: contrast(ink, ground))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
