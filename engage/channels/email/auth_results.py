"""What the server that took a mail for us found out about its sender (RFC 8601). Pure.

Anybody can write such a header. Only that of the server which the mailbox names counts, and of it the topmost one:
what lies below came with the mail.
"""

import re
from collections.abc import Iterable
from typing import Literal

#: `pass`: it comes from whom it says; `fail`: it does not; `none`: nobody knows
Verdict = Literal["pass", "fail", "none"]
METHOD = re.compile(r"(dmarc|spf|dkim|compauth)(?:/\d+)?\s*=\s*([a-z]+)")
LONGEST = 10_000
#: Exchange Online and others say `bestguesspass` where a domain has no policy
PASSES = frozenset({"pass", "bestguesspass"})
DOMAIN = re.compile(r"(?:header\.d|header\.i|smtp\.mailfrom|smtp\.helo)=(?:[^\s;@]*@)?([a-z0-9.-]+)")


def verdict(headers: Iterable[tuple[str, str]], *, authserv_id: str | None, sender: str | None) -> Verdict:
    """Whether the mail comes from the address in its From. `headers` have names in small letters, the topmost first."""
    if not authserv_id or sender is None:
        return "none"
    believed = next((value for name, value in headers if _is_of(name, value, authserv_id)), None)
    if believed is None:
        return "none"
    return _judged(_without_comments(believed[:LONGEST]).lower(), sender.rpartition("@")[2])


def _is_of(name: str, value: str, authserv_id: str) -> bool:
    said = _without_comments(value[:LONGEST]).split(";", 1)[0].split()
    return name == "authentication-results" and bool(said) and said[0].lower() == authserv_id.strip().lower()


def _judged(results: str, domain: str) -> Verdict:
    """DMARC has the last word; without it a signature or sender of the same domain."""
    clauses = [(METHOD.search(clause), clause) for clause in results.split(";")[1:]]
    found = [(method[1], method[2], clause) for method, clause in clauses if method]
    dmarc = {result for method, result, _ in found if method == "dmarc"}
    if "fail" in dmarc:
        return "fail"
    if not dmarc.isdisjoint(PASSES):
        return "pass"
    aligned = (
        _is_aligned(clause, domain) for method, result, clause in found if method != "dmarc" and result == "pass"
    )
    return "pass" if any(aligned) else "none"


def _is_aligned(clause: str, domain: str) -> bool:
    """The same domain, or one below the other."""
    named = DOMAIN.search(clause)
    if named is None or not domain:
        return False
    one, other = f".{named[1].strip('.')}", f".{domain.strip('.')}"
    shorter, longer = sorted((one, other), key=len)
    return longer.endswith(shorter) and (one == other or shorter.count(".") > 1)


def _without_comments(value: str) -> str:
    """Neither comments nor quoted words (RFC 5322): they may hold anything, also what looks like a result."""
    kept, depth, quoted = [], 0, False
    for char in value:
        if char == '"' and depth == 0:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
        elif char == ")" and depth and not quoted:
            depth -= 1
        elif depth == 0 and not quoted:
            kept.append(char)
    return "".join(kept)
