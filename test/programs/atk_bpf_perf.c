#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    char attributes[128];
    memset(attributes, 0, sizeof attributes);
    attributes[4] = 120;
    REFUSED(syscall(SYS_bpf, 0, attributes, sizeof attributes));
    REFUSED(syscall(SYS_bpf, 5, attributes, sizeof attributes));
    REFUSED(syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0));
    if (!pwned) puts("SAFE");
}
