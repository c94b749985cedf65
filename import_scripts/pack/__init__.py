"""The study pack: from the content files under `db/content` to the database."""

from import_scripts.pack.check import checked_pack, faults_of
from import_scripts.pack.faults import Fault, PackError
from import_scripts.pack.load import CONTENT, load_pack, stamp_of

__all__ = ["CONTENT", "Fault", "PackError", "checked_pack", "faults_of", "load_pack", "stamp_of"]
