#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

/* A call that gets as far as to mind its arguments was let through. */
static int pwned;
#define REFUSED(call) \
    (errno = 0, (call) == -1 && (errno == ENOSYS || errno == EPERM || errno == EACCES) ? 0 : (pwned = 1, printf("PWNED %s\n", #call)))

int main(void)
{
    struct timespec zero = {0, 0};
    struct timex tuned = {.modes = ADJ_FREQUENCY};
    char nothing[16] = {0};
    REFUSED(clock_settime(CLOCK_REALTIME, &zero));
    REFUSED(adjtimex(&tuned));
    REFUSED(sethostname("pwned", 5));
    REFUSED(syscall(SYS_setdomainname, "pwned", 5));
    REFUSED(syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL));
    REFUSED(syscall(SYS_kexec_load, 0, 0, NULL, 0));
    REFUSED(syscall(SYS_init_module, nothing, 16, ""));
    REFUSED(syscall(SYS_finit_module, 0, "", 0));
    REFUSED(syscall(SYS_delete_module, "joust", 0));
    REFUSED(syscall(SYS_swapon, "/tmp/x", 0));
    REFUSED(syscall(SYS_swapoff, "/tmp/x"));
    REFUSED(syscall(SYS_acct, NULL));
    REFUSED(syscall(SYS_quotactl, 0, NULL, 0, NULL));
    REFUSED(syscall(SYS_syslog, 3, nothing, 16));
    REFUSED(syscall(SYS_vhangup));
    REFUSED(syscall(SYS_personality, 0x0040000 /* ADDR_NO_RANDOMIZE */));
    REFUSED(syscall(SYS_sync));
    if (!pwned) puts("SAFE");
}
