#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* The input is the judge's: a later test may read the same. */
int main(void)
{
    int pwned = write(0, "x", 1) > 0 || pwrite(0, "x", 1, 0) > 0 || !ftruncate(0, 1 << 20) || !ftruncate(0, 0);
    pwned |= mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0) != MAP_FAILED;
    puts(pwned ? "PWNED" : "SAFE");
}
