"""A stylesheet that parses each of its sources once for a theme."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class FrugalStylesheet(Stylesheet):
    """Textual's stylesheet, without parsing again what has not changed.

    The first visit of a mode, and of a dialog with styles of its own, has Textual (8.2) set the variables and parse all
    sources in a fresh stylesheet, up to three times. With the same variables, the rules of a source are the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, str] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of the theme; the parsed rules are kept if they are as before."""
        if variables != self._given:
            self._given = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse the sources that are new; all of them if the variables have changed.

        Raises StylesheetError or StylesheetParseError if one cannot be parsed.
        """
        self.parse()
