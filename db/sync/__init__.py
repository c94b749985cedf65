"""Synchronise several machines through a shared folder."""

from db.sync.run import Synced, sync

__all__ = ["Synced", "sync"]
