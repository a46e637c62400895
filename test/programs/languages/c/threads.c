#include <pthread.h>
#include <stdio.h>

static long sums[4];
static void *add(void *sum) {
    for (int i = 1; i <= 1000; i++) *(long *)sum += i;
    return sum;
}

int main(void) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], 0, add, &sums[i])) return 1;
    for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
    printf("%ld\n", sums[0] + sums[1] + sums[2] + sums[3]);
}
