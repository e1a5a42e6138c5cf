// SPDX-License-Identifier: MIT
#include <stddef.h>
#include <stdint.h>

// libFuzzer's main loop, for a program that has a main of its own; it comes with -sanitize=fuzzer.
int LLVMFuzzerRunDriver(int *count, char ***words, int (*body)(const uint8_t *bytes, size_t size));
