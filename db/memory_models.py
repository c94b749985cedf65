"""The model of memory in use: the published parameters, or the reader's own. States and parameters change together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.models.keys import DEFAULT_MODEL
from db.models.memory import FittedModel
from db.schema import REPLAY_SETTING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_COLUMNS = "model, weights, answers, before, after, fitted_at"


def fitted_model(connection: sqlite3.Connection) -> FittedModel | None:
    """Return the reader's own parameters; None while the published ones hold."""
    row = connection.execute(f"select {_COLUMNS} from memory_model where name = 'fsrs'").fetchone()
    if row is None:
        return None
    model, weights, answers, before, after, fitted_at = row
    return FittedModel(model, tuple(float(weight) for weight in json.loads(weights)), answers, before, after, fitted_at)


def put_model(connection: sqlite3.Connection, fitted: FittedModel | None) -> None:
    """Store parameters inside the caller's transaction, or with None have the published ones hold again."""
    connection.execute("delete from memory_model")
    if fitted is not None:
        connection.execute(
            f"insert into memory_model (name, {_COLUMNS}) values ('fsrs', ?, ?, ?, ?, ?, ?)",
            [
                fitted.model, json.dumps(list(fitted.weights)), fitted.answers, fitted.before, fitted.after,
                fitted.fitted_at,
            ],
        )  # fmt: skip


def model_in_use(connection: sqlite3.Connection) -> str:
    """Return the name and version of the model that every stored state is of."""
    row = connection.execute("select model from memory_model where name = 'fsrs'").fetchone()
    return str(row[0]) if row else DEFAULT_MODEL


def await_replay(connection: sqlite3.Connection, cards: Iterable[str]) -> None:
    """Note that the states of cards are to be computed again from the log: at the next start at the latest."""
    row = connection.execute("select value from setting where name = ?", [REPLAY_SETTING]).fetchone()
    waiting = {*(json.loads(row[0]) if row else []), *cards}
    if waiting:
        connection.execute(
            "insert or replace into setting values (?, ?)", [REPLAY_SETTING, json.dumps(sorted(waiting))]
        )


def adopt_received(connection: sqlite3.Connection, fitted: FittedModel | None) -> None:
    """Schedule with parameters that another machine has fitted; the states of all answered cards await their replay."""
    if model_in_use(connection) != (fitted.model if fitted is not None else DEFAULT_MODEL):
        put_model(connection, fitted)
        rows = connection.execute("select card from card_state where stability is not null")
        await_replay(connection, [str(card) for (card,) in rows])
