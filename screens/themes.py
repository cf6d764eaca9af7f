"""Blue and orange, in dark, light and high contrast. No meaning is carried by colour alone."""

from textual.theme import Theme

DARK = Theme(
    name="pkui-dark",
    primary="#5aa9e6",
    secondary="#3d6f99",
    accent="#f2a65a",
    warning="#f2a65a",
    error="#ff9f5a",
    success="#7fc8f8",
    foreground="#e6e9ec",
    background="#10161c",
    surface="#161e26",
    panel="#1f2a35",
    dark=True,
)
LIGHT = Theme(
    name="pkui-light",
    primary="#0b5a9c",
    secondary="#3d6f99",
    accent="#a84b00",
    warning="#a84b00",
    error="#a03c00",
    success="#0b5a9c",
    foreground="#16202a",
    background="#f7f8fa",
    surface="#ffffff",
    panel="#e4eaf0",
    dark=False,
)
CONTRAST = Theme(
    name="pkui-contrast",
    primary="#7cc4ff",
    secondary="#7cc4ff",
    accent="#ffc04d",
    warning="#ffc04d",
    error="#ffb000",
    success="#7cc4ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST)
