"""A house: the whole server inside the test, on a real database, with a clock that only the test moves.

Nothing runs by itself: `settles` does what is due and offers what waits, `passes` lets time go by.
"""

from tests.house.house import House

__all__ = ["House"]
