"""`serge sync`: synchronise several machines through a shared folder."""

from __future__ import annotations

from pathlib import Path

import click

from serge_tui.cli.common import open_library, say, say_aside, say_json
from serge_tui.core.wording import counted


@click.command("sync", short_help="Synchronise notes and answers with your other machines.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def sync_command(path: Path, folder: Path, as_json: bool) -> None:
    """Synchronise your notes, corrections and answers with your other machines.

    FOLDER is shared by Syncthing, Nextcloud, git or a USB stick. Each machine writes only its own file there; nothing
    else is sent anywhere. Books are not synchronised: import them on each machine.

    \b
    Examples:
      serge sync ~/Nextcloud/serge
    """
    from db.sync import sync
    from serge_tui.services.replay import replay_after_upgrade, replay_cards

    with open_library(path) as library:
        done = sync(library, folder.expanduser())
        replay_cards(library, done.cards)
        replay_after_upgrade(library)  # of all cards, if the parameters of the schedule came in
    for warning in done.warnings:
        say_aside(str(warning))
    if as_json:
        say_json(
            {
                "device": done.device,
                "told": done.sent,
                "taken": done.received,
                "conflicts": done.conflicts,
                "cards": len(done.cards),
                "devices": done.devices,
                "complaints": done.warnings,
            }
        )
        return
    say(f"{counted(done.sent, 'change')} sent, {counted(done.received, 'change')} received.")
    if done.conflicts:
        say(f"{counted(done.conflicts, 'note')} changed on both machines: both texts are kept, tagged #conflict.")
    if not done.devices:
        say("No other machine has written to this folder yet; run `serge sync` with it on the other machine.")
