#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* A file that says it is a terabyte large, and one that takes more than a file may. */
int main(void)
{
    signal(SIGXFSZ, SIG_IGN);
    int fd = open("/tmp/sparse", O_CREAT | O_RDWR, 0600), pwned = 0;
    if (fd >= 0) {
        pwned |= !ftruncate(fd, 1L << 40);
        pwned |= !fallocate(fd, 0, 0, 64 << 20);
        pwned |= pwrite(fd, "x", 1, 1L << 40) > 0;
        unlink("/tmp/sparse");
    }
    puts(pwned ? "PWNED" : "SAFE");
}
