/* The compiler is done at once; its assembler would never be. */
__asm__(".macro twice count\n.if \\count\ntwice (\\count - 1)\ntwice (\\count - 1)\n.else\n.quad 1\n.endif\n.endm\n.rept 2000000000\n.quad 1\n.endr\ntwice 60");
int main(void) { return 0; }
