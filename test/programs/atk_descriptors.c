#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Open files, and pipes filled to the brim, are kernel memory of nobody's resident set. */
int main(void)
{
    static char full[65536];
    int opened = 0, ends[2];
    while (opened < 100000 && !pipe(ends)) {
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
        while (write(ends[1], full, sizeof full) > 0) continue;
        opened++;
    }
    for (int fd = 0; fd < 3; fd++)
        while (opened < 100000 && dup(fd) >= 0) opened++;
    puts(opened < 200 ? "SAFE" : "PWNED");
}
