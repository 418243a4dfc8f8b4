"""How the widget looks on a site's pages. Pure; what was stored before a field existed gets its usual value."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from engage.kit.wire import PlainText, WireModel

ACCENT = "#3056d3"


class Look(WireModel):
    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = ACCENT
    position: Literal["left", "right"] = "right"
    launcher_text: Annotated[PlainText, Field(max_length=40)] = ""
    greeting: Annotated[PlainText, Field(max_length=120)] = ""
    #: of the panel's corners, in pixels
    radius: Annotated[int, Field(ge=0, le=28)] = 16


def read(stored: Mapping[str, Any]) -> Look:
    return Look.model_validate({name: stored[name] for name in Look.model_fields.keys() & stored.keys()})


def logo(stored: Mapping[str, Any]) -> str | None:
    """Its address on this server."""
    return stored.get("logo")
