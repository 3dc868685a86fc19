"""One form for the many spellings of an organisation, and its kind. Measured in docs/sources.md."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

OrganisationLabel = Literal["Enterprise", "ResearchInstitute"]

LEGAL_FORMS = frozenset({
    "ab", "ag", "aktiengesellschaft", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp",
    "corporation", "gmbh", "inc", "incorporated", "incorporation", "kabushiki", "kaisha", "kg",
    "kgaa", "kk", "limited", "llc", "llp", "lp", "ltd", "ltda", "nv", "oy", "oyj", "plc", "pte",
    "pty", "publ", "sa", "sarl", "sas", "sdn", "se", "spa", "srl",
})  # fmt: skip
LEGAL_PAIRS = re.compile(r"\b(?:co|company|corp|corporation) (?:ltd|limited|inc)\b")
ABBREVIATIONS = {
    "acad": "academy", "center": "centre", "ctr": "centre", "dev": "development",
    "engr": "engineering", "hosp": "hospital", "inst": "institute", "intl": "international",
    "lab": "laboratory", "labs": "laboratories", "med": "medical", "mfg": "manufacturing",
    "natl": "national", "sch": "school", "sci": "science", "sciences": "science",
    "tech": "technology",
    "univ": "university",
}  # fmt: skip
SILENT = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the"})
GOVERNING_BODY = re.compile(
    r"^(?:the )?(?:\w+ )?(?:board of )?(?:regents|trustees|curators)"
    r"(?: for and on behalf of| on behalf of| of) "
)
CHINESE_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司|公司$")
BRACKETED = re.compile(r"\(([^()]*)\)")
MISSPELT_UNIVERSITY = re.compile(r"\bun\w{4,6}ty\b")
INITIALS = re.compile(r"\b(?:\w\.\s?)+\w\b\.?")

INSTITUTE = (
    r"(?:universi\w*|un\w{4,6}ty|univ|i?inst?it\w*|inst|acade\w+|acad|college|hospitals?|hosp|polytechnic"
    r"|laborator\w+|r ?& ?d cent\w+|research cent\w+)"
)
INSTITUTE_AS_HEAD = re.compile(
    rf"\b{INSTITUTE}\W*(?:$|[,(&]|\b(?:of|for|at|and)\b)|大学|学院|研究院|研究所|科学院|实验室|医院"
)
RESEARCH_WORD = re.compile(
    rf"\b(?:{INSTITUTE}|research|lab|school|clinic|foundation|caltech|forschung\w*)\b"
)
STATE = re.compile(r"\b(?:as represented by|republic of|department of|ministry of|government)\b")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """One form of a name: two spellings with the same form are taken for one organisation.

    Case, accents, punctuation, spaces, legal forms, small words, usual abbreviations and acronyms
    in brackets do not count. Words and their order do, and so do places in brackets.
    """
    text = _without_acronyms(_plain(name)).replace("&", " and ").replace("a/s", "as")
    text = " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", text)))
    text = MISSPELT_UNIVERSITY.sub("university", text)
    text = LEGAL_PAIRS.sub(" ", GOVERNING_BODY.sub("", text))
    words = _without_legal_form([ABBREVIATIONS.get(word, word) for word in text.split()])
    folded = "".join(word for word in words if word not in SILENT) or "".join(words)
    return CHINESE_LEGAL_FORM.sub("", folded) or folded


def kind_of(name: str, given_kind: str = "") -> OrganisationLabel | None:
    """Enterprise or institute, by the words of the name, then by what the source says.

    `given_kind` is `company`, `research` or anything else. None if it is a state, not either.
    """
    text = _plain(name)
    words = re.findall(r"[^\W_]+|[,(&]", text)
    body = " ".join(_without_legal_form(words))
    if INSTITUTE_AS_HEAD.search(body) or given_kind == "research":
        return "ResearchInstitute"
    if STATE.search(body):
        return None
    commercial = given_kind == "company" or not LEGAL_FORMS.isdisjoint(words[-1:])
    return "ResearchInstitute" if RESEARCH_WORD.search(body) and not commercial else "Enterprise"


def _plain(name: str) -> str:
    """In lower case, without accents and full-width forms, initials written together."""
    letters = unicodedata.normalize("NFKD", name.strip()).casefold()
    text = "".join(c for c in letters if not unicodedata.combining(c))
    return INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)


def _without_acronyms(text: str) -> str:
    def keep(found: re.Match[str]) -> str:
        initials = iter("".join(w[0] for w in re.findall(r"\w+", text[: found.start()])))
        letters = re.findall(r"\w", found[1])
        return " " if letters and all(c in initials for c in letters) else f" {found[1]} "

    return BRACKETED.sub(keep, text)


def _without_legal_form(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and (words[end - 1] in LEGAL_FORMS or not words[end - 1].isalnum()):
        end -= 1
    return words[:end]
