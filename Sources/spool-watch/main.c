/* SPDX-License-Identifier: GPL-2.0-only
 *
 * spool-watch [-] DIR... - directories in, one line an event out; spool-watch(1).
 *
 *   stdout  CREATE PATH, CLOSE_WRITE PATH, MOVED_TO PATH, DELETE PATH   something befell DIR/NAME
 *           READY                  every DIR of the command line stands or was answered by FAILED
 *           WATCHING DIR           answer to +DIR
 *           FAILED DIR: REASON     DIR is not watched
 *           GONE DIR               DIR was removed, moved or unmounted and is no longer watched
 *           OVERFLOW               events were lost: look at everything
 *           BROKEN REASON          the end, because inotify cannot be used; without `-` on stderr instead
 *   stdin   +DIR                   watch this one as well; read only with `-`, where its end ends us
 *
 * In both directions a control character, a backslash and each byte that is no ASCII is written \ooo.
 *
 * libinotifytools keeps its state in statics, hides its descriptor and lets children inherit it: hence a
 * program of its own. We replace the inotify_init(2) that it calls, so that the descriptor is ours. */
#include <errno.h>
#include <inotifytools/inotifytools.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum {
  MASK = IN_ONLYDIR | IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
};

static bool takes_requests;
static int inotify = -1;

int inotify_init(void) { return inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK); }

/* Output: collected, and written once a batch, so that a burst is cheap and a single event is not late. */

static char output[1 << 16];
static size_t output_size;

static void flush(void) {
  for (size_t done = 0; done < output_size;) {
    ssize_t count = write(STDOUT_FILENO, output + done, output_size - done);
    if (count == -1 && errno != EINTR) exit(EXIT_SUCCESS); // Nobody reads any more.
    if (count > 0) done += count;
  }
  output_size = 0;
}

static void put(const char *text, size_t size) {
  if (output_size + size > sizeof output) flush();
  memcpy(output + output_size, text, size);
  output_size += size;
}

static _Noreturn void end(const char *wish) {
  fprintf(takes_requests ? stdout : stderr, "%sunable to %s: %s\n", takes_requests ? "BROKEN " : "spool-watch: ", wish,
          strerror(errno));
  exit(EX_OSERR);
}

static void put_escaped(const char *text) {
  for (const unsigned char *byte = (const unsigned char *)text; *byte; byte++) {
    char escape[8] = {(char)*byte};
    bool plain = *byte >= ' ' && *byte < 0x7f && *byte != '\\';
    put(escape, plain ? 1 : snprintf(escape, sizeof escape, "\\%03o", *byte));
  }
}

static void say(const char *word, const char *directory, const char *separator, const char *rest) {
  put(word, strlen(word));
  put(" ", 1);
  put_escaped(directory);
  put(separator, strlen(separator));
  put_escaped(rest);
  put("\n", 1);
}

/* The directories that are watched. The library never forgets a name and finds the oldest of two equal ones. */

struct watched {
  struct watched *next;
  bool stands;
  char name[];
};

static struct watched *all;

static struct watched *find(const char *name, size_t size) {
  for (struct watched *one = all; one; one = one->next)
    if (strncmp(one->name, name, size) == 0 && one->name[size] == 0) return one;
  return NULL;
}

static size_t length_without_slash(const char *name) {
  size_t size = strlen(name);
  while (size > 1 && name[size - 1] == '/') size--;
  return size;
}

/* An errno, or 0 where the directory is watched from here on. */
static int watch(const char *name) {
  size_t size = length_without_slash(name);
  struct watched *one = find(name, size);
  if (one && one->stands) return 0;
  if (!one) {
    one = calloc(1, sizeof *one + size + 1);
    if (!one) return ENOMEM;
    memcpy(one->name, name, size);
    one->next = all;
    all = one;
  }
  one->stands = inotifytools_watch_file(one->name, MASK);
  return one->stands ? 0 : inotifytools_error();
}

static void report_gone(const char *name, int wd, bool unwatch) {
  struct watched *one = find(name, length_without_slash(name));
  if (!one || !one->stands) return;
  one->stands = false;
  say("GONE", one->name, "", "");
  // A directory that was moved is still watched, under a name that is no longer its own.
  if (unwatch) inotifytools_remove_watch_by_wd(wd);
}

static void report(const struct inotify_event *event) {
  if (event->mask & IN_Q_OVERFLOW) return put("OVERFLOW\n", 9);
  const char *directory = inotifytools_filename_from_wd(event->wd);
  if (!directory || !*directory) return; // Of a watch that was taken down.
  if (event->mask & IN_MOVE_SELF) return report_gone(directory, event->wd, true);
  if (event->mask & (IN_DELETE_SELF | IN_UNMOUNT | IN_IGNORED)) return report_gone(directory, event->wd, false);
  if (event->len == 0) return;
  const char *word = event->mask & IN_CREATE        ? "CREATE"
                     : event->mask & IN_CLOSE_WRITE ? "CLOSE_WRITE"
                     : event->mask & IN_MOVED_TO    ? "MOVED_TO"
                     : event->mask & IN_ATTRIB      ? "ATTRIB"
                                                    : "DELETE";
  say(word, directory, "", event->name); // The library's names of directories end with a slash.
}

/* In a burst whoever is woken for each name does little else: what follows batch upon batch is told together. A drop or two,
 * or one after another, is told at once. */
static void gather(void) {
  enum { CLOSE_US = 300, BURST = 16, PAUSE_MS = 2 };
  static struct timespec last;
  static int close_batches;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long passed = (now.tv_sec - last.tv_sec) * 1000000 + (now.tv_nsec - last.tv_nsec) / 1000;
  close_batches = passed < CLOSE_US ? close_batches + 1 : 0;
  if (close_batches > BURST) poll(NULL, 0, PAUSE_MS);
  clock_gettime(CLOCK_MONOTONIC, &last);
}

static void drain(void) {
  for (;;) {
    // One at a time and without waiting: with (0) it waits for ever, with (0, 2) it spins.
    const struct inotify_event *event = inotifytools_next_events(0, 1);
    int error = inotifytools_error();
    if (event) {
      report(event);
    } else if (error != EINTR) {
      if (error && error != EAGAIN) errno = error, end("read events");
      return;
    }
  }
}

/* Input: lines of +DIR. */

static void unescape(char *text) {
  char *to = text;
  for (const char *from = text; *from;) {
    if (*from == '\\' && strspn(from + 1, "01234567") >= 3) {
      *to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
      from += 4;
    } else {
      *to++ = *from++;
    }
  }
  *to = 0;
}

static void obey(char *line) {
  if (*line != '+') return say("FAILED", line, ": ", "not a request");
  unescape(++line);
  int error = watch(line);
  if (error) return say("FAILED", line, ": ", strerror(error));
  say("WATCHING", line, "", "");
}

static void read_requests(void) {
  static char input[4 * 4096];
  static size_t size;
  ssize_t count = read(STDIN_FILENO, input + size, sizeof input - 1 - size);
  if (count == -1 && (errno == EINTR || errno == EAGAIN)) return;
  if (count <= 0) exit(EXIT_SUCCESS); // The consumer is gone, or wrote a line without end.
  size += count;
  input[size] = 0;
  char *line = input;
  for (char *newline; (newline = strchr(line, '\n')); line = newline + 1) {
    *newline = 0;
    obey(line);
  }
  size -= line - input;
  memmove(input, line, size);
}

static void die_with_parent(void) {
  pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) exit(EXIT_SUCCESS); // It died before that was armed.
}

int main(int count, char *arguments[]) {
  if (count < 2) {
    fputs("usage: spool-watch [-] directory ...\n", stderr);
    return EX_USAGE;
  }
  takes_requests = strcmp(arguments[1], "-") == 0;
  if (takes_requests) die_with_parent();
  signal(SIGPIPE, SIG_IGN);
  if (!inotifytools_initialize() || inotify == -1) errno = inotifytools_error(), end("use inotify");
  int standing = 0;
  for (char **directory = arguments + 1 + takes_requests; *directory; directory++) {
    int error = watch(*directory);
    if (error) say("FAILED", *directory, ": ", strerror(error));
    standing += !error;
  }
  put("READY\n", 6);
  flush();
  if (!takes_requests && standing == 0) return EX_NOINPUT;
  // Of stdout only its error is heard of: that the last reader is gone.
  struct pollfd polled[] = {
      {inotify, POLLIN, 0}, {STDOUT_FILENO, 0, 0}, {takes_requests ? STDIN_FILENO : -1, POLLIN, 0}};
  for (;;) {
    if (poll(polled, 3, -1) == -1 && errno != EINTR) end("wait");
    if (polled[1].revents) return EXIT_SUCCESS;
    if (polled[2].revents) read_requests();
    if (polled[0].revents) gather(), drain();
    flush();
  }
}
