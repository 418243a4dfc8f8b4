"""What all wire types have in common."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer


def _no_nul(text: str) -> str:
    # PostgreSQL refuses NUL in text, and no person types it
    return text.replace("\0", "")


def _trimmed(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class WireModel(BaseModel):
    """A closed, frozen value at the border: an unknown field is an error, not an extra."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Query(BaseModel):
    """Query parameters; unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


#: ISO 8601 with Z
Moment = Annotated[AwareDatetime, PlainSerializer(_iso, return_type=str, when_used="json")]
#: text of a person
PlainText = Annotated[str, AfterValidator(_no_nul)]
#: the same without space around it
Trimmed = Annotated[PlainText, BeforeValidator(_trimmed)]
