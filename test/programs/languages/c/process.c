#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (child == 0) return 0;
    puts(child < 0 ? "SAFE" : "PWNED");
}
