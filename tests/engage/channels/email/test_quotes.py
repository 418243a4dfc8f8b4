"""What is new in a mail: a labelled set of replies as programs and people write them, and hostile texts.

Each file of `mail_replies` holds a mail, a line of equal signs, and what is new in it. They were written for this set
after the forms that the named programs use; none is anybody's letter.
"""

import sys
import time
from pathlib import Path

import pytest

from engage.channels.email import quotes

FOLDER = Path(__file__).parent.parent / "mail_replies"
SHAPES = sorted(FOLDER.glob("*.txt"))
#: of the set; a change may raise it and never lower it
FLOOR = 1.0
MB = 1_000_000
HOSTILE = {
    "marks": ">" * MB,
    "quoted lines": ">\n" * (MB // 2),
    "newlines": "\n" * MB,
    "blanks": " " * MB,
    "From lines": "From: a\n" * (MB // 8),
    "headers": "From: x\nTo: y\n" * (MB // 14),
    "On lines": "On \n" * (MB // 4),
    "On … wrote": "On Mon 1 May 2024 Kim wrote\n" * (MB // 28),
    "colons": "a:\n" * (MB // 3),
    "addresses": "a@b\n" * (MB // 4),
    "one long line": "On " + "a@b " * (MB // 4),
    "rules": "-" * MB,
    "footers": "disclaimer\n\n" * (MB // 12),
}


def read(file: Path) -> tuple[str, str]:
    mail, _, new = file.read_bytes().decode().partition("\n=====\n")
    return mail, new


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_exact(file: Path) -> bool:
    mail, new = read(file)
    return lines(quotes.joined(mail, quotes.new_in(mail))) == lines(new)


def test_the_new_words_are_found_in_replies_of_many_programs_and_languages() -> None:
    missed = [file.stem for file in SHAPES if not is_exact(file)]

    share = 1 - len(missed) / len(SHAPES)
    sys.stdout.write(f"quotes: {len(SHAPES) - len(missed)} of {len(SHAPES)} exact, {share:.1%}\n")
    assert len(SHAPES) >= 120
    assert share >= FLOOR, missed


def test_no_mail_is_ever_shown_empty_and_spans_are_in_order_within_the_text() -> None:
    for file in SHAPES:
        mail, _ = read(file)
        for cut in range(1, len(mail), 211):
            part = mail[:cut]
            spans = quotes.new_in(part)
            assert quotes.joined(part, spans) or not part.strip()
            flat = [place for span in spans for place in span]
            assert flat == sorted(flat)
            assert not flat or flat[-1] <= len(part)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_megabyte_of_anything_takes_a_moment(text: str) -> None:
    begin = time.process_time()

    quotes.new_in(HOSTILE[text])

    assert time.process_time() - begin < 20


@pytest.mark.parametrize("text", ["On lines", "From lines", "quoted lines", "colons"])
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(text: str) -> None:
    """Measured in looks at lines and not in seconds: a busy machine has no say in it."""
    some = quotes.LINES // 4
    line = HOSTILE[text][:20].splitlines()[0] + "\n"

    one, four = (_looks(line * (some * times)) for times in (1, 4))

    assert four <= 4.5 * one


def _looks(text: str) -> int:
    """How many lines a run looks at, by a counter in the place of the list."""
    count = 0

    class Counted(list[quotes.Line]):
        def __getitem__(self, at):  # type: ignore[no-untyped-def]
            nonlocal count
            found = super().__getitem__(at)
            count += len(found) if isinstance(found, list) else 1
            return found

    counted = Counted(quotes.lines_of(text))
    quotes.without_footers(counted, quotes.quoted(counted))
    return count
