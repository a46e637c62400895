import sys
import threading

sys.setrecursionlimit(200000)
threading.stack_size(128 << 20)


def deep(n):
    return 0 if n == 0 else deep(n - 1) + 1


thread = threading.Thread(target=lambda: print(deep(100000)))
thread.start()
thread.join()
