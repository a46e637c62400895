#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* Memory that is out on swap, or merged with others', is in no resident set. */
int main(void)
{
    const int advice[] = {12 /* MERGEABLE */, 20 /* COLD */, 21 /* PAGEOUT */, 100 /* HWPOISON */, 101 /* SOFT_OFFLINE */};
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int pwned = 0;
    memset(page, 1, 4096);
    for (int i = 0; i < 5; i++) pwned |= !madvise(page, 4096, advice[i]);
    puts(pwned ? "PWNED" : "SAFE");
}
