/*
 * How a box of a pair passes on what its program prints. Included by sandbox.c.
 *
 * The program writes to its box and the box to the pipe the other program reads, so that what it prints
 * is counted and kept as ever. The box holds the program's ends of both pipes until it has ended and
 * its end has a time: so the other learns of it later than that, whatever it then does, and which of
 * the two ended first can be told for certain. What is printed to one that is gone goes nowhere.
 */
static struct {
    int in, out; /* -1: none */
    char held[1 << 16];
    size_t from, to; /* of what is held, the part that did not fit into the pipe yet */
} wire = {.in = -1, .out = -1};

/* `ends` are ours to read and to write, then those of the other. */
static void connect_wire(const int *ends)
{
    wire.in = ends[0];
    wire.out = ends[1];
    close(ends[2]);
    close(ends[3]);
    fcntl(wire.out, F_SETFL, O_NONBLOCK);
}

static int is_wire_full(void)
{
    return wire.from < wire.to;
}

static void pass_held(void)
{
    while (is_wire_full()) {
        ssize_t put = write(wire.out, wire.held + wire.from, wire.to - wire.from);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0 && errno == EAGAIN) return;
        wire.from = put < 0 ? wire.to : wire.from + (size_t)put;
    }
}

static void pass_on(const char *text, size_t count)
{
    memcpy(wire.held, text, count);
    wire.from = 0;
    wire.to = count;
    pass_held();
}

/* The program has ended. From here on the box may wait for the other, who cannot wait for it any more. */
static void hang_up(void)
{
    close(wire.in);
    fcntl(wire.out, F_SETFL, 0);
    pass_held();
}

/* Ready to run: the keeper says when it is, to both alike. */
static void start_together(struct run *run)
{
    run->input = wire.in;
    if (write(done_pipe, "", 1) != 1 || !read_exactly(ear, &run->started_us, sizeof run->started_us)) _exit(1);
}

/* The keeper may still have told us to abort when we had ended. */
static void await_turn(void)
{
    struct request word = {.kind = ABORT};
    if (write(done_pipe, "", 1) != 1) _exit(1);
    while (word.kind != REPORT)
        if (!read_exactly(ear, &word, sizeof word)) _exit(1);
}
