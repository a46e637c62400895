#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    void *page = calloc(1, 1 << 20);
    REFUSED(mlock(page, 1 << 20));
    REFUSED(mlockall(MCL_CURRENT | MCL_FUTURE));
    REFUSED(syscall(SYS_mlock2, page, 1 << 20, 0));
    REFUSED(syscall(SYS_mbind, page, 4096, 0, NULL, 0, 0));
    REFUSED(syscall(SYS_set_mempolicy, 0, NULL, 0));
    REFUSED(syscall(SYS_migrate_pages, 0, 0, NULL, NULL));
    if (mmap(NULL, 64 << 20, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) != MAP_FAILED) puts("PWNED locked");
    if (mmap(NULL, 2 << 20, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) != MAP_FAILED) puts("PWNED huge");
    if (mmap(NULL, 2 << 20, 3, MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) != MAP_FAILED || errno != EPERM) puts("PWNED shared huge");
    if (!pwned) puts("SAFE");
}
