#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * To sync a file of the host, though it was only read, has its disk write down all that it holds back: a
 * program that waits in a loop for that takes no CPU time, and a database must wait behind it.
 */
int main(void)
{
    int pipes[2], pwned = 0;
    char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pipe(pipes)) return 1;
    /* the kernel would say that nothing of the kind can be done with a pipe, or a page that is not there */
    pwned |= fsync(pipes[0]) < 0 && errno == EINVAL;
    pwned |= fdatasync(pipes[0]) < 0 && errno == EINVAL;
    munmap(page, 4096);
    pwned |= msync(page, 4096, MS_SYNC) < 0 && errno == ENOMEM;
    pwned |= sync_file_range(pipes[0], 0, 0, 7) < 0 && errno == ESPIPE;
    pwned |= syncfs(pipes[0]) == 0;
    /* and to forget it, so that others must read it again */
    pwned |= posix_fadvise(pipes[0], 0, 0, POSIX_FADV_DONTNEED) == ESPIPE;
    puts(pwned ? "PWNED" : "SAFE");
}
