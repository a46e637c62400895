opened = inserted = 0
for c in input().strip():
    if c == "(":
        opened += 1
    elif opened > 0:
        opened -= 1
    else:
        inserted += 1
print(inserted + opened)
