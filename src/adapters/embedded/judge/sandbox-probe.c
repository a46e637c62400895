/*
 * Run inside a box by the self-test: tries what must be refused, and says of each whether it was. Each
 * line is for a wall; test/judge/self-test.spec.ts takes walls away and sees to it that one tells.
 * Included by sandbox.c.
 */

static void report(const char *what, int possible)
{
    printf("%s %s\n", what, possible ? "POSSIBLE" : "refused");
    fflush(stdout);
}

static int holds(const char *path, const char *words)
{
    char text[4096];
    int file = open(path, O_RDONLY);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text - 1);
    if (file >= 0) close(file);
    text[length > 0 ? length : 0] = 0;
    return strstr(text, words) != NULL;
}

static int has_descriptors(void)
{
    for (int fd = 3; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0) return 1;
    return 0;
}

static int has_no_limits(void)
{
    const int limits[] = {RLIMIT_CPU, RLIMIT_DATA, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_MEMLOCK, RLIMIT_SIGPENDING};
    struct rlimit have;
    for (size_t i = 0; i < LENGTH(limits); i++)
        if (getrlimit(limits[i], &have) || have.rlim_max == RLIM_INFINITY) return 1;
    return 0;
}

/* `hidden` is a folder of the judge's, where it keeps everybody's programs. */
static int probe(const char *own, const char *hidden)
{
    char nothing[120] = {0};
    struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};

    report("open a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    report("open a local socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    report("speak to the kernel's network", socket(AF_NETLINK, SOCK_RAW, 0) >= 0);

    report("read /etc/shadow", open("/etc/shadow", O_RDONLY) >= 0);
    report("read the host's users", holds("/etc/passwd", "root:"));
    report("read the judge's files", open(hidden, O_RDONLY) >= 0);
    report("read the host's processes", open("/proc/1/status", O_RDONLY) >= 0);
    report("read the kernel's settings", open("/sys/kernel", O_RDONLY) >= 0);
    report("write to the root", open("/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("write to /usr/bin", open("/usr/bin/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("change the program", open(own, O_WRONLY) >= 0 || unlink(own) == 0);
    report("change the input", write(0, "x", 1) >= 0);
    report("make a device", mknod("/tmp/device", S_IFCHR | 0600, 0x101) == 0);

    report("be root", geteuid() == 0 || getegid() == 0 || setuid(0) == 0);
    report("mount", mount("none", "/tmp", "tmpfs", 0, NULL) == 0);
    report("enter a namespace", unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0);
    report("signal process 1", kill(1, 0) == 0);
    report("signal its guardian", kill(getppid(), 0) == 0);
    report("trace", syscall(SYS_ptrace, 0 /* PTRACE_TRACEME */, 0, NULL, NULL) == 0);
    report("inherit a descriptor", has_descriptors());
    report("do without limits", has_no_limits() || setrlimit(RLIMIT_FSIZE, &most) == 0);

    report("share memory without a file",
           mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED || open("/dev/zero", O_RDONLY) >= 0);
    report("make an anonymous file", syscall(SYS_memfd_create, "probe", 0) >= 0);
    report("keep a key", syscall(SYS_add_key, "user", "probe", "x", 1, -2 /* of the process */) >= 0);
    report("queue calls past the filter", syscall(SYS_io_uring_setup, 1, nothing) >= 0);
    report("load a program into the kernel", syscall(SYS_bpf, 5, nothing, sizeof nothing) >= 0 || errno != ENOSYS);
    report("make a filter of its own", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) == 0 || errno == EFAULT);

    pid_t child = fork();
    if (child == 0) _exit(0);
    report("start a process", child > 0);
    return 0;
}
