/*
 * What a run costs with nothing around it: posix_spawn with a pipe at either end, and wait.
 *
 *   bare-runs <times> <input> <program> [argument]...     prints the milliseconds of each run
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static int run(const char *input, char **argv)
{
    int in[2], out[2], status;
    char said[4096];
    pid_t pid;
    posix_spawn_file_actions_t actions;
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) return 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ)) return 0;
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    if (write(in[1], input, strlen(input)) < 0) return 0;
    close(in[1]);
    while (read(out[0], said, sizeof said) > 0) continue;
    close(out[0]);
    return waitpid(pid, &status, 0) == pid && status == 0;
}

int main(int argc, char **argv)
{
    for (int times = argc > 3 ? atoi(argv[1]) : 0; times > 0; times--) {
        double begun = now_ms();
        if (!run(argv[2], argv + 3)) return 1;
        printf("%.4f\n", now_ms() - begun);
    }
    return argc > 3 ? 0 : 2;
}
