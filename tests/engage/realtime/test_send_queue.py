import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.realtime.send_queue import SendQueue


def test_items_leave_in_the_order_in_which_they_came() -> None:
    queue: SendQueue[str] = SendQueue()

    for word in ("one", "two", "three"):
        queue.offer(word, 3)

    assert [queue.pop(), queue.pop(), queue.pop()] == ["one", "two", "three"]
    with pytest.raises(IndexError):
        queue.pop()


def test_volatile_items_make_room_for_a_lasting_one() -> None:
    queue: SendQueue[str] = SendQueue(max_items=2)
    queue.offer("typing", 1, volatile=True)
    queue.offer("message", 1)

    assert queue.offer("another", 1) == "queued"
    assert [queue.pop(), queue.pop()] == ["message", "another"]


def test_a_volatile_item_never_pushes_anything_out() -> None:
    queue: SendQueue[str] = SendQueue(max_items=2)
    queue.offer("typing", 1, volatile=True)
    queue.offer("message", 1)

    assert queue.offer("typing again", 1, volatile=True) == "dropped"
    assert [queue.pop(), queue.pop()] == ["typing", "message"]


@pytest.mark.parametrize(("items", "size"), [(256, 10), (4, 64 * 1024)])
def test_it_is_full_in_number_or_in_bytes(items: int, size: int) -> None:
    queue: SendQueue[int] = SendQueue()

    assert {queue.offer(n, size) for n in range(items)} == {"queued"}
    assert queue.offer(items, size) == "full"
    queue.pop()
    assert queue.offer(items, size) == "queued"


def test_taking_stops_at_the_size_asked_for() -> None:
    queue: SendQueue[int] = SendQueue()
    for n in range(5):
        queue.offer(n, 100)

    assert queue.take(250) == [0, 1, 2]
    assert queue.take(1) == [3]
    assert queue.take(1000) == [4]
    assert queue.take(1000) == []


Step = st.tuples(st.sampled_from(["offer", "pop"]), st.integers(1, 50), st.booleans())


@given(st.lists(Step, max_size=200))
def test_the_bounds_hold_and_lasting_items_keep_their_order(steps: list[tuple[str, int, bool]]) -> None:
    queue: SendQueue[tuple[int, int, bool]] = SendQueue(max_items=10, max_bytes=200)
    accepted: list[int] = []
    left: list[int] = []

    for n, (step, size, volatile) in enumerate(steps):
        if step == "offer":
            outcome = queue.offer((n, size, volatile), size, volatile=volatile)
            accepted += [n] * (outcome == "queued" and not volatile)
        elif queue:
            number, _, was_volatile = queue.pop()
            left += [number] * (not was_volatile)
        assert len(queue) <= 10
    remaining = queue.take(10_000)

    assert sum(size for _, size, _ in remaining) <= 200
    assert left + [n for n, _, volatile in remaining if not volatile] == accepted
