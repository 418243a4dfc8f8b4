from uuid import UUID

from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from engage.realtime.port import Identity, Socket, SocketId
from engage.realtime.rooms import Rooms
from engage.realtime.transport_memory import MemoryTransport

_ROOMS = "abc"


def a_socket(number: int) -> Socket:
    identity = Identity("person", UUID(int=number))
    transport = MemoryTransport.__new__(MemoryTransport)
    return Socket(SocketId(str(number)), "/agent", identity, web.Application(), transport, number)


SOCKETS = [a_socket(n) for n in range(4)]


def test_the_first_one_in_and_the_last_one_out_are_noticed() -> None:
    rooms, (ann, bob) = Rooms(), SOCKETS[:2]

    assert [rooms.join(ann, "a"), rooms.join(bob, "a"), rooms.join(bob, "a")] == [True, False, False]
    assert [rooms.leave(ann, "a"), rooms.leave(ann, "a"), rooms.leave(bob, "a")] == [False, False, True]
    assert rooms.occupied() == ()


def test_a_socket_that_goes_leaves_all_its_rooms() -> None:
    rooms, (ann, bob) = Rooms(), SOCKETS[:2]
    for room in "abc":
        rooms.join(ann, room)
    rooms.join(bob, "b")

    assert sorted(rooms.remove(ann)) == ["a", "c"]
    assert rooms.rooms_of(ann) == frozenset()
    assert rooms.occupied() == ("b",)


Step = st.tuples(st.sampled_from(["join", "leave", "remove"]), st.sampled_from(SOCKETS), st.sampled_from(_ROOMS))


@given(st.lists(Step, max_size=100), st.sets(st.sampled_from(_ROOMS)))
def test_rooms_behave_like_a_set_of_pairs(steps: list[tuple[str, Socket, str]], asked: set[str]) -> None:
    rooms = Rooms()
    pairs: set[tuple[Socket, str]] = set()

    for step, socket, room in steps:
        if step == "join":
            rooms.join(socket, room)
            pairs.add((socket, room))
        elif step == "leave":
            rooms.leave(socket, room)
            pairs.discard((socket, room))
        else:
            rooms.remove(socket)
            pairs = {pair for pair in pairs if pair[0] is not socket}

    assert rooms.union(asked) == {socket for socket, room in pairs if room in asked}
    assert set(rooms.occupied()) == {room for _, room in pairs}
