"""Every error that this project raises on purpose.

JiangpuError
├── InvalidSetting          a JIANGPU_ variable is unknown or has a value we cannot use
├── InvalidDeclaration      graph/model/ contradicts itself; raised at import
├── InvalidRequest          what was asked makes no sense; code, path and remedy say why
├── GraphError
│   ├── GraphUnavailable    Neo4j cannot be reached, or went away
│   ├── AccessDenied        Neo4j refused the name or password
│   ├── TooSlow             the statement ran into its time limit
│   ├── TooLarge            the statement ran into its memory limit
│   ├── DuplicateNode       a unique key is taken
│   └── StatementFailed     Neo4j refused a statement of ours: a bug
├── MissingExtra            an optional part of the installation is needed; says which
├── ServerError             the local Neo4j cannot be brought up; the message ends with the remedy
└── TransitionRefused       a lifecycle step is not possible; says which are
"""

from collections.abc import Sequence


class JiangpuError(Exception):
    """The root: its text is fit for users and holds no personal data."""


class InvalidSetting(JiangpuError):
    """A setting is unknown or unusable."""


class InvalidDeclaration(JiangpuError):
    """The model contradicts itself."""


class InvalidRequest(JiangpuError):
    """A request that cannot be answered; `path` leads to the argument at fault."""

    def __init__(self, code: str, message: str, path: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.path = tuple(path)


class GraphError(JiangpuError):
    """Neo4j could not do what was asked."""


class GraphUnavailable(GraphError):
    """Neo4j cannot be reached."""


class AccessDenied(GraphError):
    """Neo4j refused the credentials."""


class TooSlow(GraphError):
    """The statement ran into its time limit."""


class TooLarge(GraphError):
    """The statement ran into its memory limit."""


class DuplicateNode(GraphError):
    """A unique key is already taken by another node."""


class StatementFailed(GraphError):
    """Neo4j refused a statement: a bug of ours."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the database refused a statement ({code})")
        self.code = code


class ServerError(JiangpuError):
    """The local Neo4j cannot be brought up; the text ends with what to do."""


class MissingExtra(JiangpuError):
    """Something that only an extra brings was asked for."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"this needs an extra: pip install 'jiangpu[{extra}]'")
        self.extra = extra


class TransitionRefused(JiangpuError):
    """An operation that is not possible now; the text ends with the way out.

    `field` names the input at fault, `possible` the operations that are possible instead,
    `version` the present one of a node that was taken for an older.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str = "",
        possible: Sequence[str] = (),
        version: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.possible = tuple(possible)
        self.version = version
