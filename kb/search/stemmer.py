"""The Porter stemmer (M. F. Porter, "An algorithm for suffix stripping", 1980), for English.

Ours rather than the databases' own, so that both compare the same terms and the speller knows which
words are one. Other scripts and words with digits pass unchanged.
"""

import re
from functools import lru_cache

_PLAIN = re.compile("[a-z]{3,}")

# A vowel, where y counts as one after a consonant. `m` in the paper: how often V+C+ repeats.
_C = "(?:[^aeiouy]|(?<![^aeiou])y)"
_V = "(?:[aeiou]|(?<=[^aeiou])y)"
_MEASURE = re.compile(f"{_V}+{_C}+")
_HAS_VOWEL = re.compile(_V)
_DOUBLE = re.compile(r"([^aeiou])\1$")
_SHORT = re.compile(f"{_C}{_V}[^aeiouwxy]$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
    "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
    "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_DROPPED = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize"
_STEP_4 = dict.fromkeys(_DROPPED.split(), "")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of a folded word that its forms share: billing, billed and bills are all bill."""
    if not _PLAIN.fullmatch(word):
        return word
    for step in (_plural, _past, _final_y, _double_suffix, _full_ness, _bare, _tidy):
        word = step(word)
    return word


def _measure(root: str) -> int:
    return len(_MEASURE.findall(root))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        root = word.removesuffix(ending)
        if root != word:
            return _repaired(root) if _HAS_VOWEL.search(root) else word
    return word


def _repaired(root: str) -> str:
    """After -ed and -ing: luxuriat(e), hop(p), fil(e)."""
    if root.endswith(("at", "bl", "iz")):
        return root + "e"
    if _DOUBLE.search(root) and root[-1] not in "lsz":
        return root[:-1]
    if _measure(root) == 1 and _SHORT.search(root):
        return root + "e"
    return root


def _final_y(word: str) -> str:
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        return word[:-1] + "i"
    return word


def _replaced(word: str, endings: dict[str, str], least: int) -> str:
    """Only the longest ending that fits is tried, as the paper says."""
    fitting = [ending for ending in endings if word.endswith(ending)]
    if not fitting:
        return word
    ending = max(fitting, key=len)
    root = word.removesuffix(ending)
    return root + endings[ending] if _measure(root) > least else word


def _double_suffix(word: str) -> str:
    return _replaced(word, _STEP_2, 0)


def _full_ness(word: str) -> str:
    return _replaced(word, _STEP_3, 0)


def _bare(word: str) -> str:
    if word.endswith("ion") and not word.endswith(("sion", "tion")):
        return word
    return _replaced(word, _STEP_4, 1)


def _tidy(word: str) -> str:
    root = word[:-1]
    if word.endswith("e"):
        measure = _measure(root)
        if measure > 1 or (measure == 1 and not _SHORT.search(root)):
            word = root
    if word.endswith("ll") and _measure(word[:-1]) > 1:
        return word[:-1]
    return word
