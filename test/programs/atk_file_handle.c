#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    struct { unsigned bytes; int type; char handle[128]; } handle = {128, 0, {0}};
    int mount = 0;
    REFUSED(syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr/bin", &handle, &mount, 0));
    REFUSED(syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY));
    if (!pwned) puts("SAFE");
}
