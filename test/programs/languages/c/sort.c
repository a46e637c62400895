#include <stdio.h>
#include <stdlib.h>

static int numbers[1000000];
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

int main(void) {
    int n;
    long long sum = 0;
    if (scanf("%d", &n) != 1) return 1;
    for (int i = 0; i < n; i++)
        if (scanf("%d", &numbers[i]) != 1) return 1;
    qsort(numbers, (size_t)n, sizeof *numbers, compare);
    for (int i = 0; i < n; i++) sum = (sum + (i + 1LL) * numbers[i]) % 1000003;
    printf("%lld\n", sum);
}
