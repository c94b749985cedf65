"""Keeping several machines in step through a folder that something else carries."""

from db.sync.run import Synced, sync

__all__ = ["Synced", "sync"]
