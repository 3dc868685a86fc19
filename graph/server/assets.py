"""The IDE page's scripts and styles: fetched once from npm, so that the page needs no internet."""

import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from graph.errors import ServerError
from graph.server import Say
from graph.server.download import Download
from graph.server.lock import ide_lock
from graph.settings import Settings

_GRAPHIQL = "package/esm/graphiql.js"
_MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        _GRAPHIQL: "graphiql.module.js",
        "package/dist/voyager.standalone.js": "voyager.standalone.js",
        "package/dist/voyager.css": "voyager.css",
    }
)
_CONSTANTS: Mapping[str, str] = MappingProxyType(
    {
        "js": "graphiql.js",
        "css": "graphiql.css",
        "editorWorkerService": "editor.worker.js",
        "jsonWorker": "json.worker.js",
        "graphqlWorker": "graphql.worker.js",
    }
)


async def fetch_ide_assets(settings: Settings, say: Say = lambda _: None) -> Path:
    """The folder with graphiql.js, graphiql.css, three workers, voyager.standalone.js and .css."""
    return await _download(settings).install(say, _unpack)


def installed_ide_assets(settings: Settings) -> Path | None:
    """That folder if it is complete; never touches the network."""
    download = _download(settings)
    return download.folder if download.installed() else None


def _download(settings: Settings) -> Download:
    lock = ide_lock()
    return Download(
        title="the IDE page",
        files=lock.files,
        folder=settings.cache_dir / f"ide-{lock.digest[:12]}",
        repository=settings.npm_registry,
        remedy="check the network or name a mirror with JIANGPU_NPM_REGISTRY",
    )


def _unpack(folder: Path) -> None:
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as members:
            for member in members.getmembers():
                content = members.extractfile(member) if member.name in _MEMBERS else None
                if content is not None:
                    (folder / _MEMBERS[member.name]).write_bytes(content.read())
        archive.unlink()
    _split_constants(folder / _MEMBERS[_GRAPHIQL], folder)


def _split_constants(module: Path, folder: Path) -> None:
    """The package is a module of lines `export const name = "text";`, the text being JSON."""
    for line in module.read_text(encoding="utf-8").split("\n"):
        name, _, text = line.removeprefix("export const ").partition(" = ")
        if name in _CONSTANTS:
            (folder / _CONSTANTS[name]).write_text(json.loads(text.rstrip(";")), encoding="utf-8")
    module.unlink()
    missing = [name for name in _CONSTANTS.values() if not (folder / name).exists()]
    if missing:
        raise ServerError(f"the IDE package lacks {', '.join(missing)}; the lock needs an update")
