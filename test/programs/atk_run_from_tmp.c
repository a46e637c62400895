#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a program wrote itself is no program. */
int main(void)
{
    FILE *file = fopen("/tmp/script", "w");
    if (file) {
        fputs("#!/bin/sh\necho PWNED\n", file);
        fclose(file);
        chmod("/tmp/script", 0755);
        execl("/tmp/script", "script", (char *)NULL);
        if (mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, open("/tmp/script", O_RDONLY), 0) != MAP_FAILED) puts("PWNED mapped");
    }
    puts("SAFE");
}
