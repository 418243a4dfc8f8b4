"""What waits to be sent, bounded in number and bytes. Pure: who takes from it is somebody else's business."""

from collections import deque
from typing import Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")
Offered: TypeAlias = Literal["queued", "dropped", "full"]

MAX_FRAMES = 256
MAX_BYTES = 256 * 1024


class SendQueue(Generic[T]):
    """First in, first out. When it runs over, the volatile items leave first."""

    __slots__ = ("_bytes", "_items", "_max_bytes", "_max_items", "_volatile")

    def __init__(self, *, max_items: int = MAX_FRAMES, max_bytes: int = MAX_BYTES) -> None:
        self._items: deque[tuple[T, int, bool]] = deque()
        self._max_items = max_items
        self._max_bytes = max_bytes
        self._bytes = 0
        self._volatile = 0

    def __len__(self) -> int:
        return len(self._items)

    def offer(self, item: T, size: int, *, volatile: bool = False) -> Offered:
        """`dropped`: the item itself was volatile and found no room. `full`: it was not taken in."""
        if self._fits(size):
            self.append(item, size, volatile=volatile)
            return "queued"
        if volatile:
            return "dropped"
        self.drop_volatile()
        if not self._fits(size):
            return "full"
        self.append(item, size)
        return "queued"

    def append(self, item: T, size: int, *, volatile: bool = False) -> None:
        """Takes it in whatever the limits say: for what belongs to the protocol itself."""
        self._items.append((item, size, volatile))
        self._bytes += size
        self._volatile += volatile

    def pop(self) -> T:
        """The oldest item; IndexError when there is none."""
        item, size, volatile = self._items.popleft()
        self._bytes -= size
        self._volatile -= volatile
        return item

    def take(self, max_bytes: int) -> list[T]:
        """The oldest items, at least one if there is any, and no more than about so many bytes."""
        taken: list[T] = []
        before = self._bytes
        while self._items and before - self._bytes < max_bytes:
            taken.append(self.pop())
        return taken

    def drop_volatile(self) -> int:
        """Throws the volatile items away and says how many they were."""
        dropped = self._volatile
        if dropped:
            self._items = deque(entry for entry in self._items if not entry[2])
            self._bytes = sum(size for _, size, _ in self._items)
            self._volatile = 0
        return dropped

    def _fits(self, size: int) -> bool:
        return len(self._items) < self._max_items and self._bytes + size <= self._max_bytes
