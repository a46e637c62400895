#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* As many files as large as may be, and names without end: bounded, or nowhere to begin with. */
int main(void)
{
    static char block[1 << 20];
    const char *folders[] = {"/tmp", "/box", "/var/tmp", "/dev/shm", "."};
    long written = 0, names = 0;
    char path[64];
    memset(block, 1, sizeof block);
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 5; i++)
        for (int n = 0; n < 100; n++) {
            snprintf(path, sizeof path, "%s/large%d", folders[i], n);
            int fd = open(path, O_CREAT | O_WRONLY, 0600);
            if (fd < 0) break;
            while (written < 256L << 20 && write(fd, block, sizeof block) > 0) written += sizeof block;
            close(fd);
        }
    for (int i = 0; i < 5; i++)
        for (int n = 0; n < 10001; n++) {
            snprintf(path, sizeof path, "%s/name%d", folders[i], n);
            int fd = open(path, O_CREAT | O_WRONLY, 0600);
            if (fd < 0) break;
            close(fd);
            names++;
        }
    puts(written <= 192L << 20 && names < 10000 ? "SAFE" : "PWNED");
}
