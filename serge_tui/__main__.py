"""`python -m serge_tui` is `serge`."""

from serge_tui.cli import main

main()
