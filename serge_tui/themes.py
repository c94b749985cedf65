"""Two themes of our own. Contrast of text on its ground is at least 4.5 : 1 (WCAG AA) in both; a test measures it."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

PETROGRAD: Final = Theme(
    name="petrograd",
    primary="#d8a657",
    secondary="#a89984",
    accent="#e0604c",
    foreground="#e6dcc8",
    background="#191614",
    surface="#211d1a",
    panel="#2a2521",
    success="#a3b07a",
    warning="#d8a657",
    error="#ee7a63",
    dark=True,
    variables={
        "muted": "#a39682",
        "faint": "#6f665a",
        "seal": "#5c5348",
        "highlight-amber": "#5a4417",
        "highlight-red": "#5c2a24",
        "highlight-green": "#37452a",
        "highlight-blue": "#26404f",
        "highlight-violet": "#47324f",
        "lit": "#6b531d",
        "block-cursor-background": "#d8a657",
        "block-cursor-foreground": "#191614",
        "footer-key-foreground": "#d8a657",
        "input-selection-background": "#5a4417",
    },
)
SAMIZDAT: Final = Theme(
    name="samizdat",
    primary="#8a4b00",
    secondary="#5f574b",
    accent="#a51d12",
    foreground="#26221d",
    background="#f4efe3",
    surface="#ece5d5",
    panel="#e3dac7",
    success="#47610f",
    warning="#8a4b00",
    error="#a51d12",
    dark=False,
    variables={
        "muted": "#635a4c",
        "faint": "#8d8371",
        "seal": "#b3a88f",
        "highlight-amber": "#f3d98c",
        "highlight-red": "#f0bfae",
        "highlight-green": "#d3dfae",
        "highlight-blue": "#c1dae6",
        "highlight-violet": "#dfcae6",
        "lit": "#f0cf6b",
        "block-cursor-background": "#8a4b00",
        "block-cursor-foreground": "#f4efe3",
        "footer-key-foreground": "#8a4b00",
        "input-selection-background": "#f3d98c",
    },
)
OWN_THEMES: Final = (PETROGRAD, SAMIZDAT)


def fallback_variables(*, dark: bool) -> dict[str, str]:
    """Our variables for themes that are not ours: those of our own dark or light one."""
    return dict((PETROGRAD if dark else SAMIZDAT).variables)
