pages = int(input())
low, high = 0, pages + 1
while True:
    middle = low
    for page in range(low, high):
        if 2 * page <= low + high:
            middle = page
    print(middle, flush=True)
    word = input()
    if word == "here":
        break
    if word == "earlier":
        high = middle
    else:
        low = middle
