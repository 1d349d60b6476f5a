#include <stddef.h>
#include <stdint.h>

// libFuzzer's own main, for programs that have a main: compiler-rt, include/fuzzer/FuzzerInterface.h.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one_input)(const uint8_t *data, size_t size));
