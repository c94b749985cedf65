"""What screens, dialogs and controllers may ask of the app: a small protocol, so that none of them imports the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
    from concurrent.futures import Future

    from textual.dom import DOMNode
    from textual.screen import Screen

    from db.library import Library
    from serge_tui.commands import Command
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.navigation import Destination, Mode
    from serge_tui.services.book_import import BookImporter
    from serge_tui.services.found_texts import PortraitSearches
    from serge_tui.services.hidden_ends import HiddenEnds

T = TypeVar("T")


class Host(Protocol):
    """The app, as far as what it shows needs to know it.

    A screen or dialog reaches it through its `host` property; a controller is given it. Tests hand in a stand-in.
    """

    @property
    def library(self) -> Library:
        """The open database."""

    @property
    def finder(self) -> NameFinder:
        """The name finder, made on first use: ask for it in a thread worker."""

    @property
    def fates_hidden(self) -> bool:
        """Whether the reader has hidden how lives end."""

    @property
    def ends(self) -> HiddenEnds:
        """Whose ends are hidden: nobody's, unless the reader hides them and nothing has told them yet."""

    @property
    def reader_keymap(self) -> Mapping[str, str]:
        """The reader's own keys, by command id."""

    @property
    def last_search(self) -> str:
        """The words last looked for in Find anything."""

    @property
    def current_mode_name(self) -> Mode | None:
        """The open mode."""

    @property
    def commands_here(self) -> tuple[Command, ...]:
        """Everything that can be done in the open mode, with what works everywhere."""

    @property
    def is_blind_key(self) -> bool:
        """Whether the key being handled was pressed before what is on the screen was there."""

    @property
    def patch_writer(self) -> Callable[[Library], str] | None:
        """Return the reader's corrections as a patch; None where the importers are not at hand."""

    @property
    def importer(self) -> BookImporter | None:
        """What imports books; None where the importers are not at hand."""

    @property
    def portrait_searches(self) -> PortraitSearches | None:
        """The searches for portraits under way; None where the importers are not at hand."""

    def look_for_portraits(self, editions: Collection[str]) -> None:
        """Look for portraits and sayings in texts, beside the app; the reader is told what was found."""

    @property
    def themes(self) -> Sequence[str]:
        """The names of all themes, our own first."""

    def show_theme(self, name: str) -> None:
        """Show a theme without saving it; an unknown name shows the first of our own."""

    def open_settings(self, at: str = "") -> None:
        """Open the settings, at a section or at one setting by its name."""

    def settings_changed(self, names: Collection[str]) -> None:
        """Let the app follow settings that were stored in another way than by its own keys."""

    def keys_changed(self, keymap: Mapping[str, str]) -> None:
        """Have these keys of the reader's in place of those before, everywhere and at once."""

    def go_to(self, destination: Destination, *, remember: bool = True) -> None:
        """Go somewhere; `remember` puts the present place on the way back."""

    def run_in_mode(self, command: Command, mode: Mode) -> None:
        """Go to a mode, and run one of its commands there once it has read what it shows."""

    def remember_place(self) -> None:
        """Put the present place on the way back, before moving within the same text."""

    def go_back(self) -> None:
        """Go back to the place before."""

    def inform(self, sentence: str) -> None:
        """Show a short confirmation, as plain text."""

    def report_error(self, sentence: str) -> None:
        """Show what went wrong, as plain text."""

    def report_failure(self, error: SergeError) -> None:
        """Show an error; that the file is damaged stays on the screen of the open mode."""

    def watch_write(self, future: Future[T]) -> Future[T]:
        """Watch a write; show the reader a message if it fails."""

    async def write_succeeded(self, future: Future[Any]) -> bool:
        """Wait for a write without blocking; return whether it succeeded. If it failed, show the reader a message."""

    async def ask(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None if it was left. Only inside a worker: see `start`."""

    def start(self, work: Coroutine[Any, Any, None], *, opens: bool = True) -> None:
        """Run something in a worker of the app: what asks the reader, or waits for a write.

        Keys wait until it has asked. Give `opens=False` for what asks nothing and may take long.
        """

    def data_changed(self) -> None:
        """Have every open screen read again: an import or an upgrade has replaced data."""

    def names_changed(self) -> None:
        """Have the name finder made anew on its next use."""


async def tell_errors(host: Host, work: Coroutine[Any, Any, None]) -> None:
    """Do some work. Show the reader an error of the database as a sentence; the app goes on."""
    try:
        await work
    except SergeError as error:
        host.report_failure(error)


def host_of(node: DOMNode) -> Host:
    """Return the app of a mounted node as the host. Every node of this program lives in an app that is one."""
    return cast("Host", node.app)
