"""Colours of the back office: the paper, ink and green of static/carat/carat.css, from the lightest shade to the darkest."""

SHADES = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")


def _shades(colours: str) -> dict[str, str]:
    return dict(zip(SHADES, colours.split(), strict=True))


BACK_OFFICE = {
    "base": _shades("#faf8f4 #f1eee8 #ded9d0 #cdc7bd #aaa5b2 #6a6574 #5c5866 #46424d #39363f #201f25 #17161a"),
    "primary": _shades("#eef7f4 #d5ece5 #aed9cd #7fc0b0 #4fa391 #2f8776 #155e52 #124e45 #103f38 #0d332e #071d1a"),
}
