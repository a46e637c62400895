#include <stdio.h>

static volatile int step = 1;
static int deep(int n) { return n == 0 ? 0 : deep(n - 1) + step; }

int main(void) { printf("%d\n", deep(100000)); }
