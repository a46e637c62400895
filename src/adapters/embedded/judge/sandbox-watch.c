/*
 * A box that watches its program: what it uses, when it must end, and that nothing of it stays. Included
 * by sandbox.c.
 */

/*
 * Of every process of this box. Pids count up from 2 in a box, and what a dead one used is remembered.
 *
 * Wall: CPU time by the kernel's own clock of all threads. Stops computing on past the limit, in threads,
 * handlers or ever new programs, also after the answer was printed. Shown by tle_loop.py, tle_threads.cpp,
 * tle_fork_burn.cpp, tle_cpu_after_output.cpp, tle_exec_loop.c, tle_signals_ignored.cpp, atk_signal_storm.c,
 * ce_template_depth.cpp.
 */
static int64_t cpu_used_us(pid_t program)
{
    static int64_t used[MAX_PROCESSES + 2];
    int64_t sum = 0;
    clockid_t clock;
    /* without a pid namespace we know one pid; a compiler's children are held by RLIMIT_CPU and the wall limit */
    if (!has_namespaces) return clock_getcpuclockid(program, &clock) ? 0 : now_us(clock);
    for (pid_t pid = 2; pid < MAX_PROCESSES + 2; pid++) {
        int64_t us = clock_getcpuclockid(pid, &clock) ? 0 : now_us(clock);
        if (us > used[pid]) used[pid] = us;
        sum += used[pid];
        if (!used[pid]) break;
    }
    return sum;
}

/* One file of a thread in the judge's own /proc. */
static int open_of(pid_t thread, const char *file)
{
    char path[32];
    snprintf(path, sizeof path, "%d/%s", thread, file);
    return openat(host_proc, path, O_RDONLY | O_CLOEXEC);
}

static int open_about(const char *file)
{
    return open_of(birth->host_pid, file);
}

/* A number of /proc/<pid>/status. */
static unsigned long status_of(const char *field)
{
    char text[4096], *line;
    int status = open_about("status");
    ssize_t length = status < 0 ? 0 : read(status, text, sizeof text - 1);
    if (status >= 0) close(status);
    text[length > 0 ? length : 0] = 0;
    line = strstr(text, field);
    return line ? strtoul(line + strlen(field), NULL, 10) : 0;
}

/*
 * Wall: all that is resident, and page tables. Stops memory no rlimit counts: of the stack, or of
 * the kernel on a program's behalf. Shown by mle_touch.cpp, mle_mmap.cpp, mle_list.py, mle_array.js,
 * mle_stack.c, mle_no_main_thread.c, mle_page_tables.c.
 */
static uint32_t memory_kib(int statm)
{
    char text[128];
    unsigned long size, resident, page_kib = (unsigned long)getpagesize() / 1024;
    ssize_t length = statm < 0 ? 0 : pread(statm, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = 0;
    if (sscanf(text, "%lu %lu", &size, &resident) != 2) return 0;
    /*
     * Reading a page here and there over terabytes costs the host page tables, which are resident
     * nowhere. Those of 8 GiB fit into 16 MiB: not worth a look at every ordinary program.
     */
    if (size * page_kib > 8UL << 20) return (uint32_t)(resident * page_kib + status_of("\nVmPTE:"));
    return (uint32_t)(resident * page_kib);
}

/*
 * What its first thread has is asked of the whole process, until that thread ends and has nothing: then of
 * another that lives.
 */
static void ask_another_thread(void)
{
    int tasks = open_about("task"), statm;
    DIR *folder = tasks < 0 ? NULL : fdopendir(tasks);
    uint32_t kib = 0;
    for (struct dirent *entry; folder && !kib && (entry = readdir(folder));) {
        pid_t thread = atoi(entry->d_name);
        if (thread <= 0 || (statm = open_of(thread, "statm")) < 0) continue;
        kib = memory_kib(statm);
        if (kib) birth->host_pid = thread;
        close(statm);
    }
    if (folder) closedir(folder);
}

/* What a file of the judge's own /proc says, as far as it fits; empty where there is none. */
static void read_about(int folder, const char *file, char *text, size_t size)
{
    int fd = folder < 0 ? -1 : openat(folder, file, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, size - 1);
    if (fd >= 0) close(fd);
    text[length > 0 ? length : 0] = 0;
}

static uint64_t longest_wait_ns(pid_t process);

/* `list` is what the kernel says in a file of that name: pids with a space after each. */
static uint64_t longest_wait_of_children_ns(const char *list)
{
    uint64_t longest_ns = 0;
    char *end;
    for (long child; (child = strtol(list, &end, 10)) > 0 && *end == ' '; list = end) {
        uint64_t ns = longest_wait_ns((pid_t)child);
        if (ns > longest_ns) longest_ns = ns;
    }
    return longest_ns;
}

static uint64_t longest_wait_ns(pid_t process)
{
    uint64_t longest_ns = 0;
    int tasks = open_of(process, "task");
    DIR *folder = tasks < 0 ? NULL : fdopendir(tasks);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[NAME_MAX + 16], text[1024];
        unsigned long long ran_ns, waited_ns;
        snprintf(path, sizeof path, "%s/schedstat", entry->d_name);
        read_about(tasks, path, text, sizeof text);
        if (sscanf(text, "%llu %llu", &ran_ns, &waited_ns) == 2 && waited_ns > longest_ns) longest_ns = waited_ns;
        snprintf(path, sizeof path, "%s/children", entry->d_name);
        read_about(tasks, path, text, sizeof text);
        uint64_t of_children_ns = longest_wait_of_children_ns(text);
        if (of_children_ns > longest_ns) longest_ns = of_children_ns;
    }
    if (folder) closedir(folder);
    return longest_ns;
}

/*
 * The longest any thread that lives in the box was ready to run and got no processor. What lost its
 * parent is ours, so that all of them are our children or theirs.
 */
static uint32_t waited_us(void)
{
    char text[1024];
    read_about(host_proc, "thread-self/children", text, sizeof text);
    return (uint32_t)(longest_wait_of_children_ns(text) / 1000);
}

/* In a pid namespace: everything but ourselves. Else the program and the session it leads. */
static void kill_all(pid_t program)
{
    if (has_namespaces) {
        kill(-1, SIGKILL);
        return;
    }
    kill(program, SIGKILL);
    kill(-program, SIGKILL);
}

static void end_run(struct run *run, enum reason reason)
{
    if (run->reply.reason == ENDED) run->reply.reason = reason;
    kill_all(run->pid);
}

/* Keeps at most `room` bytes of what can be read now; says how much was read, 0 at the end. */
static ssize_t drain(int fd, char *into, size_t *seen, size_t room, int is_passed_on)
{
    static char chunk[sizeof wire.held];
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR) ? -1 : 0;
    if (*seen < room) memcpy(into + *seen, chunk, (size_t)got < room - *seen ? (size_t)got : room - *seen);
    *seen += (size_t)got;
    if (is_passed_on) pass_on(chunk, (size_t)got);
    return got;
}

/*
 * Wall: output is kept up to its limit, and a byte more ends the run; of errors the rest is dropped. Stops
 * filling the judge's memory. Shown by ole_flood.cpp, ole_flood.js, ole_long_line.js, atk_stderr_flood.py,
 * ce_error_flood.cpp, ce_warning_flood.cpp.
 */
static void drain_output(struct run *run)
{
    if (run->out[0] < 0) return;
    if (!drain(run->out[0], run->out_text, &run->out_seen, run->request.output_bytes, is_of_pair())) {
        close(run->out[0]);
        run->out[0] = -1;
    }
    if (run->out_seen > run->request.output_bytes) end_run(run, OUTPUT);
}

static void drain_error(struct run *run)
{
    if (run->err[0] < 0) return;
    if (!drain(run->err[0], run->err_text, &run->err_seen, run->request.error_bytes, 0)) {
        close(run->err[0]);
        run->err[0] = -1;
    }
}

/* Node, or the keeper of a pair, speaks during a run only to end it, or is gone. */
static void hear(struct run *run)
{
    struct request word;
    int heard = read_exactly(ear, &word, sizeof word) && word.kind == ABORT;
    end_run(run, ABORTED);
    if (!heard) {
        while (waitpid(-1, NULL, 0) > 0) continue;
        _exit(0);
    }
}

/* How long nothing can go over a limit unseen: the rest of the CPU time if every core works on it. */
static int64_t look_again_us(const struct run *run, int64_t cpu_us)
{
    int64_t rest = (run->request.cpu_ms * 1000LL - cpu_us) / cores;
    return rest < 500 ? 500 : rest < LOOK_EVERY_US ? rest : LOOK_EVERY_US;
}

/*
 * Wall: a limit on the wall clock. Stops whoever sleeps, waits or stops himself. Shown by wall_sleep.cpp,
 * wall_micro_sleep.cpp, wall_stops_itself.c, ce_include_stdin.cpp.
 */
static void watch(struct run *run)
{
    int statm = -1;
    int64_t cpu_us = 0;
    for (;;) {
        int64_t wait_us = look_again_us(run, cpu_us);
        struct timespec wait = {0, wait_us * 1000};
        int full = is_wire_full(); /* then nothing more is read from the program, which will wait */
        struct pollfd heard[] = {{run->ended, POLLIN, 0}, {full ? -1 : run->out[0], POLLIN, 0}, {run->err[0], POLLIN, 0},
                                 {ear, POLLIN, 0}, {full ? wire.out : -1, POLLOUT, 0}};
        if (ppoll(heard, LENGTH(heard), &wait, NULL) < 0 && errno != EINTR) give_up("poll");
        if (heard[3].revents) hear(run);
        if (heard[1].revents) drain_output(run);
        if (heard[2].revents) drain_error(run);
        if (heard[4].revents) pass_held();
        if (heard[0].revents) break;

        if (statm < 0 && birth->host_pid) statm = open_about("statm");
        cpu_us = cpu_used_us(run->pid);
        uint32_t kib = memory_kib(statm);
        if (statm >= 0 && !kib) {
            close(statm);
            statm = -1;
            ask_another_thread();
        }
        if (kib > run->reply.memory_kib) run->reply.memory_kib = kib;
        int too_many = !has_namespaces && !is_root && status_of("\nThreads:") > MAX_PROCESSES;
        if (cpu_us > run->request.cpu_ms * 1000LL) end_run(run, CPU);
        else if (too_many || kib > run->request.memory_kib) end_run(run, MEMORY);
        else if (run->reply.reason == ENDED && now_us(CLOCK_MONOTONIC) - run->started_us > run->request.wall_ms * 1000LL) {
            uint32_t waited = waited_us();
            run->reply.waited_us = waited > run->waited_ahead_us ? waited - run->waited_ahead_us : 0;
            end_run(run, WALL);
        }
    }
    if (statm >= 0) close(statm);
}

/*
 * Ends and reaps whatever lives in the box, and reads what it used.
 *
 * Wall: no reply before nothing is left to kill. Stops daemons and the children of children. Shown by
 * wall_daemon_holds_stdout.cpp, atk_fork_bomb.py, atk_zombies.cpp.
 */
static void clear(struct run *run)
{
    int status = 0, one;
    kill_all(run->pid);
    for (pid_t reaped; (reaped = waitpid(-1, &one, 0)) > 0 || errno == EINTR;)
        if (reaped == run->pid) status = one;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    struct reply *reply = &run->reply;
    reply->wall_us = (uint32_t)(now_us(CLOCK_MONOTONIC) - run->started_us);
    int64_t cpu_us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
    reply->cpu_us = (uint32_t)cpu_us;
    if (used.ru_maxrss > (long)reply->memory_kib) reply->memory_kib = (uint32_t)used.ru_maxrss;
    reply->exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    reply->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (reply->reason != ENDED) return;
    /* what happened between two looks */
    int by_kernel = reply->signal == SIGKILL || run->request.family == COMPILER; /* it, and not its partner */
    if (reply->memory_kib > run->request.memory_kib || (by_kernel && group_kills() > run->group_kills)) reply->reason = MEMORY;
    else if (cpu_us > run->request.cpu_ms * 1000LL) reply->reason = CPU;
}

