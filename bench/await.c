// SPDX-License-Identifier: MIT
// await SPOOL QUEUE COUNT PID - until log/jobs.jsonl tells of so many ended attempts and as many names stand in results/QUEUE;
// exits 70 when process PID has gone, 65 when results are missing.
//
// A wait that takes little of the processors it shares with what is measured: only what the log has grown by is read,
// rarely while much is missing, and often at the end. The directory is listed once.
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long names_in(const char *path) {
  DIR *directory = opendir(path);
  if (directory == NULL) return 0;
  long names = -2;
  while (readdir(directory) != NULL) names++;
  closedir(directory);
  return names;
}

// Lines that have been added to the file since the last call.
static long new_lines(const char *path) {
  static int file = -1;
  static char bytes[1 << 16];
  if (file == -1 && (file = open(path, O_RDONLY)) == -1) return 0;
  long lines = 0;
  for (ssize_t count; (count = read(file, bytes, sizeof bytes)) > 0;)
    for (const char *at = bytes; (at = memchr(at, '\n', bytes + count - at)) != NULL; at++) lines++;
  return lines;
}

// A process that has ended and that its shell has not yet waited for is a zombie, which could still be sent signals.
static bool lives(const char *pid) {
  char path[64], text[512] = {0};
  snprintf(path, sizeof path, "/proc/%s/stat", pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) return false;
  const char *end = fgets(text, sizeof text, file) == NULL ? NULL : strrchr(text, ')');
  fclose(file);
  return end != NULL && end[2] != 'Z';
}

int main(int count, char *arguments[]) {
  if (count != 5) return fputs("usage: await SPOOL QUEUE COUNT PID\n", stderr), 64;
  char log[4096], results[4096];
  snprintf(log, sizeof log, "%s/log/jobs.jsonl", arguments[1]);
  snprintf(results, sizeof results, "%s/results/%s", arguments[1], arguments[2]);
  const long wanted = atol(arguments[3]);
  for (long found = 0;;) {
    found += new_lines(log);
    const long missing = wanted - found;
    if (missing <= 0) break;
    if (!lives(arguments[4])) return fputs("spoold has ended\n", stderr), 70;
    // As long as a tenth of what is missing would take at 10,000 a second; 2 ms at least.
    const struct timespec pause = {.tv_nsec = missing < 200 ? 2000000 : missing > 40000 ? 400000000 : missing * 10000};
    nanosleep(&pause, NULL);
  }
  if (names_in(results) < wanted) return fputs("some jobs have ended without a result\n", stderr), 65;
  return 0;
}
