"""Two themes of our own. Contrast of text on its ground is at least 4.5 : 1 (WCAG AA) in both; a test measures it.

Words use `muted` and `faint`; lines, bars and shades use `rule` and `hidden-end`. Highlights that a colour-blind reader
sees in one hue (amber, red, green; blue, violet) differ in lightness.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

PETROGRAD: Final = Theme(
    name="petrograd",
    primary="#d8a657",
    secondary="#a89984",
    accent="#e66b57",
    foreground="#e6dcc8",
    background="#191614",
    surface="#211d1a",
    panel="#2a2521",
    success="#a3b07a",
    warning="#d8a657",
    error="#ee7a63",
    dark=True,
    variables={
        "muted": "#b0a38f",
        "faint": "#998c79",
        "rule": "#6f665a",
        "hidden-end": "#5c5348",
        "highlight-amber": "#775b21",
        "highlight-red": "#561c16",
        "highlight-green": "#3c4b2d",
        "highlight-blue": "#304f61",
        "highlight-violet": "#482853",
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
        "muted": "#5a5144",
        "faint": "#695f4d",
        "rule": "#8d8371",
        "hidden-end": "#b3a88f",
        "highlight-amber": "#f5db8d",
        "highlight-red": "#d59784",
        "highlight-green": "#b9c889",
        "highlight-blue": "#bbdcec",
        "highlight-violet": "#cdaed8",
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
