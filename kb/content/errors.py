"""What can be wrong with a folder of articles. The message names the file and what to do."""


class ContentError(Exception):
    """An article cannot be read as it is written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
