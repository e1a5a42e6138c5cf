// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
// delay spawn PROGRAM COUNT        - nanoseconds from posix_spawn to PROGRAM's first instruction, a line each
// delay drop SPOOL/incoming/Q RESULTS COUNT - the same from rename into the queue; one job at a time, idle between
// delay pace SPOOL/incoming/Q FIRST COUNT MILLISECONDS - drops a job in each interval, prints its number and the time
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static _Noreturn void fail(const char *what) {
  perror(what);
  exit(74);
}

static long long spawned(const char *program) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) fail("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  char *arguments[] = {(char *)program, NULL};
  pid_t child;
  long long began = now();
  if (posix_spawn(&child, program, &actions, NULL, arguments, NULL) != 0) fail(program);
  close(ends[1]);
  char text[32] = {0};
  if (read(ends[0], text, sizeof text - 1) <= 0) fail("read");
  close(ends[0]);
  waitpid(child, NULL, 0);
  posix_spawn_file_actions_destroy(&actions);
  return atoll(text) - began;
}

// Returns the time just before the job appears.
static long long drop(const char *queue, int number) {
  char aside[4096], name[4096];
  snprintf(aside, sizeof aside, "%s/.%d", queue, number);
  snprintf(name, sizeof name, "%s/%d.json", queue, number);
  int file = open(aside, O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (file == -1 || write(file, "{}\n", 3) != 3) fail(aside);
  close(file);
  long long began = now();
  if (rename(aside, name) == -1) fail(name);
  return began;
}

static long long dropped(const char *queue, const char *results, int number) {
  char result[4096], text[32] = {0};
  int file;
  snprintf(result, sizeof result, "%s/%d.json", results, number);
  long long began = drop(queue, number);
  // Seldom enough not to be in the way of what is measured.
  while ((file = open(result, O_RDONLY)) == -1) {
    if (now() - began > 10000000000LL) fail(result);
    poll(NULL, 0, 5);
  }
  if (read(file, text, sizeof text - 1) <= 0) fail(result);
  close(file);
  poll(NULL, 0, 20);
  return atoll(text) - began;
}

// A job that is late makes the next one no later: the moments are set from the start.
static void pace(const char *queue, int first, int count, int milliseconds) {
  long long began = now();
  for (int n = 0; n < count; n++) {
    long long moment = began + n * milliseconds * 1000000LL;
    struct timespec until = {moment / 1000000000LL, moment % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    printf("%d %lld\n", first + n, drop(queue, first + n));
  }
}

int main(int count, char *arguments[]) {
  if (count == 6 && strcmp(arguments[1], "pace") == 0)
    return pace(arguments[2], atoi(arguments[3]), atoi(arguments[4]), atoi(arguments[5])), 0;
  if (count < 4) return fputs("usage: delay spawn PROGRAM COUNT | drop QUEUE RESULTS COUNT | pace QUEUE FIRST COUNT MILLISECONDS\n", stderr), 64;
  int is_spawn = strcmp(arguments[1], "spawn") == 0;
  int rounds = atoi(arguments[is_spawn ? 3 : 4]);
  for (int n = 1; n <= rounds; n++)
    printf("%lld\n", is_spawn ? spawned(arguments[2]) : dropped(arguments[2], arguments[3], n));
  return 0;
}
