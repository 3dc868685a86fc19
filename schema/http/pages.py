"""Pages for people: where to begin, an IDE with examples, and a picture of the schema."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import orjson
from graphql import OperationDefinitionNode, parse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from graph.errors import JiangpuError
from graph.server.assets import installed_ide_assets
from graph.settings import Settings
from schema.http.api import Api
from schema.plan.documents import Refused

_HERE = Path(__file__).parent
_TITLE = "匠谱 Jiangpu"
_WASM, _BLOB = " 'wasm-unsafe-eval'", " blob:"
_IDS = "ids.graphql"
_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
_ASSETS = (
    *("graphiql.js", "graphiql.css", "editor.worker.js", "json.worker.js", "graphql.worker.js"),
    *("voyager.standalone.js", "voyager.css"),
)


def example_texts() -> list[str]:
    """The example queries, in the order of their file names."""
    files = sorted((_HERE / "examples").glob("[0-9]*.graphql"))
    return [file.read_text(encoding="utf-8") for file in files]


class Pages:
    """What a browser can visit."""

    def __init__(self, settings: Settings, api: Api) -> None:
        self._settings = settings
        self._api = api

    def routes(self) -> list[Route]:
        """Where the pages and their scripts are."""
        return [
            Route("/", self._start),
            Route("/ide", self._ide),
            Route("/voyager", self._voyager),
            Route("/assets/{folder}/{name}", self._asset),
        ]

    async def _start(self, _: Request) -> Response:
        return _page("start")

    async def _ide(self, request: Request) -> Response:
        tabs = await self._tabs(request)
        options = {"title": _TITLE, "logo": "", "endpoint": "/graphql", "defaultTabs": tabs}
        return self._bundled("ide", options)

    async def _voyager(self, _: Request) -> Response:
        return self._bundled("voyager", {}, wasm=True)  # Graphviz, in a worker of its own making

    async def _asset(self, request: Request) -> Response:
        folder = installed_ide_assets(self._settings)
        wanted, name = request.path_params["folder"], request.path_params["name"]
        if folder is None or folder.name != wanted or name not in _ASSETS:
            raise HTTPException(404)
        return FileResponse(folder / name, headers=_FOR_EVER)

    def _bundled(self, name: str, options: Mapping[str, Any], *, wasm: bool = False) -> Response:
        folder = installed_ide_assets(self._settings)
        if folder is None:
            return _page("missing", cache=str(self._settings.cache_dir))
        text = orjson.dumps(options).decode().replace("<", "\\u003c")
        return _page(name, assets=f"/assets/{folder.name}", options=text, wasm=wasm)

    async def _tabs(self, request: Request) -> list[dict[str, str]]:
        ids = await self._ids(request)
        return [_tab(text, ids) for text in example_texts()]

    async def _ids(self, request: Request) -> dict[str, str]:
        """Nodes to try the examples on, as many as whoever asks can see."""
        text = (_HERE / "examples" / _IDS).read_text(encoding="utf-8")
        try:
            asker = await self._api.access.asker(request.scope, dict(request.scope["headers"]))
            response = await self._api.engine.execute(text, {}, None, asker.viewer)
        except (JiangpuError, Refused):
            return {}
        found = response.data or {}
        return {name: page["nodes"][0]["id"] for name, page in found.items() if page["nodes"]}


def _tab(text: str, ids: Mapping[str, str]) -> dict[str, str]:
    [operation] = [d for d in parse(text).definitions if isinstance(d, OperationDefinitionNode)]
    names = [v.variable.name.value for v in operation.variable_definitions or ()]
    variables = {name: ids.get(name) for name in names}
    return {
        "query": text,
        "variables": orjson.dumps(variables, option=orjson.OPT_INDENT_2).decode(),
    }


def _page(name: str, *, wasm: bool = False, **values: str) -> HTMLResponse:
    text = (_HERE / "pages" / f"{name}.html").read_text(encoding="utf-8")
    page = Template(text).substitute(values)
    headers = {
        "content-security-policy": _policy(page, wasm=wasm),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
    return HTMLResponse(page, headers=headers)


def _policy(page: str, *, wasm: bool) -> str:
    """Nothing but our own files, and the scripts that stand in this very page."""
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    scripts = ["'self'", *(f"'sha256-{h}'" for h in hashes)]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts)}{_WASM if wasm else ''}",
            f"worker-src 'self'{_BLOB if wasm else ''}",
            "style-src 'self' 'unsafe-inline'",  # both bundles make their styles at run time
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
