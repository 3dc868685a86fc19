"""Downloads from a small server on loopback: checked, repaired, resumed, shared, offline after."""

import asyncio
import hashlib
import io
import json
import shutil
import tarfile
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import ServerError
from graph.server import assets
from graph.server import download as downloading
from graph.server.assets import fetch_ide_assets, installed_ide_assets
from graph.server.download import Download
from graph.server.lock import Lock, LockedFile
from graph.settings import Settings

CONTENTS = {f"group/{n}.jar": (f"jar {n} " * 1000).encode() for n in range(20)}


class Repository:
    """What is served, how often each path was asked for, and how many requests fail first."""

    def __init__(self) -> None:
        self.contents = dict(CONTENTS)
        self.asked: list[str] = []
        self.failures = 0
        self.address = ""


@pytest.fixture
def repository() -> Generator[Repository]:
    repository = Repository()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            repository.asked.append(path)
            repository.failures -= 1
            known = path in repository.contents
            self.send_response(503 if repository.failures >= 0 else 200 if known else 404)
            body = repository.contents.get(path, b"")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64  # with five, connections wait a second

    with Server(("127.0.0.1", 0), Handler) as server:
        repository.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield repository
        server.shutdown()
        thread.join()


def locked(contents: dict[str, bytes]) -> tuple[LockedFile, ...]:
    return tuple(
        LockedFile(path, hashlib.sha256(body).hexdigest(), len(body))
        for path, body in contents.items()
    )


@pytest.fixture
def download(repository: Repository, tmp_path: Path) -> Download:
    return Download(
        "jars", locked(CONTENTS), tmp_path / "jars", repository.address, "name a mirror"
    )


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "_PAUSES", (0.01, 0.01, 0.01))


def quiet(_: str) -> None:
    pass


async def test_everything_is_fetched_once_and_needs_no_network_after(
    download: Download, repository: Repository
) -> None:
    told: list[str] = []
    folder = await download.install(told.append)
    assert {path: (folder / path[6:]).read_bytes() for path in CONTENTS} == CONTENTS
    assert told == ["fetching jars: 20 files, 0 MB, only once"]
    assert sorted(repository.asked) == sorted(CONTENTS)
    await download.install(told.append)
    assert len(told) == 1
    assert len(repository.asked) == 20


async def test_a_file_with_the_wrong_checksum_is_refused_and_not_kept(
    download: Download, repository: Repository
) -> None:
    repository.contents["group/7.jar"] = b"evil"
    with pytest.raises(ServerError, match=r"7\.jar has the wrong checksum.*name a mirror$"):
        await download.install(quiet)
    assert not (download.folder / "7.jar").exists()
    assert not download.installed()


async def test_a_truncated_file_is_repaired_and_nothing_else_fetched_again(
    download: Download, repository: Repository
) -> None:
    await download.install(quiet)
    repository.asked.clear()
    (download.folder / "3.jar").write_bytes(CONTENTS["group/3.jar"][:100])
    assert not download.installed()
    await download.install(quiet)
    assert repository.asked == ["group/3.jar"]
    assert (download.folder / "3.jar").read_bytes() == CONTENTS["group/3.jar"]


async def test_an_interrupted_download_resumes_with_what_is_missing(
    download: Download, repository: Repository
) -> None:
    del repository.contents["group/19.jar"]
    with pytest.raises(ServerError, match=r"19\.jar \(Client error '404 "):
        await download.install(quiet)
    (download.folder / "tmpleftover").write_text("half a jar")
    present = {path.name for path in download.folder.glob("*.jar")}
    repository.contents = dict(CONTENTS)
    repository.asked.clear()
    await download.install(quiet)
    assert {path[6:] for path in repository.asked} == {path[6:] for path in CONTENTS} - present
    assert {p.name for p in download.folder.iterdir()} == {
        ".complete",
        *(path[6:] for path in CONTENTS),
    }


async def test_a_server_that_fails_for_a_moment_is_asked_again(
    download: Download, repository: Repository
) -> None:
    repository.failures = 3
    await download.install(quiet)
    assert len(repository.asked) == 23


async def test_two_at_once_fetch_each_file_once(download: Download, repository: Repository) -> None:
    told: list[str] = []
    await asyncio.gather(download.install(told.append), download.install(told.append))
    assert len(repository.asked) == 20
    assert "waiting for another process that fetches jars" in told


async def test_no_network_and_no_cache_ends_with_the_remedy(tmp_path: Path) -> None:
    unreachable = Download(
        "jars", locked(CONTENTS)[:1], tmp_path / "jars", "http://127.0.0.1:1", "name a mirror"
    )
    with pytest.raises(ServerError, match=r"cannot fetch http://127\.0\.0\.1:1/.*name a mirror$"):
        await unreachable.install(quiet)


async def test_a_full_disk_is_noticed_before_anything_is_fetched(
    download: Download, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(ServerError, match=r"has less; free some space.*JIANGPU_CACHE_DIR"):
        await download.install(quiet)
    assert repository.asked == []


async def test_a_cache_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    download = Download("jars", (), tmp_path / "file" / "jars", "http://127.0.0.1:1", "")
    with pytest.raises(ServerError, match=r"cannot be written.*JIANGPU_CACHE_DIR"):
        await download.install(quiet)


def package(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return packed.getvalue()


async def test_ide_assets_are_plain_files_after_install(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = {
        "js": 'say("\u2028谱")\n',
        "css": ".a{}",
        "favicon": "data:",
        "editorWorkerService": "1",
        "jsonWorker": "2",
        "graphqlWorker": "3",
    }
    module = "".join(
        f"export const {name} = {json.dumps(s, ensure_ascii=False)};\n"
        for name, s in scripts.items()
    )
    packages = {
        "a.tgz": package({"package/esm/graphiql.js": module, "package/../../evil": "x"}),
        "b.tgz": package(
            {"package/dist/voyager.standalone.js": "v", "package/dist/voyager.css": "w"}
        ),
    }
    repository.contents = packages
    monkeypatch.setattr(assets, "ide_lock", lambda: Lock(locked(packages), {}, "0" * 64))
    settings = Settings(cache_dir=tmp_path, npm_registry=repository.address)
    assert installed_ide_assets(settings) is None
    folder = await fetch_ide_assets(settings)
    assert installed_ide_assets(settings) == folder
    assert {path.name: path.read_text() for path in folder.iterdir() if path.suffix} == {
        "graphiql.js": scripts["js"],
        "graphiql.css": ".a{}",
        "editor.worker.js": "1",
        "json.worker.js": "2",
        "graphql.worker.js": "3",
        "voyager.standalone.js": "v",
        "voyager.css": "w",
    }
