import random
import sys
from math import hypot

values = list(map(int, sys.stdin.buffer.read().split()))
farms = sorted(set(zip(values[1::2], values[2::2])))


def half_hull(points):
    """One half of the convex hull, from the first point to the last."""
    hull = []
    for x, y in points:
        while len(hull) > 1:
            (ax, ay), (bx, by) = hull[-2:]
            if (bx - ax) * (y - ay) > (by - ay) * (x - ax):
                break
            hull.pop()
        hull.append((x, y))
    return hull


# Only corners of the convex hull matter.
corners = list(set(half_hull(farms) + half_hull(farms[::-1])))
random.seed(1)
random.shuffle(corners)


def beyond(circle, p):
    return hypot(p[0] - circle[0], p[1] - circle[1]) > circle[2] * (1 + 1e-12) + 1e-12


def around_two(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, hypot(a[0] - b[0], a[1] - b[1]) / 2


def around_three(a, b, c):
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    u, v, area = ux * ux + uy * uy, vx * vx + vy * vy, 2 * (ux * vy - uy * vx)
    x, y = (vy * u - uy * v) / area, (ux * v - vx * u) / area
    return a[0] + x, a[1] + y, hypot(x, y)


circle = (*corners[0], 0)
for i, a in enumerate(corners):
    if beyond(circle, a):
        circle = (*a, 0)
        for j, b in enumerate(corners[:i]):
            if beyond(circle, b):
                circle = around_two(a, b)
                for c in corners[:j]:
                    if beyond(circle, c):
                        circle = around_three(a, b, c)
print(f"{circle[2]:.9f}")
