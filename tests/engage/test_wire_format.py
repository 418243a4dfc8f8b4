"""The document that integrators and the front ends build on."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import SecretStr

from engage.app import create_app
from engage.kit.routes import API
from engage.settings import Settings
from engage.wire_format import openapi, pushed_events


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    app = create_app(Settings(database_url="postgresql://nowhere", secret=SecretStr("unused")))
    return openapi(app[API].routes)


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_operations_have_names_of_their_own_and_say_what_they_do(document: dict[str, Any]) -> None:
    operations = [each for path in document["paths"].values() for each in path.values()]

    names = [each["operationId"] for each in operations]

    assert len(names) == len(set(names))
    assert all(each["summary"].endswith((".", "?")) for each in operations)


def test_every_error_is_a_problem_document(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]


def test_every_pushed_event_stands_in_the_document_under_its_wire_name(document: dict[str, Any]) -> None:
    events = pushed_events()

    assert len(events) > 10
    for event in events:
        schema = document["components"]["schemas"][event.__name__]
        assert schema["properties"]["type"]["const"] == event.model_fields["type"].default


def test_fields_that_only_name_the_audience_are_not_sent(document: dict[str, Any]) -> None:
    schema = document["components"]["schemas"]["EntryAddedForAgents"]

    assert "with_agent_id" not in schema["properties"]
    assert set(schema["required"]) == {"type", "conversation_id", "entry"}


def test_no_two_events_of_a_namespace_share_a_name(document: dict[str, Any]) -> None:
    listed = [name for events in document["x-pushed-events"].values() for name in events]

    assert set(document["x-pushed-events"]) == {"/visitor", "/agent"}
    assert len(listed) == len(pushed_events())
