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

/*
 * Wall: no crash is told outside. Stops a dump on the disk and, where the host pipes dumps to a program, that
 * being started as root for every crash, which the kernel does whatever the limit but at exactly 1 (see core(5)
 * and do_coredump). Shown by atk_core_dump.c, atk_core_pipe.c.
 */
static void limit_cores(void)
{
    const struct rlimit one = {1, 1};
    if (setrlimit(RLIMIT_CORE, &one)) limit(RLIMIT_CORE, 0); /* already so, and not ours to raise */
}

/*
 * What a runtime may have as writable memory beyond its limit: of it only what it touches is held against it.
 * Java, C# and Ruby reserve 64 MiB of stack for each thread, Node from 24 on 512 MiB for the machine code it
 * makes, and as much for each worker. (Never RLIMIT_AS: what they reserve and cannot write is far more.)
 */
static rlim_t reserved_by(enum family family)
{
    return family == MANAGED || family == JAVASCRIPT ? 4ULL << 30 : 16ULL << 20;
}

/*
 * Limits that differ from run to run, of a process or, for 0, of ourselves. Says whether they are set: of a
 * program that was started ahead without them, perhaps not.
 */
static int limit_use(pid_t process, const struct request *asked)
{
    const rlim_t data = asked->memory_kib * 1024ULL + reserved_by(asked->family);
    const rlim_t seconds = asked->cpu_ms / 1000 + 2; /* backstop; the box looks at the clock itself */
    const rlim_t file_bytes = asked->file_bytes;
    return !prlimit(process, RLIMIT_CPU, &(struct rlimit){seconds, seconds}, NULL) &&
           !prlimit(process, RLIMIT_DATA, &(struct rlimit){data, data}, NULL) &&
           !prlimit(process, RLIMIT_FSIZE, &(struct rlimit){file_bytes, file_bytes}, NULL);
}

/*
 * Wall: limits the kernel keeps, whatever the box sees or misses. Stops files too large, descriptors,
 * threads, timers and locked pages without end, and CPU time should the box be late. None can be
 * raised again. Shown by ole_huge_file.cpp, atk_sparse_file.c, atk_descriptors.c, atk_many_threads.c,
 * atk_many_workers.js, atk_timer_bomb.c, atk_pin_memory.c, atk_raise_limits.c, atk_huge_argv.c,
 * ce_fill_disk.c, ce_assembler_bomb.c.
 */
static void set_limits(const struct request *asked)
{
    if (!is_ahead() && !limit_use(0, asked)) fail_birth("prlimit");
    limit(RLIMIT_STACK, RLIM_INFINITY); /* deep recursion is no crime; memory is counted all the same */
    limit(RLIMIT_NOFILE, 64);
    /* without namespaces or an own uid this would count all the user's processes; the box counts threads then */
    if (has_namespaces || is_root) limit(RLIMIT_NPROC, MAX_PROCESSES);
    limit_cores();
    limit(RLIMIT_MEMLOCK, 65536);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, 256);
}

/*
 * Wall: an identity of the box's own where there can be one, no capability, and no way to gain any.
 * Stops all that takes a right: mounts, clocks, devices, other people's files, set-uid programs. Shown by
 * atk_identity.c, atk_mount_chroot.cpp, atk_time_warp.cpp, atk_set_uid.c, atk_start_others.py.
 */
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
    /*
     * Wall: an environment with nothing of the judge's in it. Stops secrets from being inherited.
     * Shown by atk_env_leak.js.
     */
    static char *environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
                                  "OPENSSL_CONF=/dev/null", /* Node wants to read one, and minds if it may not */
                                  home, temporary, NULL, NULL};
    static char at_gate[24];
    snprintf(at_gate, sizeof at_gate, "JOUST_GATE=%d", GATE);
    if (is_ahead()) environment[LENGTH(environment) - 2] = at_gate;
    snprintf(home, sizeof home, "HOME=%s", tmp_path);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", tmp_path);
    char self[16] = "";
    if (readlinkat(host_proc, "self", self, sizeof self - 1) < 0) fail_birth("own pid");
    birth->host_pid = atoi(self);

    /*
     * Wall: a session without a terminal. Stops typing into the shell that started the server. Shown by
     * atk_tiocsti.cpp, atk_leave_session.c.
     */
    setsid();
    if (dup2(run->input, 0) || dup2(run->out[1], 1) != 1 || dup2(run->err[1], 2) != 2) fail_birth("descriptors");
    int ruleset = run->ruleset;
    if (ruleset >= 0 && ruleset != 3 && dup2(ruleset, 3) != 3) fail_birth("descriptors");
    if (is_ahead() && dup2(gate[0], GATE) != GATE) fail_birth("descriptors");
    /*
     * Wall: no descriptor but three, and the gate for who is to close it before his run. Stops the use of what
     * the judge has open. Shown by atk_fd_leak.cpp.
     */
    if (ruleset < 0) close(3);
    if (syscall(SYS_close_range, is_ahead() ? GATE + 1 : 4, ~0U, 0)) fail_birth("close_range");

    umask(022);
    if (chdir(tmp_path)) fail_birth("chdir");
    signal(SIGPIPE, SIG_DFL);
    set_limits(&run->request);
    drop_rights(run->uid);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* a pid namespace ends with its box, a folder does not */
    if (ruleset >= 0) {
        /* see show_self: where the host's /proc is all there is, of its own mappings it may read the list */
        if (!has_namespaces && *run->self) allow_path(3, "/proc/self/maps", LANDLOCK_ACCESS_FS_READ_FILE);
        if (syscall(SYS_landlock_restrict_self, 3, 0)) fail_birth("landlock");
        close(3);
    }
    if (install_filter((enum family)run->request.family)) fail_birth("seccomp");
    birth->execing = 1;
    execve(run->argv[0], run->argv, environment);
    fail_birth(run->argv[0]);
    __builtin_unreachable();
}

