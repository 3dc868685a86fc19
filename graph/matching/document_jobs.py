"""What the jobs that compare documents share: how candidates are found, read and explained.

A document is whatever has a text: a patent, an achievement, a problem, a studio, an enterprise.
Its row is [id, whether it is a problem, title, body, classes].
"""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import numpy as np

from graph.constraints import fulltext_index
from graph.matching.documents import (
    Document,
    DocumentInputs,
    Origin,
    Reference,
    document_inputs,
    shelf,
    with_broader,
)
from graph.matching.features import Model, Vector
from graph.matching.job import Columns, Evidence, Lack, See, Support
from graph.model import MODEL, Owned

BY_TEXT: LiteralString = "9"  # closer than any class of technology, whose depth is 3 to 5
MOST_EVIDENCE = 3
MOST_LACKS = 5
SUBCLASS = 4  # letters of a symbol

PARAMETERS: Mapping[str, Any] = {
    "most_candidates": 150,
    "most_documents": 6,
    "most_anchors": 400,
    "most_hits": 150,
    "most_fields": 12,
    "most_own": 8,
    "most_letters": 800,
    "most_partners": 40,
    "lucene": list('+-&|!(){}[]^"~*?:\\/<>='),
}


def words(text: LiteralString) -> LiteralString:
    """The words of a text as Lucene reads them, any of which may be found; '' if it has none."""
    return (
        f"trim(reduce(text = toLower(left({text}, $most_letters)), sign IN $lucene "
        "| replace(text, sign, ' ')))"
    )


def by_text(
    see: See, label: LiteralString, prose: LiteralString, tail: LiteralString
) -> LiteralString:
    """Documents of a type with some of `sought`; `tail` leads from `document` to `shown`.

    Only the property `prose` is searched: Lucene takes 1024 words and properties at most.
    """
    node_type = MODEL.node_type(label)
    text: LiteralString = f"'{prose}:(' + sought + ')'"
    if isinstance(node_type.access, Owned):
        text = f"replace($within, '?', {text})"
    return f"""\
WITH 1 AS one WHERE sought <> ''
CALL db.index.fulltext.queryNodes('{fulltext_index(node_type)}', {text}, {{limit: $most_hits}})
YIELD node AS document
WITH document WHERE {see(label, "document")} AND NOT document IN own
{tail}
RETURN shown, document, {BY_TEXT} AS closeness"""


def by_field(path: LiteralString, where: LiteralString, document: LiteralString) -> LiteralString:
    """Documents in the same technology; `path` leads from a field to `document` and `shown`."""
    return f"""\
UNWIND fields AS field
MATCH (field)-[:BROADER*0..2]->(wide:TechnologyField) WHERE wide.level >= 3
CALL (*) {{
  MATCH (wide)<-[:BROADER*0..2]-(:TechnologyField){path} WHERE {where} AND NOT {document} IN own
  RETURN shown, {document} AS document LIMIT $most_anchors
}}
RETURN shown, document, wide.level AS closeness"""


def text_of(variable: LiteralString) -> LiteralString:
    """All that a node of any type says, besides its title."""
    return (
        f"reduce(text = '', part IN [{variable}.abstract, {variable}.focus, {variable}.needs, "
        f"{variable}.summary] + coalesce({variable}.keywords, []) "
        "| text + ' ' + coalesce(part, ''))"
    )


def row_of(document: LiteralString, body: LiteralString | None = None) -> LiteralString:
    """A document as a row; its body is all that it says, if no other is given."""
    return f"""\
[{document}.id, {document}:TechnicalProblem,
    coalesce({document}.title, {document}.name, '') + ' ' + coalesce({document}.name_en, ''),
    {body or text_of(document)},
    {fields_of(document)}]"""


def fields_of(document: LiteralString) -> LiteralString:
    """The classes of its technology."""
    return f"""COLLECT {{ MATCH ({document})-[:IN_FIELD|FOCUSES_ON]->(code:TechnologyField)
      RETURN code.code LIMIT $most_fields }}"""


FIELD_WORDS: LiteralString = """\
reduce(text = '', field IN fields | text + ' ' + field.name + ' ' + coalesce(field.name_en, ''))"""

ASKED: Mapping[str, LiteralString] = {
    "documents": f"""COLLECT {{ UNWIND own AS document RETURN {
        row_of(
            "document",
            text_of("document") + " + CASE WHEN document = asking THEN field_words ELSE '' END",
        )
    } }}""",
    "wanted": "[field IN fields | [field.id, field.code]]",
}

DOCUMENTS: LiteralString = f"""COLLECT {{
    UNWIND documents AS entry WITH entry[0] AS document, entry[1] AS close
    RETURN {
    row_of(
        "document",
        f"CASE WHEN close >= {BY_TEXT} OR NOT document:Patent "
        f"THEN {text_of('document')} ELSE '' END",
    )
} }}"""


def read(
    asked: Mapping[str, Any],
    columns: Columns,
    model: Model,
    *,
    facts: Mapping[str, Vector],
    details: Sequence[Mapping[str, Any]] = (),
    drawn: Sequence[Mapping[str, Any]] = (),
) -> DocumentInputs:
    """The documents of both sides, compared; `facts` are the job's own features."""
    rows = [row for documents in columns["documents"] for row in documents]
    count = [len(documents) for documents in columns["documents"]]
    asked_rows = asked["documents"]
    near = shelf([_document(r) for r in rows]).near([_document(r) for r in asked_rows], model)
    origin = Origin(
        documents=[Reference(*row[:2]) for row in rows],
        asked=[Reference(*row[:2]) for row in asked_rows],
        codes=[row[4] for row in rows],
        wanted=asked["wanted"],
        details=details,
        drawn=drawn,
    )
    owner = np.repeat(np.arange(len(count)), count)
    return document_inputs(near, owner, len(count), facts, origin)


def _document(row: Sequence[Any]) -> Document:
    _, _, title, body, codes = row
    return Document(title, body, codes)


def support(inputs: DocumentInputs, row: int) -> Support:
    """The documents that count most, with what each is near to, and the fields not covered."""
    own = np.flatnonzero(inputs.owner == row)
    nearest = own[np.argsort(-inputs.share[own], kind="stable")][:MOST_EVIDENCE].tolist()
    near, origin, asked = inputs.near, inputs.origin, inputs.near.asked.tolist()
    drawn = [
        [
            origin.documents[n].id,
            origin.asked[asked[n]].id,
            round(float(near.text[n]), 3),
            round(float(near.field[n]), 3),
            round(float(near.title[n]), 3),
        ]
        for n in nearest
    ]
    covered = {c for n in own.tolist() for code in origin.codes[n] for c in with_broader(code)}
    lacks = [
        Lack(id, 1.0, 0.0, 0.0) for id, code in origin.wanted if code[:SUBCLASS] not in covered
    ]
    details = origin.details[row] if origin.details else {}
    more = origin.drawn[row] if origin.drawn else {}
    return Support({"near": drawn, **more}, lacks[:MOST_LACKS], details)


def _seen(see: See, variable: LiteralString) -> LiteralString:
    """Problems are the only documents that not everybody may see."""
    return f"(NOT {variable}:TechnicalProblem OR {see('TechnicalProblem', variable)})"


_TITLES: Mapping[str, LiteralString] = {
    "document": "coalesce(document.title, document.name)",
    "document_en": "coalesce(document.name_en, document.title, document.name)",
    "asked": "coalesce(asked.title, asked.name)",
    "asked_en": "coalesce(asked.name_en, asked.title, asked.name)",
}


def _document_paths(see: See, cosine: LiteralString) -> LiteralString:
    return f"""\
UNWIND drawn.near AS near WITH near WHERE {cosine} > 0
MATCH (asked:Node {{id: near[1]}}) WHERE {_seen(see, "asked")}
MATCH path = (document:Node {{id: near[0]}})-[:ASSIGNED_TO|MADE_BY|RAISED_BY*0..1]->(shown)
WHERE {_seen(see, "document")}"""


def _field_paths(see: See) -> LiteralString:
    """Up from one side and down to the other: one pattern would search the whole tree."""
    return f"""\
UNWIND drawn.near AS near WITH near WHERE near[3] > 0
CALL (near, shown) {{
  MATCH up = (asked:Node {{id: near[1]}})-[:FOCUSES_ON|IN_FIELD]->(:TechnologyField)
    -[:BROADER*0..3]->(common:TechnologyField)
  WHERE common.level > 1 AND {_seen(see, "asked")}
  WITH asked, up, common
  MATCH down = (shown)<-[:ASSIGNED_TO|MADE_BY|RAISED_BY*0..1]-(document:Node {{id: near[0]}})
    -[:FOCUSES_ON|IN_FIELD]->(:TechnologyField)-[:BROADER*0..3]->(same:TechnologyField)
  WHERE same = common AND {_seen(see, "document")}
  RETURN up, down, asked, document, common
  ORDER BY common.level DESC, length(up) + length(down) LIMIT 1 }}"""


PORTFOLIO_EVIDENCE = Evidence(
    "portfolio",
    lambda see: _document_paths(see, "near[2] + near[3] + near[4]"),
    _TITLES,
    "“{document}”是其文献中与“{asked}”最相近者之一",
    "“{document_en}” is among its documents nearest to “{asked_en}”",
)

EVIDENCE = (
    Evidence(
        "text",
        lambda see: _document_paths(see, "near[2]"),
        {**_TITLES, "cosine": "near[2]"},
        "“{document}”与“{asked}”用词相近（余弦{cosine}）",
        "“{document_en}” is worded like “{asked_en}” (cosine {cosine})",
    ),
    Evidence(
        "title",
        lambda see: _document_paths(see, "near[4]"),
        {**_TITLES, "cosine": "near[4]"},
        "“{document}”与“{asked}”标题用词相近（余弦{cosine}）",
        "The title “{document_en}” is worded like “{asked_en}” (cosine {cosine})",
    ),
    Evidence(
        "field",
        _field_paths,
        {
            **_TITLES,
            "code": "common.code",
            "name": "common.name",
            "name_en": "coalesce(common.name_en, common.name)",
        },
        "“{document}”与“{asked}”同属技术领域{code}（{name}）",
        "“{document_en}” and “{asked_en}” both lie in {code} ({name_en})",
        nodes="nodes(up) + reverse(nodes(down))[1..]",
        steps="relationships(up) + reverse(relationships(down))",
    ),
)
