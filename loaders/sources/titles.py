"""Titles of classes that the sources give as bare codes or in English only: titles.csv."""

import csv
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple


class Title(NamedTuple):
    """A title in Chinese, and in English where the source has none."""

    zh: str
    en: str


def titles(scheme: str) -> Mapping[str, Title]:
    """Code -> title, for the scheme `isic` (sections, divisions) or `cpc` (down to subclasses)."""
    text = files("loaders.sources").joinpath("titles.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Title(row["zh"], row["en"]) for row in rows if row["scheme"] == scheme}
