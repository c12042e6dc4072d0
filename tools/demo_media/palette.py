"""The demo library's colours. One set for every picture and for the film."""

SKY, SKY_EVENING, SKY_NIGHT = "#cfeaf3", "#fbd9b5", "#23395b"
SAND, SAND_DARK, EARTH = "#f2d8a7", "#e3bf85", "#b98a5a"
HILL, HILL_FAR = "#b9cf9b", "#d6e2bd"
LEAF, LEAF_DARK, TRUNK = "#6fae6a", "#458a5a", "#8b5e3c"
WATER, WATER_LIGHT, WATER_DARK = "#4fb3dd", "#c5e9f6", "#2c86b8"
GLASS = "#e3f4fa"
RED, ORANGE, YELLOW, GREEN = "#d95d4e", "#e98a3c", "#f5bd3a", "#5fa777"
TEAL, BLUE, PURPLE, PINK = "#1f8a8a", "#2f6690", "#7d5ba6", "#e58aa0"
CREAM, WHITE, INK, GREY, GREY_DARK = "#fff6e4", "#ffffff", "#2d2a3e", "#b8bec6", "#77808c"
MUD = "#8a5f3d"
CLAY, CLAY_DARK = "#c9764a", "#a85c36"
SKINS = ("#f2c6a0", "#dba26f", "#b0744a", "#85522f", "#5d3a24")
HAIR, HAIR_BROWN, HAIR_GREY = "#2a211f", "#5b3a29", "#c9c6c1"


def mix(first: str, second: str, part: float) -> str:
    """`part` of the second colour in the first, 0 to 1."""
    a, b = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (first, second))
    return "#" + "".join(f"{round(x + (y - x) * part):02x}" for x, y in zip(a, b, strict=True))


def shade(colour: str, part: float = 0.18) -> str:
    """A darker neighbour of the colour."""
    return mix(colour, "#2d1a2e", part)
