"""format=flowed (RFC 3676): lines that were broken for narrow screens are joined again."""


def unflowed(text: str, *, del_sp: bool) -> str:
    lines: list[str] = []
    joins, depth_before = False, 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if joins and depth == depth_before and not is_signature:
            lines[-1] += content
        else:
            lines.append((">" * depth + " " if depth else "") + content)
        joins, depth_before = content.endswith(" ") and not is_signature, depth
        if joins and del_sp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
