#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET};
    int pair[2];
    for (int family = 0; family < 46; family++)
        for (int type = 0; type < 4; type++)
            for (int protocol = 0; protocol < 18; protocol++) REFUSED(socket(family, types[type], protocol));
    REFUSED(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    if (!pwned) puts("SAFE");
}
