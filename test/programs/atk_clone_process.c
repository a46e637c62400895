#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Every way to a second process. */
int main(void)
{
    int pwned = 0;
    char *words[] = {"true", NULL}, arguments[88] = {0};
    pid_t pid;
    pwned |= syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0;
    pwned |= syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0) >= 0;
    pwned |= syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) >= 0;
    pwned |= syscall(SYS_clone3, arguments, sizeof arguments) >= 0 || errno != ENOSYS;
#ifdef SYS_fork
    pwned |= syscall(SYS_fork) >= 0;
    pwned |= syscall(SYS_vfork) >= 0;
#endif
    pwned |= !posix_spawn(&pid, "/bin/true", NULL, NULL, words, NULL);
    if (write(1, pwned ? "PWNED\n" : "SAFE\n", pwned ? 6 : 5) < 0) return 1;
    _exit(0);
}
