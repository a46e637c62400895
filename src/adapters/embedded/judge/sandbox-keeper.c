/*
 * The keeper: makes boxes, has the next one ready, and hands each its run. Included by sandbox.c.
 */

struct box {
    pid_t pid;
    uid_t uid;
    int go, done;
};

static struct box warm; /* its program was started ahead of its run; no pid: there is none */

/* A box ends with what tells it to go. */
static void close_box(const struct box *box)
{
    close(box->go);
    close(box->done);
}

static void live_as_box(uid_t uid, int go, int done) __attribute__((noreturn));
static void live_as_box(uid_t uid, int go, int done)
{
    static struct run run;
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* the keeper's death ends the box, and pid 1's death everything in it */
    run.uid = uid;
    done_pipe = done;
    if (has_namespaces) furnish();
    else furnish_folder(uid);
    birth = mmap(NULL, sizeof *birth, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (birth == MAP_FAILED) give_up("mmap");
    run.ruleset = make_ruleset(!has_namespaces);
    if (!read_exactly(go, &run.request, sizeof run.request)) _exit(0);
    if (wire.out >= 0) ear = go;
    if (run.request.kind == WARM) start_ahead(&run, go);
    else receive_words(&run);
    serve(&run);
    leave();
}

static uid_t next_uid(void)
{
    static uint32_t count;
    uid_t uid;
    do uid = first_uid + ++count % UIDS_PER_KEEPER;
    while (warm.pid && uid == warm.uid);
    return uid;
}

static struct box make_box(uid_t uid, const int *ends)
{
    int go[2], done[2];
    if (pipe2(go, O_CLOEXEC) || pipe2(done, O_CLOEXEC)) give_up("pipe");
    /*
     * Wall: a pid namespace for each run, whose end is the end of everything in it. Stops signals to
     * others, and processes that outlive their run. Shown by atk_kill_all.cpp, atk_signal_others.c,
     * atk_fork_bomb.py, wall_daemon_holds_stdout.cpp.
     *
     * Not by clone3: Docker's profile answers that there is none, since its filter cannot see the flags.
     */
    long fresh = (has_namespaces ? CLONE_NEWPID | CLONE_NEWNS : 0) | SIGCHLD;
    pid_t pid = (pid_t)syscall(SYS_clone, fresh, NULL, NULL, NULL, NULL);
    if (pid < 0) give_up("a box needs pid and mount namespaces");
    if (pid == 0) {
        close(go[1]);
        close(done[0]);
        if (warm.pid) close_box(&warm); /* which must not live for as long as we do */
        if (ends) connect_wire(ends);
        live_as_box(uid, go[0], done[1]);
    }
    close(go[0]);
    close(done[1]);
    return (struct box){pid, uid, go[1], done[0]};
}

#include "sandbox-pair.c"

/* Returns 0 at the end of input. */
static int skip_words(const struct request *request)
{
    char words[MAX_WORDS_BYTES];
    errno = EPROTO;
    if (request->words_bytes > sizeof words) give_up("request");
    return read_exactly(0, words, request->words_bytes);
}

/* Has the next box start a program ahead of its run, in the place of another that waits. Returns 0 as keep does. */
static int keep_warm(const struct request *request, struct box *next)
{
    char done;
    if (!has_namespaces) return skip_words(request);
    if (warm.pid) close_box(&warm);
    warm = *next;
    if (!write_exactly(warm.go, request, sizeof *request)) give_up("a box died");
    *next = make_box(next_uid(), NULL);
    return read_exactly(warm.done, &done, 1);
}

/* Has the box serve a run whose program waits for it. Says whether it did; -1 where it could not say so. */
static int resume(const struct request *request)
{
    const struct box box = warm;
    char done = *DECLINED; /* where it died meanwhile */
    warm.pid = 0;
    int lost = write_exactly(box.go, request, sizeof *request) && !read_exactly(box.done, &done, 1);
    close_box(&box);
    return lost ? -1 : done != *DECLINED;
}

/* Returns at the end of input, or of a box that could not say why; when it does, no box is left. */
static void keep(void)
{
    struct box next = make_box(first_uid, NULL);
    struct request request;
    char done;
    while (read_exactly(0, &request, sizeof request)) {
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
        if (request.kind == ABORT) continue; /* it crossed the reply it wanted to prevent */
        if (request.kind == PAIR) {
            if (!keep_pair(request)) break;
            continue;
        }
        if (request.kind == WARM) {
            if (!keep_warm(&request, &next)) break;
            continue;
        }
        limit_group(&request);
        int resumed = request.kind == RESUME && warm.pid ? resume(&request) : 0;
        if (resumed < 0) break;
        if (resumed) continue;
        struct box box = next;
        if (!write_exactly(box.go, &request, sizeof request)) give_up("a box died");
        next = make_box(next_uid(), NULL);
        if (!read_exactly(box.done, &done, 1)) break;
        close_box(&box);
    }
    close_box(&next);
    if (warm.pid) close_box(&warm);
    while (waitpid(-1, NULL, 0) > 0) continue;
}

