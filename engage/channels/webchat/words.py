"""What the transcript's mail says, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.kit.languages import Language


@dataclass(frozen=True)
class TranscriptWords:
    title: str
    when: str
    you: str
    file: str


WORDS: Mapping[Language, TranscriptWords] = {
    "en": TranscriptWords(
        title="Your conversation with {site}",
        when="{date}, times of {place}",
        you="You",
        file="File: {name}",
    ),
    "de": TranscriptWords(
        title="Ihr Gespräch mit {site}",
        when="{date}, Uhrzeiten von {place}",
        you="Sie",
        file="Datei: {name}",
    ),
}
