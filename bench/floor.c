// SPDX-License-Identifier: MIT
// floor DIRECTORY COUNT EVERY - the least that a spool must do for COUNT jobs that lie in DIRECTORY/in: each is renamed
// to active/, read, its result written and renamed to out/. One syncfs for EVERY jobs; 0: none at all.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Noreturn void fail(const char *what) {
  perror(what);
  exit(74);
}

static void run(int number) {
  char waiting[64], active[64], output[64], result[64], text[4096];
  snprintf(waiting, sizeof waiting, "in/%d.json", number);
  snprintf(active, sizeof active, "active/%d.json", number);
  snprintf(output, sizeof output, "active/%d.out", number);
  snprintf(result, sizeof result, "out/%d.json", number);
  if (rename(waiting, active) == -1) fail(waiting);
  int file = open(active, O_RDONLY);
  if (file == -1 || read(file, text, sizeof text) <= 0 || close(file) == -1) fail(active);
  file = open(output, O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (file == -1 || write(file, "null\n", 5) != 5 || close(file) == -1) fail(output);
  if (rename(output, result) == -1) fail(result);
}

int main(int count, char *arguments[]) {
  if (count != 4 || chdir(arguments[1]) == -1) return fputs("usage: floor DIRECTORY COUNT EVERY\n", stderr), 64;
  const int jobs = atoi(arguments[2]), every = atoi(arguments[3]);
  const int root = open(".", O_RDONLY | O_DIRECTORY);
  for (int number = 1; number <= jobs; number++) {
    run(number);
    if (every > 0 && (number % every == 0 || number == jobs) && syncfs(root) == -1) fail("syncfs");
  }
  return 0;
}
