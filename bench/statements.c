// SPDX-License-Identifier: MIT
// statements DATABASE - runs SQL as plainly as it can be run, the file read as our tasks read it. Takes statements on standard
// input, a NUL behind each, and answers each with a line: the nanoseconds that its rows took.
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(sqlite3 *database) {
  fprintf(stderr, "statements: %s\n", sqlite3_errmsg(database));
  exit(1);
}

int main(int count, char **arguments) {
  sqlite3 *database;
  if (count != 2) return 64;
  if (sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)) die(database);
  sqlite3_exec(database, "PRAGMA cache_size = -32768; PRAGMA mmap_size = 16777216", NULL, NULL, NULL);
  char *text = NULL;
  size_t room = 0;
  while (getdelim(&text, &room, 0, stdin) > 0) {
    long long began = now();
    sqlite3_stmt *statement;
    int code;
    if (sqlite3_prepare_v2(database, text, -1, &statement, NULL)) die(database);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) continue;
    if (code != SQLITE_DONE) die(database);
    sqlite3_finalize(statement);
    printf("%lld\n", now() - began);
    fflush(stdout);
  }
  return 0;
}
