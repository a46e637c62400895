import sys

# The lost pay and the bought machines form a cut between source -> orders -> machines -> sink.
sys.setrecursionlimit(10000)
ENDLESS = 1 << 60

values = iter(map(int, sys.stdin.read().split()))
p, m = next(values), next(values)
source, sink = 0, p + m + 1
room = [{} for _ in range(sink + 1)]


def connect(start, end, capacity):
    room[start][end] = capacity
    room[end][start] = 0


for machine in range(1, m + 1):
    connect(p + machine, sink, next(values))
profit = 0
for order in range(1, p + 1):
    pay = next(values)
    profit += pay
    connect(source, order, pay)
    for _ in range(next(values)):
        connect(order, p + next(values), ENDLESS)


def depths():
    depth = [-1] * (sink + 1)
    depth[source] = 0
    border = [source]
    for node in border:
        for near, left in room[node].items():
            if left > 0 and depth[near] < 0:
                depth[near] = depth[node] + 1
                border.append(near)
    return depth


def push(node, flow, depth, untried):
    if node == sink:
        return flow
    sent = 0
    waiting = untried[node]
    while waiting:
        near = waiting[-1]
        if room[node][near] > 0 and depth[near] == depth[node] + 1:
            part = push(near, min(flow - sent, room[node][near]), depth, untried)
            room[node][near] -= part
            room[near][node] += part
            sent += part
            if sent == flow:
                return sent
        waiting.pop()
    return sent


while True:
    depth = depths()
    if depth[sink] < 0:
        break
    profit -= push(source, ENDLESS, depth, [list(arcs) for arcs in room])
print(profit)
