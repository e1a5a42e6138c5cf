// SPDX-License-Identifier: MIT
// await DIRECTORY COUNT PID - until so many names stand in DIRECTORY; exits 70 when process PID has gone.
//
// A wait that takes little of the processors it shares with what is measured: the directory is listed rarely while
// much is missing, and often at the end.
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long names_in(const char *path) {
  DIR *directory = opendir(path);
  if (directory == NULL) return 0;
  long names = -2;
  while (readdir(directory) != NULL) names++;
  closedir(directory);
  return names;
}

int main(int count, char *arguments[]) {
  if (count != 4) return fputs("usage: await DIRECTORY COUNT PID\n", stderr), 64;
  const long wanted = atol(arguments[2]);
  for (;;) {
    const long missing = wanted - names_in(arguments[1]);
    if (missing <= 0) return 0;
    if (kill(atoi(arguments[3]), 0) == -1) return perror("spoold"), 70;
    // As long as a tenth of what is missing would take at 10,000 a second; 2 ms at least.
    const struct timespec pause = {.tv_nsec = missing < 200 ? 2000000 : missing > 40000 ? 400000000 : missing * 10000};
    nanosleep(&pause, NULL);
  }
}
