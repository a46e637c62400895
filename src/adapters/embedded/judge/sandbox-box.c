/*
 * A box with a request: takes it in, runs the program under watch and reports. Included by
 * sandbox.c.
 */

/* The file stays at its beginning, for a program may have it open already. */
static void receive(int file, uint32_t bytes)
{
    static char chunk[1 << 18];
    for (uint32_t left = bytes; left > 0;) {
        ssize_t got = read(0, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) _exit(0);
        for (ssize_t have = 0, put; have < got; have += put) {
            put = pwrite(file, chunk + have, (size_t)(got - have), bytes - left + have);
            if (put <= 0) give_up("keeping what is sent");
        }
        left -= (uint32_t)got;
    }
}

/* An anonymous file: seekable like the files of other judges, and visible to nobody else. */
static int make_input(void)
{
    int file = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) give_up("memfd");
    return file;
}

/*
 * Wall: the input is sealed. Stops changing it, or using it as memory. Shown by atk_write_stdin.c.
 * A host short of memory moves its pages about; while it holds one of these it refuses, after 150 ms of waiting.
 */
static void receive_input(int file, uint32_t bytes)
{
    receive(file, bytes);
    for (int tries = 1; fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL); tries++)
        if (errno != EBUSY || tries == 20) give_up("sealing the input");
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

/* Of a file below /box, which it cannot lead out of: a folder cannot be made or opened as a file. */
static int is_file_name(const char *name)
{
    return name && *name && !strchr(name, '/');
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
    if (asked->family >= FAMILIES || asked->words_bytes > MAX_WORDS_BYTES ||
        asked->input_bytes > MAX_INPUT_BYTES || asked->files > MAX_FILES ||
        (asked->kind == WARM && (asked->input_bytes || asked->files || is_of_pair()))) {
        errno = EPROTO;
        give_up("request");
    }
    if (!read_exactly(0, run->words, asked->words_bytes)) _exit(0);
    char *at = run->words, *end = run->words + asked->words_bytes, *word;
    run->program = next_word(&at, end);
    run->name = next_word(&at, end);
    run->product = next_word(&at, end);
    run->self = next_word(&at, end);
    errno = EPROTO;
    for (uint32_t i = 0; i < asked->files; i++)
        if (!is_file_name(run->files[i] = next_word(&at, end))) give_up("request");
    int count = 0;
    while (at < end && count < MAX_ARGUMENTS && (word = next_word(&at, end))) run->argv[count++] = localised(word);
    errno = EPROTO;
    if (!count || at < end || !is_file_name(run->name)) give_up("request");
    if (asked->kind == WARM ? *run->program : !is_artifact_name(run->program)) give_up("request");
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

static int create_in_box(const char *name, mode_t mode)
{
    char path[sizeof box_path + 300];
    snprintf(path, sizeof path, "%s/%.255s", box_path, name);
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (file < 0 || fchmod(file, mode)) give_up("placing %s", name);
    return file;
}

static void receive_files(const struct run *run)
{
    for (uint32_t i = 0, bytes; i < run->request.files; i++) {
        if (!read_exactly(0, &bytes, sizeof bytes)) _exit(0);
        errno = EPROTO;
        if (bytes > MAX_INPUT_BYTES) give_up("a file");
        int file = create_in_box(run->files[i], 0400);
        if (is_root && fchown(file, run->uid, run->uid)) give_up("owning a file");
        receive(file, bytes);
        close(file);
    }
}

/*
 * Copies the program into /box, which then is read-only.
 *
 * Wall: a program cannot change what runs. Stops leaving something for the next run. Shown by
 * atk_selfmodify.cpp, atk_set_uid.c, atk_py_hooks.py.
 */
static void place_program(const struct run *run)
{
    int from = openat(programs, run->program, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) send_fault("the program to run");
    int to = create_in_box(run->name, 0555);
    if (!copy_file(from, to)) send_fault("placing the program");
    close(from);
    close(to);
    if (!has_namespaces) return; /* Landlock lets nobody write there */
    if (mount(NULL, "/box", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) send_fault("read-only /box");
}

/*
 * No box has a /proc. Some runtimes find their libraries by a link in it, and libc finds the main thread's
 * stack in its list of mappings: they get a folder of that name with these two and nothing else. Where the
 * stack will be is not known yet, but it will be in the same 64 GiB as ours.
 */
static void show_self(const struct run *run)
{
    if (!*run->self || !has_namespaces) return; /* where programs see the host's, Landlock lets them follow links only */
    if (mount("proc", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=4,mode=755")) send_fault("tmpfs on /proc");
    if (mkdir("/proc/self", 0755) || symlink(run->self, "/proc/self/exe")) send_fault("/proc/self/exe");
    int maps = open("/proc/self/maps", O_CREAT | O_WRONLY | O_CLOEXEC, 0444);
    uintptr_t around = (uintptr_t)&maps >> 36 << 36;
    const char *lines = "%lx-%lx ---p 00000000 00:00 0\n%lx-%lx rw-p 00000000 00:00 0 [stack]\n";
    if (dprintf(maps, lines, around - 4096, around, around, around + (1UL << 36)) < 0) send_fault("/proc/self/maps");
    close(maps);
    if (mount(NULL, "/proc", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL)) send_fault("read-only /proc");
}

/* Go from 1.20 on comes without its library compiled, and then leaves 67 MiB of it there, for each source. */
static void make_room_for_compiler(void)
{
    const unsigned long as_ever = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (mount(NULL, "/tmp", NULL, MS_REMOUNT | as_ever, COMPILER_TMP_OPTIONS)) send_fault("more room in /tmp");
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

static void start_program(struct run *run)
{
    if (pipe2(run->out, O_CLOEXEC) || pipe2(run->err, O_CLOEXEC)) send_fault("pipes");
    fcntl(run->out[0], F_SETFL, O_NONBLOCK);
    fcntl(run->err[0], F_SETFL, O_NONBLOCK);
    run->started_us = now_us(CLOCK_MONOTONIC);
    if (is_of_pair()) start_together(run);
    run->pid = fork();
    if (run->pid < 0) send_fault("fork");
    if (run->pid == 0) become_program(run);
    run->ended = (int)syscall(SYS_pidfd_open, run->pid, 0);
    if (run->ended < 0) give_up("pidfd");
    close(run->out[1]);
    close(run->err[1]);
}

/* To a program that was started ahead of its run: from here on it is like any other. */
static void open_gate(struct run *run)
{
    run->started_us = now_us(CLOCK_MONOTONIC);
    if (write(gate[1], "\n", 1) != 1) send_fault("the program's gate");
}

/* Not where it was ended meanwhile, or before, by somebody else. */
static int is_through_gate(void)
{
    struct pollfd waits = {gate[0], POLLIN, 0};
    return poll(&waits, 1, 0) == 0;
}

static void serve(struct run *run)
{
    if (!is_ahead()) run->input = make_input();
    receive_input(run->input, run->request.input_bytes);
    receive_files(run);
    run->out_text = malloc(run->request.output_bytes + 1ULL);
    run->err_text = malloc(run->request.error_bytes + 1ULL);
    if (!run->out_text || !run->err_text) send_fault("memory for the output");
    place_program(run);
    if (!is_ahead()) show_self(run);
    if (has_namespaces && run->request.family == COMPILER) make_room_for_compiler();
    /* whoever is given files, a compiler or a problem's own program, may leave some in its scratch folder */
    if (!has_namespaces && (run->request.family == COMPILER || run->request.files))
        allow_path(run->ruleset, tmp_path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                       LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                       LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                       (landlock >= 3 ? 1ULL << 14 : 0));
    run->group_kills = group_kills();
    if (is_ahead()) open_gate(run);
    else start_program(run);
    watch(run);
    clear(run);
    if (is_of_pair()) hang_up();
    /* one that was aborted may not have begun, nor one that met a limit have come to its gate */
    int has_begun = birth->execing && !(is_ahead() && run->reply.reason == ENDED && !is_through_gate());
    if (run->reply.reason != ABORTED && (birth->fault[0] || !has_begun)) {
        errno = ECHILD;
        send_fault(birth->fault[0] ? birth->fault : "the program did not start");
    }
    /* the writers are gone: what the pipes still hold is all there will be */
    while (run->out[0] >= 0) drain_output(run);
    while (run->err[0] >= 0) drain_error(run);
    if (is_of_pair()) close(wire.out);
    struct reply *reply = &run->reply;
    if (*run->product && reply->reason == ENDED && reply->exit == 0) keep_product(run);
    /* secret tests, and what was made of them, do not wait on a disk for the next box */
    if (!has_namespaces && run->request.files) {
        make_empty(box_path, 0711, 0);
        make_empty(tmp_path, 0700, run->uid);
    }
    reply->out_bytes = (uint32_t)(run->out_seen < run->request.output_bytes ? run->out_seen : run->request.output_bytes);
    reply->err_bytes = (uint32_t)(run->err_seen < run->request.error_bytes ? run->err_seen : run->request.error_bytes);
    if (is_of_pair()) await_turn();
    send_reply(*reply, run->out_text, run->err_text);
}

