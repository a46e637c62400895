#include <stdlib.h>
#include <string.h>

/* 64 MB of memory would like to become a file, or to be piped to a program of root's. */
int main(void)
{
    memset(malloc(64 << 20), 1, 64 << 20);
    abort();
}
