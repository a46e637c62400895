/*
 * The keeper: makes boxes, has the next one ready, and hands each its run. Included by sandbox.c.
 */

struct box {
    pid_t pid;
    int go, done;
};

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
    receive_words(&run);
    serve(&run);
    leave();
}

static uid_t next_uid(void)
{
    static uint32_t count;
    return first_uid + ++count % UIDS_PER_KEEPER;
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
        if (ends) connect_wire(ends);
        live_as_box(uid, go[0], done[1]);
    }
    close(go[0]);
    close(done[1]);
    return (struct box){pid, go[1], done[0]};
}

#include "sandbox-pair.c"

/* Returns at the end of input, or of a box that could not say why; when it does, no box is left. */
static void keep(void)
{
    struct box next = make_box(first_uid, NULL);
    struct request request;
    char done;
    while (read_exactly(0, &request, sizeof request)) {
        if (request.kind == ABORT) continue; /* it crossed the reply it wanted to prevent */
        if (request.kind == PAIR) {
            if (!keep_pair(request)) break;
            continue;
        }
        struct box box = next;
        limit_group(&request);
        if (!write_exactly(box.go, &request, sizeof request)) give_up("a box died");
        next = make_box(next_uid(), NULL);
        if (!read_exactly(box.done, &done, 1)) break;
        close(box.go);
        close(box.done);
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    }
    close(next.go);
    while (waitpid(-1, NULL, 0) > 0) continue;
}

