"""People of the tests: a visitor and an agent who use the real program over HTTP and sockets."""

from tests.people.agent import TestAgent
from tests.people.visitor import TestVisitor

__all__ = ["TestAgent", "TestVisitor"]
