#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

/* A page here and there over terabytes: what that costs are page tables, in no resident set. */
int main(void)
{
    for (;;) {
        char *memory = mmap(NULL, 1L << 40, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED) return 1;
        for (long i = 0; i < 1L << 40; i += 1 << 21) *(volatile char *)(memory + i);
    }
}
