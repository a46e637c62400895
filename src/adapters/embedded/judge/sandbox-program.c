/*
 * What a program may use: from a fork of the box to the program's first instruction, every right is
 * given up here. Included by sandbox.c.
 */

static void fail_birth(const char *words)
{
    snprintf(birth->fault, sizeof birth->fault, "%s: %s", words, strerror(errno));
    _exit(127);
}

static void limit(int resource, rlim_t value)
{
    struct rlimit both = {value, value};
    if (setrlimit(resource, &both)) fail_birth("setrlimit");
}

static void set_limits(const struct request *asked)
{
    limit(RLIMIT_CPU, asked->cpu_ms / 1000 + 2); /* backstop; the box looks at the clock itself */
    limit(RLIMIT_DATA, asked->memory_kib * 1024ULL + (16 << 20)); /* never RLIMIT_AS: Node reserves far more than it uses */
    limit(RLIMIT_STACK, RLIM_INFINITY); /* deep recursion is no crime; memory is counted all the same */
    limit(RLIMIT_FSIZE, asked->file_bytes);
    limit(RLIMIT_NOFILE, 64);
    /* without namespaces or an own uid this would count all the user's processes; the box counts threads then */
    if (has_namespaces || is_root) limit(RLIMIT_NPROC, MAX_PROCESSES);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_MEMLOCK, 65536);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, 256);
}

static void drop_rights(uid_t uid)
{
    if (is_root) {
        if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid)) fail_birth("becoming nobody");
    }
    struct { uint32_t version; int pid; } header = {0x20080522, 0};
    struct { uint32_t effective, permitted, inheritable; } none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capset, &header, none)) fail_birth("capset");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail_birth("no_new_privs");
}

static void become_program(struct run *run) __attribute__((noreturn));
static void become_program(struct run *run)
{
    static char home[sizeof tmp_path + 8], temporary[sizeof tmp_path + 8];
    static char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
                                        "OPENSSL_CONF=/dev/null", /* Node wants to read one, and minds if it may not */
                                        home, temporary, NULL};
    snprintf(home, sizeof home, "HOME=%s", tmp_path);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", tmp_path);
    char self[16] = "";
    if (readlinkat(host_proc, "self", self, sizeof self - 1) < 0) fail_birth("own pid");
    birth->host_pid = atoi(self);

    setsid(); /* no controlling terminal to type into */
    if (dup2(run->input, 0) || dup2(run->out[1], 1) != 1 || dup2(run->err[1], 2) != 2) fail_birth("descriptors");
    int ruleset = run->ruleset;
    if (ruleset >= 0 && ruleset != 3 && dup2(ruleset, 3) != 3) fail_birth("descriptors");
    if (syscall(SYS_close_range, ruleset >= 0 ? 4 : 3, ~0U, 0)) fail_birth("close_range"); /* nothing is inherited */

    umask(022);
    if (chdir(tmp_path)) fail_birth("chdir");
    signal(SIGPIPE, SIG_DFL);
    set_limits(&run->request);
    drop_rights(run->uid);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* a pid namespace ends with its box, a folder does not */
    if (ruleset >= 0) {
        if (syscall(SYS_landlock_restrict_self, 3, 0)) fail_birth("landlock");
        close(3);
    }
    if (install_filter((enum family)run->request.family)) fail_birth("seccomp");
    birth->execing = 1;
    execve(run->argv[0], run->argv, environment);
    fail_birth(run->argv[0]);
    __builtin_unreachable();
}

