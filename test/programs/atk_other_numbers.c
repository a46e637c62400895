#include <stdio.h>

/* The filter reads numbers of system calls: those of another architecture mean other calls, and end a program. */
int main(void)
{
#ifdef __x86_64__
    long answer;
    __asm__ volatile("int $0x80" : "=a"(answer) : "a"(359L), "b"(2L), "c"(1L), "d"(0L));
    puts("PWNED");
#else
    __builtin_trap();
#endif
}
