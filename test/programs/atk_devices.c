#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whatever is in /dev, but what gives nothing and takes nothing. */
int main(void)
{
    const char *known[] = {"mem", "kmem", "port", "kmsg", "kvm", "fuse", "ptmx", "tty", "tty0", "console", "loop-control", "loop0",
                           "net/tun", "vda", "sda", "nvme0n1", "rtc0", "hpet", "snapshot", "userfaultfd", "vsock", "vhost-vsock",
                           "shm", "mqueue", "pts/0", "full", "random", "uinput", "dri/card0", "cpu_dma_latency", "watchdog"};
    char path[300];
    int pwned = 0;
    for (unsigned i = 0; i < sizeof known / sizeof *known; i++) {
        snprintf(path, sizeof path, "/dev/%s", known[i]);
        if (open(path, O_RDONLY | O_NONBLOCK) >= 0 || open(path, O_WRONLY | O_NONBLOCK) >= 0) pwned = printf("PWNED %s\n", path);
    }
    if (open("/dev/zero", O_RDONLY) >= 0 || open("/dev/urandom", O_WRONLY) >= 0)
        pwned = printf("PWNED zeros without end, or the pool of entropy\n");
    DIR *folder = opendir("/dev");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (!strstr(". .. null urandom", entry->d_name)) pwned = printf("PWNED sees %s\n", entry->d_name);
    if (!mknod("/tmp/null", S_IFCHR | 0666, 0x103)) pwned = printf("PWNED mknod\n");
    if (!pwned) puts("SAFE");
}
