"""`jiangpu model`: what the graph contains."""

from collections.abc import Iterator

import click
from rich.console import Console
from rich.table import Table

from graph.model import MODEL, Kind, NodeType, Owned, Property, Public, RelationshipType
from graph.model.declare import EVERY_NODE


@click.command()
@click.argument("labels", nargs=-1, metavar="[TYPE]...")
@click.option("--markdown", is_flag=True, help="The whole model as a Markdown page with a picture.")
def command(labels: tuple[str, ...], *, markdown: bool) -> None:
    """Print the node types, their properties and what leads from them.

    \b
    jiangpu model                 all types, a line each
    jiangpu model Worker Studio   these, with their properties and relations
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    if markdown:
        click.echo("\n".join(page()))
        return
    unknown = [label for label in labels if MODEL.label(label) is None]
    if unknown:
        known = ", ".join(t.label for t in MODEL.node_types)
        raise click.UsageError(f"no type {', '.join(unknown)}; known are {known}")
    console = Console()
    if not labels:
        table = Table("type", "中文", "who sees it", "description", box=None)
        for t in MODEL.node_types:
            table.add_row(t.label, t.zh, seen_by(t), t.description)
        console.print(table)
    for label in labels:
        for t in MODEL.concrete(label):
            _print(console, t)


def _print(console: Console, t: NodeType) -> None:
    console.print(f"\n[bold]{t.label}[/bold] {t.zh}  {t.description}  Seen by {seen_by(t)}.")
    table = Table("property", "中文", "kind", "", box=None)
    for p in t.all_properties:
        table.add_row(p.name, p.zh, _kind(p), p.description)
    for r in MODEL.relations[t.label]:
        arrow = "->" if r.outgoing else "<-"
        table.add_row(r.name, r.zh, f"{arrow}[{r.type}] {r.target}", r.description)
    console.print(table)


def seen_by(t: NodeType) -> str:
    """Who may see nodes of a type, in words."""
    if isinstance(t.access, Public):
        return "everyone"
    if isinstance(t.access, Owned):
        own = f", its {' or '.join(way[0] for way in t.access.persons)}" if t.access.persons else ""
        return f"the unions above it{own}"
    return f"whoever sees its {' or '.join(t.access.relations)}"


def page() -> Iterator[str]:
    """The lines of docs/data-model.md."""
    yield "# Data model"
    yield ""
    every = ", ".join(f"`{p.name}`" for p in EVERY_NODE)
    yield f"Written by `jiangpu model --markdown`; do not edit. Every node has {every}."
    yield ""
    yield "```mermaid"
    yield "erDiagram"
    yield from sorted({_drawn(r) for r in MODEL.relationship_types})
    yield "```"
    for t in MODEL.node_types:
        yield from _section(t)


def _drawn(r: RelationshipType) -> str:
    near = "}o" if r.backward is None or r.backward.many else "||"
    far = "o{" if r.forward.many else "o|"
    return f"  {r.source} {near}--{far} {r.target} : {r.type}"


def _section(t: NodeType) -> Iterator[str]:
    policy = f" Policy rows: {', '.join(t.policy)}." if t.policy else ""
    yield ""
    yield f"## {t.label} {t.zh}"
    yield ""
    yield f"{t.description} Seen by {seen_by(t)}.{policy}"
    yield ""
    yield "| property | 中文 | kind | |"
    yield "|---|---|---|---|"
    every = {p.name for p in EVERY_NODE}
    for p in t.all_properties:
        if p.name not in every:
            yield f"| `{p.name}` | {p.zh} | {_kind(p)} | {p.description} |"
    relations = MODEL.relations[t.label]
    if relations:
        yield ""
        yield "| relation | 中文 | leads to | |"
        yield "|---|---|---|---|"
    for r in relations:
        arrow = "→" if r.outgoing else "←"
        edge = f" ({', '.join(p.name for p in r.properties)})" if r.properties else ""
        yield f"| `{r.name}` | {r.zh} | {arrow} `{r.type}` {r.target}{edge} | {r.description} |"


def _kind(p: Property) -> str:
    marks = [
        word
        for word, holds in (
            ("required", p.required),
            ("personal", p.personal),
            ("sortable", p.sortable),
            ("searched", p.searched),
            ("internal", p.internal),
        )
        if holds
    ]
    name = p.choices.name if p.choices else p.kind.value
    name = f"[{name}]" if p.kind is Kind.CHOICES else name
    return ", ".join([name, *marks])
