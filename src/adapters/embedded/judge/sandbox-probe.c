/*
 * Run inside a box by the self-test: tries what must be refused, and says of each whether it was.
 * Included by sandbox.c.
 */

static void report(const char *what, int possible)
{
    printf("%s %s\n", what, possible ? "POSSIBLE" : "refused");
    fflush(stdout);
}

static int probe(const char *own)
{
    report("open a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    report("read /etc/shadow", open("/etc/shadow", O_RDONLY) >= 0);
    report("read the host's processes", open("/proc/1/status", O_RDONLY) >= 0);
    report("write to the root", open("/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("write to /usr/bin", open("/usr/bin/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("change the program", open(own, O_WRONLY) >= 0 || unlink(own) == 0);
    report("mount", mount("none", "/tmp", "tmpfs", 0, NULL) == 0);
    report("enter a namespace", unshare(CLONE_NEWUSER) == 0);
    report("signal process 1", kill(1, 0) == 0);
    report("make a device", mknod("/tmp/device", S_IFCHR | 0600, 0x101) == 0);
    pid_t child = fork();
    if (child == 0) _exit(0);
    report("start a process", child > 0);
    return 0;
}
