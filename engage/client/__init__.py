"""A small typed client of the public interface, for programs of a site's own.

async with Engage("https://care.example", key="engage_…") as engage:
    contact = await engage.put_contact("customer-7", name="Kim Berg", attributes={"plan": "L"})
    async for conversation in engage.conversations(contact_id=contact.id):
        ...
"""

from engage.client.client import Engage
from engage.client.types import Contact, Conversation, EngageProblem, Entry

__all__ = ["Contact", "Conversation", "Engage", "EngageProblem", "Entry"]
