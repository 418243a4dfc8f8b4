import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.realtime.fan_out import fan_out
from engage.realtime.frames import Frame
from engage.realtime.messages import Delivery, Disconnect, Join, Leave, Message, decode, encode

FRAME = Frame("/agent", "told", b'{"text":"hi"}')

rooms = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
frames = st.builds(
    Frame, st.just("/agent"), st.sampled_from(["told", "typing"]), st.binary(max_size=300), st.booleans()
)
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(Delivery, st.frozensets(rooms, max_size=5), frames),
    st.builds(Join, rooms, rooms),
    st.builds(Leave, rooms, rooms),
    st.builds(Disconnect, rooms),
)


@given(st.lists(messages, max_size=20))
def test_a_batch_arrives_as_it_was_sent(batch: list[Message]) -> None:
    assert list(decode(encode(batch))) == batch


@given(st.lists(messages, min_size=1, max_size=5), st.data())
def test_a_batch_that_was_cut_off_is_refused(batch: list[Message], data: st.DataObject) -> None:
    encoded = encode(batch)
    whole_ends = {len(encode(batch[:n])) for n in range(len(batch) + 1)}
    end = data.draw(st.integers(1, len(encoded) - 1).filter(lambda end: end not in whole_ends))

    with pytest.raises(ValueError, match=r".*"):
        list(decode(encoded[:end]))


def test_an_envelope_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        list(decode(b'\x00\x00\x00\x05["?"]\x00\x00\x00\x00'))


def test_a_message_goes_to_each_node_of_its_rooms_once_and_never_to_its_own() -> None:
    delivery = Delivery(frozenset({"a", "b"}), FRAME)

    batches = fan_out([delivery], {"a": {"us", "n1"}, "b": {"n1", "n2"}}, own="us")

    assert batches == {"n1": [delivery], "n2": [delivery]}


def test_what_follows_a_join_in_the_same_batch_reaches_those_who_joined() -> None:
    before, after = Delivery(frozenset({"case"}), FRAME), Delivery(frozenset({"case"}), FRAME)
    join = Join("ann", "case")

    batches = fan_out([before, join, after], {"ann": {"n1"}, "case": set()}, own="us")

    assert batches == {"n1": [join, after]}
