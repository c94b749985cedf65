"""Damaged and hostile files, made on the spot, with what must come of each."""

from typing import Final

from tests.import_scripts.corpus.archives import ARCHIVES
from tests.import_scripts.corpus.files import OTHERS
from tests.import_scripts.corpus.markup import MARKUP
from tests.import_scripts.corpus.packages import PACKAGES

CASES: Final = [*ARCHIVES, *PACKAGES, *MARKUP, *OTHERS]
"""All of them."""
