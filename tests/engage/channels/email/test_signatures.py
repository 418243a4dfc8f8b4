"""Signed addresses and Message-IDs: what we made is known again, whatever happened to it on its way."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.channels.email import message_ids, reply_token
from engage.channels.email.mail_keys import keys_of

KEYS = keys_of("today")
CONVERSATION = UUID("0199f2f0-7c1e-7000-8000-00000000abcd")


def test_signed_address_leads_to_its_conversation_in_any_case_of_letters() -> None:
    address = reply_token.token_address(KEYS[0], "support@carrier.example", CONVERSATION)

    assert address.startswith("support+r.")
    assert address.endswith("@carrier.example")
    assert reply_token.find(KEYS, address) == CONVERSATION
    assert reply_token.find(KEYS, f" {address.upper()} ") == CONVERSATION
    assert reply_token.without(address.upper()) == "support@carrier.example"


@given(st.uuids(), st.integers(0, 43), st.sampled_from("abc234"))
def test_any_other_letter_makes_it_worthless(conversation: UUID, place: int, letter: str) -> None:
    address = reply_token.token_address(KEYS[0], "s@h.example", conversation)
    at = len("s+r.") + place
    forged = address[:at] + letter + address[at + 1 :]

    assert forged == address or reply_token.find(KEYS, forged) is None


def test_a_bounce_address_is_no_reply_address() -> None:
    address = reply_token.bounce_address(KEYS[0], "support@carrier.example", CONVERSATION)

    assert reply_token.find_bounced(KEYS, address) == CONVERSATION
    assert reply_token.find(KEYS, address) is None
    assert reply_token.find(KEYS, address.replace("+b.", "+r.")) is None


def test_a_long_mailbox_goes_without_a_signature_rather_than_beyond_64_letters() -> None:
    mailbox = "customer.relations.of.the.north@carrier.example"

    assert reply_token.token_address(KEYS[0], mailbox, CONVERSATION) == mailbox


def test_earlier_secrets_still_verify_and_foreign_ones_do_not() -> None:
    address = reply_token.token_address(KEYS[0], "support@carrier.example", CONVERSATION)
    name = message_ids.own(KEYS[0], CONVERSATION, "carrier.example")

    assert reply_token.find(keys_of("tomorrow", "today"), address) == CONVERSATION
    assert message_ids.find_own(keys_of("tomorrow", "today"), name) == CONVERSATION
    assert reply_token.find(keys_of("another"), address) is None
    assert message_ids.find_own(keys_of("another"), name) is None


def test_our_message_id_is_known_with_another_domain_and_without_brackets() -> None:
    name = message_ids.own(KEYS[0], CONVERSATION, "carrier.example")

    assert message_ids.find_own(KEYS, name.strip("<>").replace("carrier", "eu.amazonses")) == CONVERSATION
    assert message_ids.find_own(KEYS, f"<{CONVERSATION.hex}.{'a' * 17}@carrier.example>") is None
    assert message_ids.find_own(KEYS, f"<{CONVERSATION}@carrier.example>") is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<a@b.c>", ["a@b.c"]),
        ("a@b.c", ["a@b.c"]),
        ("<a@b.c>, <d@e.f>", ["a@b.c", "d@e.f"]),
        ("<a@b.c>\r\n\t<d@e.f>", ["a@b.c", "d@e.f"]),
        ("<a@b.c><d@e.f>", ["a@b.c", "d@e.f"]),
        ('"<a@b.c>"', ["a@b.c"]),
        ("<a@b.c> <a@b.c>", ["a@b.c"]),
        (" \0<>", []),
    ],
)
def test_foreign_names_are_read_however_they_are_written(written: str, read: list[str]) -> None:
    assert list(message_ids.normal_all([written])) == read


def test_a_very_long_name_is_cut_and_two_of_them_stay_two() -> None:
    one, other = (message_ids.normal(f"<{'x' * 2000}{end}@b.c>") for end in "12")

    assert one is not None
    assert other is not None
    assert one != other
    assert len(one) == 255


def test_only_the_twenty_nearest_names_are_looked_at() -> None:
    assert len(message_ids.normal_all([" ".join(f"<{each}@b.c>" for each in range(500))])) == 20
