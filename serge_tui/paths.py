"""Where the reader's things are kept, by the custom of the platform."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE_NAME = "serge.db"


def data_folder() -> Path:
    """Folder of the database: `$XDG_DATA_HOME/serge` or what the platform uses instead."""
    from platformdirs import user_data_path

    return user_data_path("serge", appauthor=False)


def database_path(given: str | None = None) -> Path:
    """The database: the path given, else `SERGE_DB`, else the user's data folder."""
    chosen = given or os.environ.get("SERGE_DB")
    return Path(chosen).expanduser().absolute() if chosen else data_folder() / DATABASE_NAME


def config_file() -> Path:
    """The reader's key map: `keys.toml` in the user's configuration folder."""
    from platformdirs import user_config_path

    return user_config_path("serge", appauthor=False) / "keys.toml"


def programs_file() -> Path:
    """The programs that Serge may run for the reader: `config.toml` beside the key map.

    Not in the database: that may be a copy of somebody else's, and its settings must not choose what is run.
    """
    return config_file().with_name("config.toml")
