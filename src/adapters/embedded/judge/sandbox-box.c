/*
 * A box with a request: takes it in, runs the program, watches it, clears up and reports. Included by
 * sandbox.c.
 */

/* An anonymous, sealed file: seekable like the files of other judges, and visible to nobody else. */
static int receive_input(uint32_t bytes)
{
    static char chunk[1 << 18];
    int file = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) give_up("memfd");
    for (uint32_t left = bytes; left > 0;) {
        ssize_t got = read(0, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) _exit(0);
        if (!write_exactly(file, chunk, (size_t)got)) give_up("keeping the input");
        left -= (uint32_t)got;
    }
    if (fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)) give_up("sealing the input");
    lseek(file, 0, SEEK_SET);
    return file;
}

static char *next_word(char **at, char *end)
{
    char *word = *at;
    char *nul = memchr(word, 0, (size_t)(end - word));
    if (!nul) return NULL;
    *at = nul + 1;
    return word;
}

/* An artifact is named by its hash, so that no name can lead out of the folder. */
static int is_artifact_name(const char *name)
{
    return *name && strspn(name, "0123456789abcdef") == strlen(name);
}

/* Words of argv may speak of /box/ and /tmp/; a box without namespaces has its folders elsewhere. */
static char *localised(char *word)
{
    const char *folder = !strncmp(word, "/box/", 5) ? box_path : !strncmp(word, "/tmp/", 5) ? tmp_path : NULL;
    char *local;
    if (has_namespaces || !folder) return word;
    if (asprintf(&local, "%s%s", folder, word + 4) < 0) give_up("memory");
    return local;
}

static void receive_words(struct run *run)
{
    struct request *asked = &run->request;
    if (asked->family >= FAMILIES || asked->words_bytes > MAX_WORDS_BYTES || asked->input_bytes > MAX_INPUT_BYTES) {
        errno = EPROTO;
        give_up("request");
    }
    if (!read_exactly(0, run->words, asked->words_bytes)) _exit(0);
    char *at = run->words, *end = run->words + asked->words_bytes, *word;
    run->program = next_word(&at, end);
    run->name = next_word(&at, end);
    run->product = next_word(&at, end);
    int count = 0;
    while (at < end && count < MAX_ARGUMENTS && (word = next_word(&at, end))) run->argv[count++] = localised(word);
    errno = EPROTO;
    if (!count || !is_artifact_name(run->program) || !*run->name || strchr(run->name, '/')) give_up("request");
    if (*run->product && !is_artifact_name(run->product)) give_up("request");
}

static int copy_file(int from, int to)
{
    static char chunk[1 << 16];
    ssize_t got;
    while ((got = read(from, chunk, sizeof chunk)) > 0)
        if (!write_exactly(to, chunk, (size_t)got)) return 0;
    return got == 0;
}

/* Copies the program into /box, which then is read-only, so that it cannot change what runs. */
static void place_program(const struct run *run)
{
    char path[sizeof box_path + 300];
    snprintf(path, sizeof path, "%s/%.255s", box_path, run->name);
    int from = openat(programs, run->program, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) send_fault("the program to run");
    int to = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0555);
    if (to < 0 || !copy_file(from, to) || fchmod(to, 0555)) send_fault("placing the program");
    close(from);
    close(to);
    if (!has_namespaces) return; /* Landlock lets nobody write there */
    if (mount(NULL, "/box", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) send_fault("read-only /box");
}

/* What a compiler left as product in its scratch folder becomes an artifact, whole or not at all. */
static void keep_product(const struct run *run)
{
    char part[80], path[sizeof tmp_path + 16];
    struct stat what;
    snprintf(path, sizeof path, "%s/product", tmp_path);
    int from = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (from < 0 || fstat(from, &what) || !S_ISREG(what.st_mode)) send_fault("the compiler's product");
    snprintf(part, sizeof part, "part-%.48s-%u", run->product, run->uid);
    unlinkat(programs, part, 0);
    int to = openat(programs, part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (to < 0 || !copy_file(from, to)) send_fault("keeping the compiler's product");
    close(from);
    close(to);
    if (renameat(programs, part, programs, run->product)) send_fault("keeping the compiler's product");
}

/* Of every process of this box. Pids count up from 2 in a box, and what a dead one used is remembered. */
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

/* One file of the program in the judge's own /proc. */
static int open_about(const char *file)
{
    char path[32];
    snprintf(path, sizeof path, "%d/%s", birth->host_pid, file);
    return openat(host_proc, path, O_RDONLY | O_CLOEXEC);
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
static ssize_t drain(int fd, char *into, size_t *seen, size_t room)
{
    static char chunk[1 << 16];
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR) ? -1 : 0;
    if (*seen < room) memcpy(into + *seen, chunk, (size_t)got < room - *seen ? (size_t)got : room - *seen);
    *seen += (size_t)got;
    return got;
}

static void drain_output(struct run *run)
{
    if (run->out[0] < 0) return;
    if (!drain(run->out[0], run->out_text, &run->out_seen, run->request.output_bytes)) {
        close(run->out[0]);
        run->out[0] = -1;
    }
    if (run->out_seen > run->request.output_bytes) end_run(run, OUTPUT);
}

static void drain_error(struct run *run)
{
    if (run->err[0] < 0) return;
    if (!drain(run->err[0], run->err_text, &run->err_seen, run->request.error_bytes)) {
        close(run->err[0]);
        run->err[0] = -1;
    }
}

/* Node speaks during a run only to end it, or is gone. */
static void hear(struct run *run)
{
    struct request word;
    int heard = read_exactly(0, &word, sizeof word) && word.kind == ABORT;
    end_run(run, ABORTED);
    if (!heard) {
        while (waitpid(-1, NULL, 0) > 0) continue;
        _exit(0);
    }
}

/* How long nothing can go over a limit unseen: the rest of the CPU time if every core works on it. */
static int64_t look_again_us(const struct run *run, int64_t cpu_us, long cores)
{
    int64_t rest = (run->request.cpu_ms * 1000LL - cpu_us) / cores;
    return rest < 500 ? 500 : rest < LOOK_EVERY_US ? rest : LOOK_EVERY_US;
}

static void watch(struct run *run, int ended)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int statm = -1;
    int64_t cpu_us = 0;
    for (;;) {
        int64_t wait_us = look_again_us(run, cpu_us, cores);
        struct timespec wait = {0, wait_us * 1000};
        struct pollfd heard[] = {{ended, POLLIN, 0}, {run->out[0], POLLIN, 0}, {run->err[0], POLLIN, 0}, {0, POLLIN, 0}};
        if (ppoll(heard, LENGTH(heard), &wait, NULL) < 0 && errno != EINTR) give_up("poll");
        if (heard[3].revents) hear(run);
        if (heard[1].revents) drain_output(run);
        if (heard[2].revents) drain_error(run);
        if (heard[0].revents) break;

        if (statm < 0 && birth->host_pid) statm = open_about("statm");
        cpu_us = cpu_used_us(run->pid);
        uint32_t kib = memory_kib(statm);
        if (kib > run->reply.memory_kib) run->reply.memory_kib = kib;
        int too_many = !has_namespaces && !is_root && status_of("\nThreads:") > MAX_PROCESSES;
        if (cpu_us > run->request.cpu_ms * 1000LL) end_run(run, CPU);
        else if (too_many || kib > run->request.memory_kib) end_run(run, MEMORY);
        else if (now_us(CLOCK_MONOTONIC) - run->started_us > run->request.wall_ms * 1000LL) end_run(run, WALL);
    }
    if (statm >= 0) close(statm);
}

/* Ends and reaps whatever lives in the box, and reads what it used. */
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
    if (reply->memory_kib > run->request.memory_kib) reply->reason = MEMORY;
    else if (cpu_us > run->request.cpu_ms * 1000LL) reply->reason = CPU;
}

static void serve(struct run *run)
{
    run->input = receive_input(run->request.input_bytes);
    run->out_text = malloc(run->request.output_bytes + 1ULL);
    run->err_text = malloc(run->request.error_bytes + 1ULL);
    if (!run->out_text || !run->err_text) send_fault("memory for the output");
    place_program(run);
    if (!has_namespaces && run->request.family == COMPILER)
        allow_path(run->ruleset, tmp_path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                       LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                       (landlock >= 3 ? 1ULL << 14 : 0));
    if (pipe2(run->out, O_CLOEXEC) || pipe2(run->err, O_CLOEXEC)) send_fault("pipes");
    fcntl(run->out[0], F_SETFL, O_NONBLOCK);
    fcntl(run->err[0], F_SETFL, O_NONBLOCK);

    run->started_us = now_us(CLOCK_MONOTONIC);
    run->pid = fork();
    if (run->pid < 0) send_fault("fork");
    if (run->pid == 0) become_program(run);
    int ended = (int)syscall(SYS_pidfd_open, run->pid, 0);
    if (ended < 0) give_up("pidfd");
    close(run->out[1]);
    close(run->err[1]);
    watch(run, ended);
    clear(run);
    if (birth->fault[0] || !birth->execing) {
        errno = ECHILD;
        send_fault(birth->fault[0] ? birth->fault : "the program did not start");
    }
    /* the writers are gone: what the pipes still hold is all there will be */
    while (run->out[0] >= 0) drain_output(run);
    while (run->err[0] >= 0) drain_error(run);
    struct reply *reply = &run->reply;
    if (*run->product && reply->reason == ENDED && reply->exit == 0) keep_product(run);
    reply->out_bytes = (uint32_t)(run->out_seen < run->request.output_bytes ? run->out_seen : run->request.output_bytes);
    reply->err_bytes = (uint32_t)(run->err_seen < run->request.error_bytes ? run->err_seen : run->request.error_bytes);
    send_reply(*reply, run->out_text, run->err_text);
}

