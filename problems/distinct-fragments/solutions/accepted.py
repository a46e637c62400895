# A suffix automaton; every letter adds as many new fragments as its state is longer than its link.
def main():
    s = input().strip()
    length, link, follow = [0], [-1], [{}]
    last = fragments = 0
    for letter in s:
        whole = len(length)
        length.append(length[last] + 1)
        link.append(0)
        follow.append({})
        at = last
        while at != -1 and letter not in follow[at]:
            follow[at][letter] = whole
            at = link[at]
        if at != -1:
            q = follow[at][letter]
            if length[q] == length[at] + 1:
                link[whole] = q
            else:
                copy = len(length)
                length.append(length[at] + 1)
                link.append(link[q])
                follow.append(follow[q].copy())
                while at != -1 and follow[at].get(letter) == q:
                    follow[at][letter] = copy
                    at = link[at]
                link[q] = link[whole] = copy
        last = whole
        fragments += length[whole] - length[link[whole]]
    print(fragments)


main()
