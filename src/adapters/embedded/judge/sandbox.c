/*
 * The sandbox of the embedded judge: one resident process per slot, run by Node.
 *
 *   sandbox <root> <programs> <first uid> <path the box may see, or -folder it may not>...
 *   sandbox --probe            inside a box: see sandbox-probe.c
 *
 * Three generations. The KEEPER stands in its own mount, network, ipc and uts (and, for an ordinary
 * user, user) namespaces; its root holds nothing but the paths it was given, read-only. It keeps one
 * BOX ready: process 1 of a fresh pid namespace, in a fresh copy of the mounts, with an empty /tmp.
 * (Where the host grants no namespaces, Landlock alone must do; sandbox-root.c tells the difference.)
 * A box serves one run of one PROGRAM, reports and dies; the next one was prepared meanwhile. So
 * nothing a program does can reach another run, of its own submission or of anybody's.
 *
 * Protocol, on stdin and stdout, numbers u32 in host order. Node sends `struct request`, then
 * `words_bytes` of NUL-terminated words (artifact to run, its file name in /box, artifact to keep or
 * empty, then argv), then `input_bytes` for the program's stdin; then it waits. It gets
 * `struct reply`, then `out_bytes`, then `err_bytes`. A request of kind ABORT ends the run in hand,
 * which still gets its one reply; with no run in hand it does nothing. The first reply, unasked, is
 * HELLO. End of stdin ends everything.
 *
 * Whatever goes wrong before the program's first instruction is a FAULT reply or, where not even
 * that is possible, words on stderr and an exit: never something that could pass for a verdict.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <linux/mount.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum kind { RUN = 1, ABORT = 2 };
enum reason { ENDED, CPU, MEMORY, WALL, OUTPUT, ABORTED, FAULT, HELLO };

struct request {
    uint32_t kind, family, cpu_ms, wall_ms, memory_kib, output_bytes, error_bytes, file_bytes, words_bytes, input_bytes;
};
/* Of HELLO, `exit` is 1 with namespaces + 2 as root, `signal` is the Landlock version or 0. */
struct reply {
    uint32_t reason;
    int32_t exit, signal;
    uint32_t cpu_us, wall_us, memory_kib, out_bytes, err_bytes;
};

enum {
    MAX_WORDS_BYTES = 16384,
    MAX_ARGUMENTS = 64,
    MAX_INPUT_BYTES = 256 << 20,
    MAX_PROCESSES = 64, /* threads count; a compiler runs a handful of processes */
    UIDS_PER_KEEPER = 16,
    LOOK_EVERY_US = 5000, /* how often CPU time and memory are looked at */
};
#define TMP_OPTIONS "size=64m,nr_inodes=4k,mode=1777"
#define BOX_OPTIONS "size=64m,nr_inodes=16,mode=755"

static int has_namespaces; /* else Landlock and the filter are the only walls, see sandbox-root.c */
static int is_root;       /* we may change uid, so each box has one of its own */
static int host_proc;     /* the judge's own /proc, to read a program's memory; no box has one */
static int programs;      /* the folder of artifacts; no box can see it */
static int landlock;      /* version of the kernel's Landlock, 0 without */
static uid_t first_uid;
static int done_pipe = -1; /* of a box: a byte here lets the keeper go on */

/* Where a box has its program and its scratch folder, as the program sees them. */
static char box_path[512] = "/box", tmp_path[512] = "/tmp";

/* Shared with the program's process until it execs. */
static struct birth {
    volatile int execing;
    volatile pid_t host_pid;
    char fault[256];
} *birth;

static void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
static void give_up(const char *format, ...)
{
    int error = errno;
    va_list arguments;
    va_start(arguments, format);
    vdprintf(2, format, arguments);
    va_end(arguments);
    dprintf(2, ": %s\n", strerror(error));
    _exit(1);
}

static int64_t now_us(clockid_t clock)
{
    struct timespec at;
    return clock_gettime(clock, &at) ? 0 : at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

/* Returns 0 at end of input. */
static int read_exactly(int fd, void *into, size_t count)
{
    for (size_t have = 0; have < count;) {
        ssize_t got = read(fd, (char *)into + have, count - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        have += (size_t)got;
    }
    return 1;
}

static int write_exactly(int fd, const void *from, size_t count)
{
    for (size_t have = 0; have < count;) {
        ssize_t put = write(fd, (const char *)from + have, count - have);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return 0;
        have += (size_t)put;
    }
    return 1;
}

/* Nobody listens any more: there is nobody left to judge for. */
static void send_reply(struct reply reply, const char *out, const char *err)
{
    if (!write_exactly(1, &reply, sizeof reply)) _exit(0);
    if (!write_exactly(1, out, reply.out_bytes)) _exit(0);
    if (!write_exactly(1, err, reply.err_bytes)) _exit(0);
}

/* The keeper need not wait for a box's namespaces to be taken down. */
static void leave(void) __attribute__((noreturn));
static void leave(void)
{
    _exit(write(done_pipe, "", 1) == 1 ? 0 : 1);
}

static void send_fault(const char *words) __attribute__((noreturn));
static void send_fault(const char *words)
{
    char text[320];
    int length = snprintf(text, sizeof text, "%s: %s", words, strerror(errno));
    send_reply((struct reply){.reason = FAULT, .exit = -1, .err_bytes = (uint32_t)length}, "", text);
    leave();
}

struct run {
    struct request request;
    char words[MAX_WORDS_BYTES];
    const char *program, *name, *product;
    char *argv[MAX_ARGUMENTS + 1];
    uid_t uid;
    pid_t pid;
    int input, out[2], err[2], ruleset;
    struct reply reply;
    char *out_text, *err_text;
    size_t out_seen, err_seen;
    int64_t started_us;
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#include "syscall-filter.c"
#include "sandbox-root.c"
#include "sandbox-program.c"
#include "sandbox-box.c"
#include "sandbox-probe.c"

/* ------------------------------------------------------------------ the keeper */

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
    receive_words(&run);
    serve(&run);
    leave();
}

static struct box make_box(uid_t uid)
{
    int go[2], done[2];
    if (pipe2(go, O_CLOEXEC) || pipe2(done, O_CLOEXEC)) give_up("pipe");
    /* not clone3: Docker's profile answers that there is none, since its filter cannot see the flags */
    long fresh = (has_namespaces ? CLONE_NEWPID | CLONE_NEWNS : 0) | SIGCHLD;
    pid_t pid = (pid_t)syscall(SYS_clone, fresh, NULL, NULL, NULL, NULL);
    if (pid < 0) give_up("a box needs pid and mount namespaces");
    if (pid == 0) {
        close(go[1]);
        close(done[0]);
        live_as_box(uid, go[0], done[1]);
    }
    close(go[0]);
    close(done[1]);
    return (struct box){pid, go[1], done[0]};
}

/* Returns at the end of input, or of a box that could not say why; when it does, no box is left. */
static void keep(void)
{
    uint32_t count = 0;
    struct box next = make_box(first_uid);
    struct request request;
    char done;
    while (read_exactly(0, &request, sizeof request)) {
        if (request.kind == ABORT) continue; /* it crossed the reply it wanted to prevent */
        struct box box = next;
        if (!write_exactly(box.go, &request, sizeof request)) give_up("a box died");
        next = make_box(first_uid + ++count % UIDS_PER_KEEPER);
        if (!read_exactly(box.done, &done, 1)) break;
        close(box.go);
        close(box.done);
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    }
    close(next.go);
    while (waitpid(-1, NULL, 0) > 0) continue;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--probe")) return probe(argv[0]);
    if (argc < 5) {
        dprintf(2, "usage: sandbox <root> <programs> <first uid> <path>...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    umask(022); /* folders of the box's root are for its uid to walk, whatever Node was started with */
    first_uid = (uid_t)atoi(argv[3]);
    host_proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    programs = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (host_proc < 0 || programs < 0) give_up("/proc and %s", argv[2]);
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    landlock = version > 0 ? (int)version : 0;
    enter_namespaces();
    if (has_namespaces) build_root(argv[1], argv + 4);
    else share_root(argv[1], argv + 4);
    /* no exec from here on gains a capability, and ours are given up before the only one there is */
    for (int capability = 0; capability < 64; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* nobody attaches to keeper or box; set after the uid map is written */
    send_reply((struct reply){.reason = HELLO, .exit = has_namespaces + 2 * is_root, .signal = landlock}, "", "");
    keep();
    return 0;
}
