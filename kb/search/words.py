"""Text to words: lower case, accents folded, apostrophes dropped, split at everything else."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘ʼ`]")
#: A run of letters and digits; hyphens join the parts of one compound.
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_HYPHEN = re.compile("[-‐‑]")

#: Longer runs are keys and addresses, not words.
LONGEST_WORD = 40

_SMALL_WORDS = """
    a about after all already also am an and any anyone anything are as at be been but by can cannot cant come
    could did do does doesnt dont every for from get getting give go got had has have havent he help her him
    his how i id if im in into is isnt it its ive just let like long make may me mine must my need no not now
    of off ok on one only or our out over own please pls should so some someone something still take than that
    the their them then there these they thing this to today too up us very want was way we well were what
    whats when where which while who whose why will with without wont would you your
"""
#: Words that carry no topic. They may help to order results, but never make one by themselves.
STOP_WORDS = frozenset(_SMALL_WORDS.split())


def fold(text: str) -> str:
    """The form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _APOSTROPHES.sub("", kept)


def split(text: str) -> list[str]:
    """The words of a query, in order: "Wi-Fi isn't on" is wi, fi, isnt, on."""
    return [word for compound in _compounds(text) for word in compound]


def split_for_index(text: str) -> list[str]:
    """The words of an article; a compound also counts as one, so that "wifi" finds "Wi-Fi"."""
    found: list[str] = []
    for parts in _compounds(text):
        found.extend(parts)
        joined = "".join(parts)
        if len(parts) > 1 and len(joined) <= LONGEST_WORD:
            found.append(joined)
    return found


def _compounds(text: str) -> list[list[str]]:
    compounds = [_HYPHEN.split(found) for found in _COMPOUND.findall(fold(text))]
    return [[part[:LONGEST_WORD] for part in parts if part] for parts in compounds]


def ends_in_word(text: str) -> bool:
    """Whether the next letter would lengthen the last word."""
    return text[-1:].isalnum()
