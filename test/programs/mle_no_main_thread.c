#define _GNU_SOURCE
#include <pthread.h>
#include <unistd.h>

/* When its first thread has ended, a process seems to use no memory; the stack of that thread is in no RLIMIT_DATA, and grows. */
static pthread_t first;

static void *grow(void *stack)
{
    pthread_join(first, NULL);
    for (volatile char *at = stack; at > (char *)stack - (1L << 30); at -= 4096) *at = 1;
    _exit(0);
}

int main(void)
{
    char here;
    pthread_t second;
    first = pthread_self();
    pthread_create(&second, NULL, grow, &here);
    pthread_exit(NULL);
}
