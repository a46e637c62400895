#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    siginfo_t told = {.si_signo = SIGTERM, .si_code = -1};
    int judge = 0;
    if (scanf("%d", &judge) != 1) return 1;
    const pid_t others[] = {1, getppid(), judge, -1, -getppid()};
    for (int i = 0; i < 5; i++) {
        pid_t pid = others[i];
        REFUSED(kill(pid, 0));
        REFUSED(syscall(SYS_tkill, pid, 0));
        REFUSED(syscall(SYS_tgkill, pid, pid, 0));
        REFUSED(syscall(SYS_rt_sigqueueinfo, pid, 0, &told));
        REFUSED(syscall(SYS_rt_tgsigqueueinfo, pid, pid, 0, &told));
    }
    REFUSED(syscall(SYS_pidfd_send_signal, 0, 0, NULL, 0));
    if (!pwned) puts("SAFE");
}
