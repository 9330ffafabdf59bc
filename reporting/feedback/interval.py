"""How sure a share is: Wilson's interval, which stays within 0 and 100 and is honest of few answers."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054  # 95 %


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The least and the most of a share for every 100, at 95 %; None of nothing. Raises ValueError where part > whole.

    E. B. Wilson, 1927. Of 8 in 10: 49.0 to 94.3.
    """
    if part < 0 or part > whole:
        raise ValueError(f"{part} of {whole} is no share.")
    if not whole:
        return None
    share, spread = part / whole, Z * Z / whole
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if part == 0 else 100 * max(low, 0.0), 100.0 if part == whole else 100 * min(high, 1.0))
