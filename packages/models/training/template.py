"""The one template that training and serving share: where five points of a face lie in 128x128.

Points are (x, y) in pixels, in the order left eye centre, right eye centre, nose tip, left and
right mouth corner; "left" is the picture's left. Keep equal to `template` in manifest.json.
"""

from __future__ import annotations

import numpy as np

SIZE = 128
"""Side of the aligned picture in pixels."""

MARGIN = 4
"""Extra pixels on each side of a stored picture: room for random offsets."""

STORED = SIZE + 2 * MARGIN

TEMPLATE = np.array(
    [[48.0, 58.0], [80.0, 58.0], [64.0, 80.02], [49.66, 91.52], [78.34, 91.52]], dtype=np.float64
)


def similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Least-squares similarity (Umeyama 1991) that maps `source` to `target`.

    Both `[n, 2]`, n >= 2. Returns `[2, 3]`: target = M[:, :2] @ source + M[:, 2]. Reflections
    are never returned.
    """
    source = np.asarray(source, dtype=np.float64)
    target = np.asarray(target, dtype=np.float64)
    mean_s, mean_t = source.mean(0), target.mean(0)
    s, t = source - mean_s, target - mean_t
    # In two dimensions the best rotation has a closed form: no SVD is needed.
    a = float((s * t).sum())
    b = float((s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum())
    norm = float((s * s).sum())
    if norm == 0:
        raise ValueError("all source points coincide")
    linear = np.array([[a, -b], [b, a]]) / norm
    return np.concatenate([linear, (mean_t - linear @ mean_s)[:, None]], axis=1)
