#include <string.h>

int main(void)
{
    for (;;) {
        volatile char *memory = __builtin_alloca(1 << 20);
        memset((void *)memory, 1, 1 << 20);
    }
}
