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
    REFUSED(syscall(SYS_keyctl, 0, -3, 0));
    REFUSED(syscall(SYS_keyctl, 1, "joust"));
    REFUSED(syscall(SYS_request_key, "user", "joust", NULL, -4));
    REFUSED(syscall(SYS_add_key, "user", "joust", "x", 1, -4));
    if (!pwned) puts("SAFE");
}
