# Accepts an order as soon as it alone pays for the machines still missing, until none does.
p, m = map(int, input().split())
costs = list(map(int, input().split()))
orders = [list(map(int, input().split())) for _ in range(p)]
bought, profit, changed = set(), 0, True
while changed:
    changed = False
    for order in list(orders):
        missing = set(order[2:]) - bought
        gain = order[0] - sum(costs[machine - 1] for machine in missing)
        if gain >= 0:
            profit += gain
            bought |= missing
            orders.remove(order)
            changed = True
print(profit)
