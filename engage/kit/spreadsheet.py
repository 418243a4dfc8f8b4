"""Tables as CSV that no spreadsheet takes for a program."""

import csv
import io
from collections.abc import Iterable, Sequence

#: what a spreadsheet would take for a formula (OWASP, CSV injection)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


def harmless(cell: str) -> str:
    """A cell that begins like a formula is a text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
