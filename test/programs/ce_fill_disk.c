/* The assembler would write without end. */
__asm__(".fill 0x7fffffff, 8, 1\n.fill 0x7fffffff, 8, 1");
int main(void) { return 0; }
