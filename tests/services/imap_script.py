"""An IMAP server that misbehaves as told: it says goodbye, falls silent, or stops in the middle of a mail."""

import asyncio
import re
from typing import Self


class ScriptedImap:
    """One inbox, any password. Each fault happens so many times, and then all is well."""

    def __init__(self, *, says_bye_in_idle: int = 0, goes_silent_in_idle: int = 0, cuts_literal: int = 0) -> None:
        self.mails: list[bytes] = []
        self.connections = 0
        #: it takes connections and says nothing
        self.is_mute = False
        self._byes, self._silences, self._cuts = says_bye_in_idle, goes_silent_in_idle, cuts_literal
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.host, self.port = self._server.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(self, *_outcome: object) -> None:
        self._server.close()
        for each in self._open:
            each.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            if self.is_mute:
                await reader.read()
                return
            writer.write(b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
            while line := await reader.readline():
                tag, command, *rest = line.decode().split(maxsplit=2)
                if not await self._answer(reader, writer, tag, command.upper(), "".join(rest)):
                    break
        except ConnectionError:
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tag: str, command: str, rest: str
    ) -> bool:
        """Whether the line goes on."""
        if command == "IDLE":
            return await self._idle(reader, writer, tag)
        if command == "CAPABILITY":
            writer.write(b"* CAPABILITY IMAP4rev1 IDLE\r\n")
        elif command == "SELECT":
            writer.write(f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n".encode())
        elif command == "UID" and rest.upper().startswith("SEARCH"):
            # the last one whatever is asked, as the standard has it
            writer.write(f"* SEARCH {' '.join(str(each + 1) for each in range(len(self.mails)))}\r\n".encode())
        elif command == "UID" and rest.upper().startswith("FETCH") and not self._fetch(writer, rest):
            return False
        writer.write(f"{tag} OK done\r\n".encode())
        await writer.drain()
        return True

    def _fetch(self, writer: asyncio.StreamWriter, rest: str) -> bool:
        for uid in (int(each) for each in re.findall(r"\d+", rest.split()[1])):
            mail = self.mails[uid - 1]
            if "BODY" not in rest.upper():
                told = f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)}"
                writer.write(f'{told} INTERNALDATE "22-Nov-2026 10:00:00 +0000")\r\n'.encode())
                continue
            writer.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n".encode())
            if self._cuts:
                self._cuts -= 1
                writer.write(mail[: len(mail) // 2])
                return False
            writer.write(mail + b")\r\n")
        return True

    async def _idle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tag: str) -> bool:
        writer.write(b"+ idling\r\n")
        if self._byes:
            self._byes -= 1
            writer.write(b"* BYE the server goes down\r\n")
            await writer.drain()
            return False
        if self._silences:
            self._silences -= 1
            await reader.read()
            return False
        seen = len(self.mails)
        done = asyncio.create_task(reader.readline())
        while not done.done() and len(self.mails) == seen:
            await asyncio.wait([done], timeout=0.05)
        if not done.done():
            writer.write(f"* {len(self.mails)} EXISTS\r\n".encode())
        await done
        writer.write(f"{tag} OK done\r\n".encode())
        await writer.drain()
        return True
