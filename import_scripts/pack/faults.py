"""Faults in content files, each with file, record and field, collected so that all are reported at once."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import SergeError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in the study pack."""

    file: str
    record: str
    field: str
    what: str

    def __str__(self) -> str:
        place = " › ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{place}: {self.what}"


class PackError(SergeError):
    """The content files have faults; `faults` lists them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        shown = "\n".join(f"  {fault}" for fault in self.faults[:200])
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The study pack has {count}:\n{shown}")
