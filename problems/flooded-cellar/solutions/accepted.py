import sys

NEVER = 1 << 29

lines = sys.stdin.read().split()
r, c = int(lines[0]), int(lines[1])
width = c + 1
grid = "#" * width + "".join(row + "#" for row in lines[2 : r + 2]) + "#" * width


def spread(source, deadline):
    """When each cell is reached from the sources, always before its deadline."""
    time = [NEVER if cell != "#" else -1 for cell in grid]
    border = [cell for cell, mark in enumerate(grid) if mark == source]
    for cell in border:
        time[cell] = 0
    minute = 0
    while border:
        minute += 1
        reached = []
        for cell in border:
            for near in (cell - 1, cell + 1, cell - width, cell + width):
                if time[near] == NEVER and minute < deadline[near]:
                    time[near] = minute
                    reached.append(near)
        border = reached
    return time


water = spread("W", [NEVER] * len(grid))
minutes = spread("S", water)[grid.index("E")]
print("TRAPPED" if minutes == NEVER else minutes)
