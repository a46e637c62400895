/*
 * Two programs that talk with each other, each in a box of its own: what one prints is the other's
 * stdin. Included by sandbox.c.
 *
 * Node sends both requests, the first of kind PAIR, neither with any input; it gets a reply to each, in
 * the same order, when both have ended. The boxes take in what they run one after the other, start at
 * one moment, from which both count their wall time, and keep their own limits: whatever the two do to
 * each other, each ends by its own wall clock. An ABORT ends both.
 */
static void tell(const struct box *box, const void *words, size_t count)
{
    if (!write_exactly(box->go, words, count)) give_up("a box died");
}

static void hear_from(const struct box *box)
{
    char byte;
    if (!read_exactly(box->done, &byte, 1)) {
        errno = ECHILD;
        give_up("a box died");
    }
}

/* Returns 0 when Node is gone. */
static int await_both(const struct box *boxes)
{
    struct pollfd heard[] = {{boxes[0].done, POLLIN, 0}, {boxes[1].done, POLLIN, 0}, {0, POLLIN, 0}};
    for (int running = 2; running > 0;) {
        if (poll(heard, LENGTH(heard), -1) < 0) {
            if (errno == EINTR) continue;
            give_up("poll");
        }
        struct request word;
        int aborts = heard[2].revents != 0;
        if (aborts && !read_exactly(0, &word, sizeof word)) return 0;
        for (int i = 0; i < 2; i++) {
            if (heard[i].fd < 0) continue;
            if (aborts) tell(&boxes[i], &word, sizeof word);
            if (!heard[i].revents) continue;
            hear_from(&boxes[i]);
            heard[i].fd = -1;
            running--;
        }
    }
    return 1;
}

/* Returns 0 when Node is gone, and then, as ever, leaves nothing that runs. */
static int keep_pair(struct request request)
{
    static const struct request report = {.kind = REPORT};
    struct box boxes[2];
    int there[2], back[2];
    if (pipe2(there, O_CLOEXEC) || pipe2(back, O_CLOEXEC)) give_up("pipe");
    const int ends[2][4] = {{there[0], back[1], there[1], back[0]}, {back[0], there[1], there[0], back[1]}};
    for (int i = 0; i < 2; i++) boxes[i] = make_box(next_uid(), ends[i]);
    for (int i = 0; i < 4; i++) close(ends[0][i]);

    for (int i = 0; i < 2; i++) {
        if (i > 0 && !read_exactly(0, &request, sizeof request)) {
            for (int box = 0; box < 2; box++) kill(boxes[box].pid, SIGKILL);
            return 0;
        }
        limit_group(&request);
        tell(&boxes[i], &request, sizeof request);
        hear_from(&boxes[i]);
    }
    int64_t start_us = now_us(CLOCK_MONOTONIC);
    for (int i = 0; i < 2; i++) tell(&boxes[i], &start_us, sizeof start_us);
    int stays = await_both(boxes);
    for (int i = 0; i < 2; i++) {
        if (stays) {
            tell(&boxes[i], &report, sizeof report);
            hear_from(&boxes[i]);
        } else {
            kill(boxes[i].pid, SIGKILL);
        }
        close(boxes[i].go);
        close(boxes[i].done);
    }
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    return stays;
}
