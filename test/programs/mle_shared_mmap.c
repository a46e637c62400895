#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

/* Shared anonymous memory, which no RLIMIT_DATA counts. */
int main(void)
{
    char *memory = mmap(NULL, 4L << 30, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(memory, 1, 4L << 30);
    return memory[1] - 1;
}
