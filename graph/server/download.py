"""Fetches the files of a lock once: checked, resumable, safe between processes, offline after."""

import asyncio
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from graph.errors import ServerError
from graph.server import Say
from graph.server.filelock import locked
from graph.server.lock import LockedFile

_CONNECTIONS = 16
_PAUSES = 0.5, 1.0, 2.0
_TIMEOUT = httpx.Timeout(30, connect=5, pool=None)
_SPARE_BYTES = 64 * 2**20
_COMPLETE = ".complete"


@dataclass(frozen=True, slots=True)
class Download:
    """What is fetched into which folder from where; `remedy` ends every error message."""

    title: str
    files: tuple[LockedFile, ...]
    folder: Path
    repository: str
    remedy: str

    def installed(self) -> bool:
        """Whether everything is there with the size it had when it was checked."""
        try:
            sizes: dict[str, int] = json.loads((self.folder / _COMPLETE).read_text())
            return all((self.folder / name).stat().st_size == n for name, n in sizes.items())
        except (OSError, ValueError):
            return False

    async def install(self, say: Say, unpack: Callable[[Path], None] = lambda _: None) -> Path:
        """The folder, filled if need be; `unpack` may then replace the files by their content."""
        if self.installed():
            return self.folder
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            async with locked(
                self.folder.with_name(f"{self.folder.name}.lock"),
                waiting=lambda: say(f"waiting for another process that fetches {self.title}"),
            ):
                if not self.installed():
                    await self._fill(say)
                    unpack(self.folder)
                    self._mark_complete()
        except OSError as error:
            raise ServerError(
                f"{self.folder} cannot be written ({error.strerror}); "
                "free some space or name another folder with JIANGPU_CACHE_DIR"
            ) from error
        return self.folder

    async def _fill(self, say: Say) -> None:
        (self.folder / _COMPLETE).unlink(missing_ok=True)
        self._remove_strays()
        missing = [f for f in self.files if not _is_right(self.folder / f.name, f.sha256)]
        size = sum(file.size for file in missing)
        if shutil.disk_usage(self.folder).free < size + _SPARE_BYTES:
            raise ServerError(
                f"{self.title} needs {size / 1e6:.0f} MB in {self.folder}, which has less; "
                "free some space or name another folder with JIANGPU_CACHE_DIR"
            )
        if missing:
            say(f"fetching {self.title}: {len(missing)} files, {size / 1e6:.0f} MB, only once")
            await self._fetch(missing, size)

    def _remove_strays(self) -> None:
        wanted = {file.name for file in self.files}
        for path in self.folder.iterdir():
            if path.name not in wanted:
                path.unlink()

    async def _fetch(self, missing: Iterable[LockedFile], size: int) -> None:
        gate = asyncio.Semaphore(_CONNECTIONS)
        with _progress() as progress:
            task = progress.add_task(self.title, total=size)

            def advance(n: int) -> None:
                progress.advance(task, n)

            async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=True) as client:
                try:
                    async with asyncio.TaskGroup() as group:
                        for file in missing:
                            group.create_task(self._fetch_one(client, gate, file, advance))
                except ExceptionGroup as errors:
                    raise errors.exceptions[0] from None

    async def _fetch_one(
        self,
        client: httpx.AsyncClient,
        gate: asyncio.Semaphore,
        file: LockedFile,
        advance: Callable[[int], None],
    ) -> None:
        url = f"{self.repository.rstrip('/')}/{file.path}"
        async with gate:
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as part:
                digest = await self._stream_with_retries(client, url, part, advance)
        if digest != file.sha256:
            raise ServerError(
                f"{url} has the wrong checksum, it is damaged or altered; {self.remedy}"
            )
        os.replace(part.name, self.folder / file.name)

    async def _stream_with_retries(
        self, client: httpx.AsyncClient, url: str, part: IO[bytes], advance: Callable[[int], None]
    ) -> str:
        for pause in (*_PAUSES, None):
            try:
                return await _stream(client, url, part, advance)
            except httpx.HTTPError as error:
                if pause is None or _is_final(error):
                    reason = str(error).partition("\n")[0] or type(error).__name__
                    raise ServerError(f"cannot fetch {url} ({reason}); {self.remedy}") from error
                advance(-part.tell())
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    def _mark_complete(self) -> None:
        sizes = {path.name: path.stat().st_size for path in self.folder.iterdir()}
        (self.folder / _COMPLETE).write_text(json.dumps(sizes))


async def _stream(
    client: httpx.AsyncClient, url: str, part: IO[bytes], advance: Callable[[int], None]
) -> str:
    """Write the answer's body over `part`; its sha256."""
    part.seek(0)
    part.truncate()
    digest = hashlib.sha256()
    async with client.stream("GET", url) as answer:
        answer.raise_for_status()
        async for piece in answer.aiter_bytes():
            part.write(piece)
            digest.update(piece)
            advance(len(piece))
    return digest.hexdigest()


def _is_final(error: httpx.HTTPError) -> bool:
    return isinstance(error, httpx.HTTPStatusError) and error.response.is_client_error


def _is_right(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
