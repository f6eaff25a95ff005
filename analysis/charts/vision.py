"""How colours look: contrast, three colour-vision deficiencies, and how different two colours seem.

Sources: WCAG 2.2 (relative luminance, contrast ratio); Machado, Oliveira and Fernandes 2009, "A physiologically
based model for simulation of color vision deficiency", table 1, severity 1.0; CIECAM02 (CIE 159:2004) with
sRGB viewing conditions, and the uniform space CAM02-UCS of Luo, Cui and Li 2006.
"""

from functools import lru_cache
from math import exp, pi, sqrt

import numpy as np

Colour = tuple[float, float, float]

DEFICIENCIES = {
    "deuteranomaly": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanomaly": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanomaly": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

SRGB_TO_XYZ = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))
CAT02 = np.array(((0.7328, 0.4296, -0.1624), (-0.7036, 1.6975, 0.0061), (0.0030, 0.0136, 0.9834)))
HPE = np.array(((0.38971, 0.68898, -0.07868), (-0.22981, 1.18340, 0.04641), (0.0, 0.0, 1.0)))
WHITE = np.array((95.047, 100.0, 108.883))
ADAPTING = 64 / pi / 5
BACKGROUND = 20 / 100
SURROUND = 0.69
ADAPTATION = 1 - exp((-ADAPTING - 42) / 92) / 3.6
K = 1 / (5 * ADAPTING + 1)
LEVEL = 0.2 * K**4 * 5 * ADAPTING + 0.1 * (1 - K**4) ** 2 * (5 * ADAPTING) ** (1 / 3)
INDUCTION = 0.725 * (1 / BACKGROUND) ** 0.2
EXPONENT = SURROUND * (1.48 + sqrt(BACKGROUND))


def linear(colour: Colour) -> np.ndarray:
    """Return the light that an sRGB colour (0 to 1) stands for."""
    values = np.asarray(colour, dtype=float)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def luminance(colour: Colour) -> float:
    """Return relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def simulate(colour: Colour, deficiency: str) -> Colour:
    """Return how a colour looks with a deficiency at full severity, in sRGB, cut to what a screen can show."""
    light = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear(colour), 0, 1)
    values = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return tuple(float(value) for value in values)


def difference(one: Colour, other: Colour) -> float:
    """Return how different two sRGB colours look: the distance in CAM02-UCS; 1 is barely seen."""
    return float(np.linalg.norm(uniform(one) - uniform(other)))


@lru_cache(maxsize=1024)
def worst_difference(one: Colour, other: Colour) -> tuple[float, str]:
    """Return the smallest difference of two colours under the three deficiencies, and under which."""
    return min((difference(simulate(one, name), simulate(other, name)), name) for name in DEFICIENCIES)


def uniform(colour: Colour) -> np.ndarray:
    """Return the CAM02-UCS coordinates (J', a', b') of an sRGB colour."""
    red, green, blue = _response(100 * SRGB_TO_XYZ @ linear(colour))
    a, b = red - 12 * green / 11 + blue / 11, (red + green - 2 * blue) / 9
    hue = np.arctan2(b, a)
    lightness = 100 * (_achromatic(red, green, blue) / _achromatic(*_response(WHITE))) ** EXPONENT
    eccentricity = (np.cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * INDUCTION * eccentricity * np.hypot(a, b) / (red + green + 21 * blue / 20)
    chroma = t**0.9 * np.sqrt(lightness / 100) * (1.64 - 0.29**BACKGROUND) ** 0.73
    colourfulness = np.log(1 + 0.0228 * chroma * LEVEL**0.25) / 0.0228
    j = 1.7 * lightness / (1 + 0.007 * lightness)
    return np.array((j, colourfulness * np.cos(hue), colourfulness * np.sin(hue)))


def _response(xyz: np.ndarray) -> np.ndarray:
    """Return the cones' compressed responses to a stimulus, adapted to white."""
    adapted = (ADAPTATION * 100 / (CAT02 @ WHITE) + 1 - ADAPTATION) * (CAT02 @ xyz)
    cones = HPE @ np.linalg.solve(CAT02, adapted)
    power = (LEVEL * np.abs(cones) / 100) ** 0.42
    return np.sign(cones) * 400 * power / (27.13 + power) + 0.1


def _achromatic(red: float, green: float, blue: float) -> float:
    return max(2 * red + green + blue / 20 - 0.305, 0.0) * INDUCTION
