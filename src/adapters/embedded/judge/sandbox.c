/*
 * The sandbox of the embedded judge: one resident process per slot, run by Node.
 *
 *   sandbox <root> <programs> <first uid> <path the box may see, -folder it may not, or +folder of headers>...
 *   sandbox --probe <path>     inside a box: see sandbox-probe.c
 *   sandbox --source           says what it was built from
 *   sandbox --filters          prints syscall-filters.ts
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
 * empty, what /proc/self/exe is to say or empty, names in /box of `files` more files, then argv), then `input_bytes` for the program's stdin,
 * then each of those files, as its length and its bytes; then it waits. It gets
 * `struct reply`, then `out_bytes`, then `err_bytes`. A request of kind ABORT ends the run in hand,
 * which still gets its one reply; with no run in hand it does nothing. A request of kind PAIR and the
 * one after it are of two programs that talk with each other: see sandbox-pair.c. One of kind WARM gets no
 * reply: it starts a program ahead of a run to come, of kind RESUME; see sandbox-warm.c. The first reply,
 * unasked, is HELLO. End of stdin ends everything.
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
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

enum kind { RUN = 1, ABORT = 2, PAIR = 3, REPORT = 4, WARM = 5, RESUME = 6 };
enum reason { ENDED, CPU, MEMORY, WALL, OUTPUT, ABORTED, FAULT, HELLO };

struct request {
    uint32_t kind, family, cpu_ms, wall_ms, memory_kib, output_bytes, error_bytes, file_bytes, words_bytes, input_bytes,
        files;
};
/*
 * Of HELLO, `exit` is 1 with namespaces + 2 as root, `signal` is the Landlock version or 0. Of WALL,
 * `waited_us` is how long the thread that waited most was ready to run and got no processor.
 */
struct reply {
    uint32_t reason;
    int32_t exit, signal;
    uint32_t cpu_us, wall_us, waited_us, memory_kib, out_bytes, err_bytes;
};

enum {
    MAX_WORDS_BYTES = 16384,
    MAX_ARGUMENTS = 64,
    MAX_FILES = 16,
    MAX_INPUT_BYTES = 256 << 20,
    MAX_PROCESSES = 64, /* threads count; a compiler runs a handful of processes */
    UIDS_PER_KEEPER = 16,
    LOOK_EVERY_US = 5000, /* how often CPU time and memory are looked at */
};
/* MiB a box may hold, as in the options below, and of a program as large as a compiler may make it */
enum { TMP_MIB = 64, COMPILER_TMP_MIB = 128, BOX_MIB = 512, PROGRAM_MIB = 64 };
enum { GATE = 4 }; /* the descriptor at which a program waits that was started ahead */
#define DECLINED "-" /* what a box says that left its run to another, see sandbox-warm.c */
#define TMP_OPTIONS "size=64m,nr_inodes=4k,mode=1777"
#define COMPILER_TMP_OPTIONS "size=128m"
#define BOX_OPTIONS "size=512m,nr_inodes=24,mode=755"

static int has_namespaces; /* else Landlock and the filter are the only walls, see sandbox-root.c */
static int is_root;       /* we may change uid, so each box has one of its own */
static int host_proc;     /* the judge's own /proc, to read a program's memory; no box has one */
static int programs;      /* the folder of artifacts; no box can see it */
static int landlock;      /* version of the kernel's Landlock, 0 without */
static uid_t first_uid;
static long cores;       /* of the host */
static int done_pipe = -1; /* of a box: a byte here lets the keeper go on */
static int ear;           /* of a box: where it is told to abort */
static int gate[2] = {-1, -1}; /* of a box whose program was started ahead of its run */
static int is_asked = 1;  /* of a box: there is a run to reply to */

/* Where a box has its program and its scratch folder, as the program sees them. */
static char box_path[512] = "/box", tmp_path[512] = "/tmp";

/* Shared with the program's process until it execs. */
static struct birth {
    volatile int execing;
    volatile pid_t host_pid;
    char fault[256];
} *birth;

#define LENGTH(array) (sizeof(array) / sizeof *(array))

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

/* At once, so that Node need not wake for each part. Where nobody listens any more, there is nobody left to judge for. */
static void send_reply(struct reply reply, char *out, char *err)
{
    struct iovec parts[] = {{&reply, sizeof reply}, {out, reply.out_bytes}, {err, reply.err_bytes}};
    ssize_t sent;
    do sent = writev(1, parts, LENGTH(parts));
    while (sent < 0 && errno == EINTR);
    if (sent < 0) _exit(0);
    for (size_t i = 0, gone = (size_t)sent; i < LENGTH(parts); i++) {
        size_t done = gone < parts[i].iov_len ? gone : parts[i].iov_len;
        if (!write_exactly(1, (char *)parts[i].iov_base + done, parts[i].iov_len - done)) _exit(0);
        gone -= done;
    }
}

/* The keeper need not wait for a box's namespaces to be taken down. */
static void leave(void) __attribute__((noreturn));
static void leave(void)
{
    _exit(write(done_pipe, "", 1) == 1 ? 0 : 1);
}

static int is_ahead(void)
{
    return gate[1] >= 0;
}

static int is_of_pair(void)
{
    return ear != 0;
}

static void send_fault(const char *words) __attribute__((noreturn));
static void send_fault(const char *words)
{
    char text[320];
    if (is_of_pair() || !is_asked) give_up("%s", words); /* no reply of its own: another would be told in its place */
    int length = snprintf(text, sizeof text, "%s: %s", words, strerror(errno));
    send_reply((struct reply){.reason = FAULT, .exit = -1, .err_bytes = (uint32_t)length}, "", text);
    leave();
}

struct run {
    struct request request;
    char words[MAX_WORDS_BYTES];
    const char *program, *name, *product, *self, *files[MAX_FILES];
    char *argv[MAX_ARGUMENTS + 1];
    uid_t uid;
    pid_t pid;
    int input, out[2], err[2], ruleset, ended;
    struct reply reply;
    char *out_text, *err_text;
    size_t out_seen, err_seen;
    unsigned long long group_kills; /* before it began */
    int64_t started_us;
    uint32_t waited_ahead_us; /* before it began */
};

#include "syscall-filter.c"
#include "sandbox-root.c"
#include "sandbox-cgroup.c"
#include "sandbox-program.c"
#include "sandbox-wire.c"
#include "sandbox-watch.c"
#include "sandbox-box.c"
#include "sandbox-warm.c"
#include "sandbox-keeper.c"
#include "sandbox-probe.c"

#ifndef SOURCE
#define SOURCE "unknown"
#endif

/* Prints syscall-filters.ts: these filters as bubblewrap takes them, for hosts on which this cannot be compiled. */
static int print_filters(void)
{
    static const char *const names[] = {"native", "script", "javascript", "managed", "compiler"};
    has_namespaces = 1;
    puts("/* Made of syscall-filter.c, for x86_64, by `sandbox --filters`; never by hand. */");
    puts("export const SYSCALL_FILTERS = {");
    for (enum family family = NATIVE; family < FAMILIES; family++) {
        build_filter(family, 2 /* bubblewrap's own process is the first of its namespace */, 1);
        printf("  %s:\n    '", names[family]);
        for (size_t i = 0; i < filter_length * sizeof *filter; i++) printf("%02x", ((unsigned char *)filter)[i]);
        puts("',");
    }
    return puts("};") < 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--source")) return puts(SOURCE) < 0;
    if (argc == 2 && !strcmp(argv[1], "--filters")) return print_filters();
    if (argc == 3 && !strcmp(argv[1], "--probe")) return probe(argv[0], argv[2]);
    if (argc < 5) {
        dprintf(2, "usage: sandbox <root> <programs> <first uid> <path>...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    umask(022); /* folders of the box's root are for its uid to walk, whatever Node was started with */
    first_uid = (uid_t)atoi(argv[3]);
    cores = sysconf(_SC_NPROCESSORS_ONLN);
    host_proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    programs = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (host_proc < 0 || programs < 0) give_up("/proc and %s", argv[2]);
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    landlock = version > 0 ? (int)version : 0;
    /* a host that runs out of memory ends a program, which is judged again, and not its database */
    write_text("/proc/self/oom_score_adj", "1000");
    enter_groups();
    enter_namespaces();
    if (has_namespaces) build_root(argv[1], argv + 4);
    else share_root(argv[1], argv + 4);
    /* no exec from here on gains a capability, and ours are given up before the only one there is */
    for (int capability = 0; capability < 64; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    /*
     * Wall: nobody attaches to keeper or box. Stops a program of the same user from taking over who
     * guards it. Shown by atk_ptrace.cpp, atk_other_memory.c. Set after the uid map is written.
     */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    send_reply((struct reply){.reason = HELLO, .exit = has_namespaces + 2 * is_root + (cgroup_version ? 4 : 0), .signal = landlock}, "", "");
    keep();
    leave_groups();
    return 0;
}
