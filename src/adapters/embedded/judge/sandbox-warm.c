/*
 * A program that is started before its run is known, so that a run need not wait until an interpreter has
 * started. Included by sandbox.c.
 *
 * Node sends a request of kind WARM with the words of a run to come, but without an artifact, input, files
 * or limits. The program is started behind all walls, with an empty stdin, and waits at its GATE: of that
 * descriptor, whose number it finds in its environment as JOUST_GATE, it reads one byte, closes it and
 * forgets it, before it looks at anything of its run. So a box has run nothing but an interpreter of the
 * host's and our own words to it, and still serves one run. A request of kind RESUME is that run, and has
 * the same words: its program, input and limits are put in place, and the gate opens. Time on the wall
 * counts from there; CPU time and memory are those of the process, with its start, as ever.
 *
 * One that died meanwhile, or that we may not limit, is no failure: the run is left to a box of its own. Of one
 * that dies later without having read from its gate there is no verdict. One that nobody wants any more ends with
 * its box, for which there must be namespaces: without, nothing is started ahead.
 */

/* Nothing of the run was read yet: the keeper gives it to another box. */
static void decline(void) __attribute__((noreturn));
static void decline(void)
{
    _exit(write(done_pipe, DECLINED, 1) == 1 ? 0 : 1);
}

/* How long the one thread it has by now was kept waiting, of which its run is not to be told. */
static uint32_t waited_ahead_us(void)
{
    char text[64], path[32];
    unsigned long long ran_ns, waited_ns;
    snprintf(path, sizeof path, "%d/schedstat", birth->host_pid);
    read_about(host_proc, path, text, sizeof text);
    return sscanf(text, "%llu %llu", &ran_ns, &waited_ns) == 2 ? (uint32_t)(waited_ns / 1000) : 0;
}

static int become(uid_t real)
{
    return !is_root || (!setresgid(real, -1, -1) && !setresuid(real, -1, -1));
}

/*
 * Not every root may limit others (CAP_SYS_RESOURCE, which most containers go without), but everybody may
 * whom he is by his real identity. Only code that is trusted runs as long as we have that of the program.
 */
static int limit_ahead(const struct run *run)
{
    int limited = become(run->uid) && limit_use(run->pid, &run->request);
    return become(0) && limited;
}

/* Returns with the run's request, whose program is at its gate or on the way to it. */
static void start_ahead(struct run *run, int go)
{
    static char words[MAX_WORDS_BYTES];
    const struct request told = run->request;
    is_asked = 0;
    receive_words(run);
    if (write(done_pipe, "", 1) != 1) _exit(1); /* the keeper may read on */
    memcpy(words, run->words, told.words_bytes);
    if (pipe2(gate, O_CLOEXEC)) give_up("pipe");
    run->input = make_input();
    show_self(run);
    start_program(run);

    if (!read_exactly(go, &run->request, sizeof run->request)) _exit(0);
    struct pollfd ended = {run->ended, POLLIN, 0};
    if (poll(&ended, 1, 0) != 0 || !limit_ahead(run)) decline();
    run->waited_ahead_us = waited_ahead_us();
    is_asked = 1;
    receive_words(run);
    size_t rest = run->request.words_bytes - (size_t)(run->name - run->words); /* but for the artifact, whose name was empty */
    errno = EPROTO;
    if (run->request.family != told.family || run->request.files || rest != told.words_bytes - 1 || memcmp(run->name, words + 1, rest))
        give_up("a run of another program than was started");
}
