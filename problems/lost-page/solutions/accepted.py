low, high = 1, int(input())
while True:
    page = (low + high) // 2
    print(page, flush=True)
    word = input()
    if word == "here":
        break
    if word == "earlier":
        high = page - 1
    else:
        low = page + 1
