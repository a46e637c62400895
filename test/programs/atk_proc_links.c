#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/*
 * The ways out that a /proc holds, should there be one: roots, descriptors and memory, by name. (Where
 * there is one, a program may find itself in it: its own input, its own file. A container engine puts
 * /dev/null in the place of some, /proc/keys for one.)
 */
static int pwned;

static int opens(const char *path, int how)
{
    struct stat file;
    int fd = open(path, how | O_NONBLOCK);
    return fd >= 0 && !(fstat(fd, &file) == 0 && S_ISCHR(file.st_mode) && file.st_rdev == makedev(1, 3));
}

static void try(const char *path)
{
    if (opens(path, O_RDONLY) || opens(path, O_WRONLY)) pwned = printf("PWNED %s\n", path);
}

int main(void)
{
    const char *ways[] = {"/proc/self/root/etc/shadow", "/proc/1/root/etc/hostname", "/proc/self/mem", "/proc/self/maps",
                          "/proc/self/environ", "/proc/self/oom_score_adj", "/proc/self/cgroup", "/proc/self/mountinfo",
                          "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/kallsyms", "/proc/keys", "/proc/mounts",
                          "/proc/net/tcp", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs",
                          "/sys/fs/cgroup/memory/release_agent", "/sys/class/net", "/sys/kernel/debug"};
    const char *of[] = {"environ", "cmdline", "maps", "mem", "fd", "fd/0", "fd/1", "fd/2", "fd/3", "fd/4", "fd/17", "fd/18", "fd/20",
                        "cwd", "root", "root/etc/shadow", "ns/mnt", "ns/user", "exe", "map_files", "task"};
    int judge = 0;
    if (scanf("%d", &judge) != 1) return 1;
    for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++) try(ways[i]);
    const pid_t others[] = {judge, getppid(), 1};
    for (int i = 0; i < 3; i++)
        for (unsigned n = 0; n < sizeof of / sizeof *of; n++) {
            char path[64];
            snprintf(path, sizeof path, "/proc/%d/%s", others[i], of[n]);
            try(path);
        }
    if (!pwned) puts("SAFE");
}
