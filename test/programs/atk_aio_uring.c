#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    unsigned long context = 0;
    char parameters[120] = {0};
    REFUSED(syscall(SYS_io_setup, 1, &context));
    REFUSED(syscall(SYS_io_uring_setup, 4, parameters));
    REFUSED(syscall(SYS_io_uring_enter, 0, 1, 0, 0, NULL, 0));
    REFUSED(syscall(SYS_io_uring_register, -1, 0, NULL, 0));
    if (!pwned) puts("SAFE");
}
