"""How colours look: contrast, and how different two of them seem to eyes with a colour-vision deficiency.

Sources: WCAG 2.2 (relative luminance, contrast ratio). By colorspacious: Machado, Oliveira and Fernandes 2009, "A
physiologically based model for simulation of color vision deficiency", at full severity, and the distance in CAM02-UCS
(Luo, Cui and Li 2006).
"""

from functools import lru_cache

import numpy as np

Colour = tuple[float, float, float]

DEFICIENCIES = ("deuteranomaly", "protanomaly", "tritanomaly")


def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour (0 to 1): 0 for black to 1 for white (WCAG 2.2)."""
    light = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def contrast(colour: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=1024)
def worst_difference(colour: Colour, other: Colour) -> tuple[float, str]:
    """Return the smallest difference of two colours under the three deficiencies, and under which; 1 is barely seen."""
    return min((_difference(colour, other, name), name) for name in DEFICIENCIES)


def _difference(colour: Colour, other: Colour, deficiency: str) -> float:
    from colorspacious import cspace_convert, deltaE

    eye = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    looks = np.clip(cspace_convert([colour, other], eye, "sRGB1"), 0, 1)  # cut to what a screen can show
    return float(deltaE(*looks, input_space="sRGB1", uniform_space="CAM02-UCS"))
