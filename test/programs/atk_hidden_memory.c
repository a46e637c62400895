#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Memory that is shared stays when it is unmapped or said not to be needed, as long as any of it is mapped;
 * then it is in no resident set, and RLIMIT_DATA never counted it. So a program could have all there is.
 */
enum { MOST = 512 << 20, PIECE = 4 << 20 };

static int keeps(char *memory, int forget)
{
    if (memory == MAP_FAILED) return 0;
    for (long at = 0; at < MOST; at += PIECE) {
        memset(memory + at, 1, PIECE);
        if (forget ? madvise(memory + at, PIECE, MADV_DONTNEED) : munmap(memory + at, PIECE)) return 0;
    }
    return !forget || (memory[0] == 1 && memory[MOST - PIECE] == 1);
}

int main(void)
{
    const int ways[] = {MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, MAP_SHARED};
    int pwned = 0, zero = open("/dev/zero", O_RDWR);
    for (int way = 0; way < 3; way++)
        for (int forget = 0; forget < 2; forget++)
            pwned |= keeps(mmap(NULL, MOST + PIECE, PROT_READ | PROT_WRITE, ways[way], ways[way] & MAP_ANONYMOUS ? -1 : zero, 0), forget);
    puts(pwned ? "PWNED" : "SAFE");
}
