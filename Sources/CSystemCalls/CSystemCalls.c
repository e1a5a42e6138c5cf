// SPDX-License-Identifier: MIT
#include "CSystemCalls.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int spool_open(const char *path, int flags, mode_t mode) {
  if ((flags & O_ACCMODE) == O_RDONLY) {
    // EPERM: it is somebody else's file.
    int fd = open(path, flags | O_NOATIME, mode);
    if (fd != -1 || errno != EPERM) return fd;
  }
  return open(path, flags, mode);
}

DIR *spool_open_directory(const char *path) {
  int fd = spool_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd == -1) return NULL;
  DIR *stream = fdopendir(fd);
  if (stream != NULL) return stream;
  int reason = errno;
  close(fd);
  errno = reason;
  return NULL;
}

int spool_open_at(int directory, const char *name, int flags) { return openat(directory, name, flags); }

int spool_open_up(int directory, const char *name) {
  const int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int place = openat(directory, name, O_PATH | flags);
  if (place == -1) return -1;
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", place);
  int opened = chmod(link, 0700) == -1 ? -1 : openat(place, ".", O_RDONLY | flags);
  int error = errno;
  close(place);
  errno = error;
  return opened;
}

int spool_duplicate(int fd) { return fcntl(fd, F_DUPFD_CLOEXEC, 3); }

int spool_rename_no_replace(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int spool_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int spool_set_nonblocking(int fd) { return fcntl(fd, F_SETFL, O_NONBLOCK); }

int spool_sync_file_system(int fd) { return syncfs(fd); }

int spool_set_read_lease(int fd) { return fcntl(fd, F_SETLEASE, F_RDLCK); }

int spool_drop_lease(int fd) { return fcntl(fd, F_SETLEASE, F_UNLCK); }

int spool_temporary_file(const char *directory) {
  return open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

int spool_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int spool_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int spool_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int spool_bytes_waiting(int fd) {
  int count = 0;
  return ioctl(fd, FIONREAD, &count) == -1 ? -1 : count;
}

int spool_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1); }

int spool_set_modified(const char *path, long seconds, long nanoseconds) {
  const struct timespec times[2] = {{0, UTIME_OMIT}, {seconds, nanoseconds}};
  return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

int spool_set_modified_open(int fd, long seconds, long nanoseconds) {
  const struct timespec times[2] = {{0, UTIME_OMIT}, {seconds, nanoseconds}};
  return futimens(fd, times);
}

int spool_terminal_size(int fd, uint16_t *rows, uint16_t *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) == -1) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int spool_birth(const char *path, int64_t *seconds, int64_t *nanoseconds) {
  struct statx found;
  if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &found) == -1) return -1;
  // Not every file system keeps it.
  if (!(found.stx_mask & STATX_BTIME)) return errno = ENOTSUP, -1;
  *seconds = found.stx_btime.tv_sec;
  *nanoseconds = found.stx_btime.tv_nsec;
  return 0;
}

int spool_capabilities(uint64_t *effective) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) == -1) return -1;
  *effective = (uint64_t)data[1].effective << 32 | data[0].effective;
  return 0;
}

int spool_notify(const char *socket_name, const char *message) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(socket_name);
  if (length >= sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
  memcpy(address.sun_path, socket_name, length);
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd == -1) return -1;
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
  ssize_t sent = sendto(fd, message, strlen(message), MSG_NOSIGNAL, (struct sockaddr *)&address, size);
  int error = errno;
  close(fd);
  errno = error;
  return sent == -1 ? -1 : 0;
}

const char *spool_signal_name(int signal) { return sigabbrev_np(signal); }

int spool_reap(int pidfd, struct spool_ended *ended) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  memset(ended, 0, sizeof *ended);
  // glibc's waitid has no place for the resource usage; the kernel's has.
  if (syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOHANG, &ended->usage) == -1) return -1;
  if (info.si_pid == 0) return 0;
  ended->pid = info.si_pid;
  if (info.si_code == CLD_EXITED) {
    ended->status = info.si_status;
  } else {
    ended->signal = info.si_status;
  }
  return 1;
}

int spool_limit_cpu(pid_t pid, uint64_t seconds) {
  struct rlimit limit;
  if (prlimit(pid, RLIMIT_CPU, NULL, &limit) == -1) return -1;
  // The hard limit stays: once lowered it could not be raised again for the next job.
  limit.rlim_cur = seconds < limit.rlim_max ? seconds : limit.rlim_max;
  return prlimit(pid, RLIMIT_CPU, &limit, NULL);
}

struct start {
  const struct spool_child *child;
  pid_t parent;
  int error;
};

static int limit(int resource, uint64_t value, uint64_t grace) {
  struct rlimit had;
  if (value == UINT64_MAX) return 0;
  if (getrlimit(resource, &had) == -1) return -1;
  // Nobody may raise what he was given.
  struct rlimit wanted = {value, value + grace};
  if (wanted.rlim_max > had.rlim_max) wanted.rlim_max = had.rlim_max;
  if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
  return setrlimit(resource, &wanted);
}

// The kernel's own calls: those of the C library would change every thread of the parent, whose memory this is.
static int become_user(const struct spool_child *child) {
  if (child->drops_capabilities && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == -1) return -1;
  if (!child->changes_user) return 0;
  if (syscall(SYS_setgroups, child->group_count, child->groups) == -1) return -1;
  if (syscall(SYS_setresgid, child->group, child->group, child->group) == -1) return -1;
  if (syscall(SYS_setresuid, child->user, child->user, child->user) == -1) return -1;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// Runs in the parent's memory while the parent is stopped: system calls only, nothing of the runtime.
static int prepare(const struct spool_child *child, pid_t parent) {
  if (child->own_group && setpgid(0, 0) == -1) return -1;
  // Before the signal of the parent's death is armed, which a change of user would disarm.
  if (become_user(child) == -1) return -1;
  if (child->dies_with_parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) return -1;
    // The parent may have died before the signal was armed.
    if (getppid() != parent) _exit(0);
  }
  if (limit(RLIMIT_FSIZE, child->file_size_limit, 0) == -1) return -1;
  if (limit(RLIMIT_CORE, child->core_size_limit, 0) == -1) return -1;
  if (limit(RLIMIT_CPU, child->cpu_limit, 1) == -1) return -1;
  // With the parent's memory still mapped: counted for the new program alone, from execve on.
  if (limit(RLIMIT_AS, child->memory_limit, 0) == -1) return -1;
  if (child->directory && chdir(child->directory) == -1) return -1;
  // First out of the way of the targets, then into their places.
  int moved[16];
  if (child->descriptor_count > 16) return errno = EINVAL, -1;
  for (int n = 0; n < child->descriptor_count; n++) {
    moved[n] = fcntl(child->descriptors[n], F_DUPFD_CLOEXEC, 16);
    if (moved[n] == -1) return -1;
  }
  for (int n = 0; n < child->descriptor_count; n++)
    if (dup2(moved[n], n) == -1) return -1;
  // After the duplicates above, which have higher numbers than the child may need.
  if (limit(RLIMIT_NOFILE, child->open_files_limit, 0) == -1) return -1;
  if (syscall(SYS_close_range, child->descriptor_count, ~0U, CLOSE_RANGE_CLOEXEC) == -1) return -1;
  for (int signal = 1; signal <= SIGSYS; signal++)
    if (signal != SIGKILL && signal != SIGSTOP) sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  sigset_t none;
  sigemptyset(&none);
  return sigprocmask(SIG_SETMASK, &none, NULL);
}

static int run_child(void *argument) {
  struct start *start = argument;
  const struct spool_child *child = start->child;
  if (prepare(child, start->parent) == 0) execve(child->path, child->arguments, child->environment);
  start->error = errno;
  _exit(127);
}

pid_t spool_spawn(const struct spool_child *child, int *pidfd) {
  static _Thread_local char *stack;
  const size_t size = 64 * 1024;
  if (!stack) {
    char *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (mapped == MAP_FAILED) return -1;
    stack = mapped;
  }
  // A handler of the parent must not run on the child's stack.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  struct start start = {child, getpid(), 0};
  pid_t pid = clone(run_child, stack + size, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &start, pidfd);
  int error = pid == -1 ? errno : start.error;
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (pid != -1 && error != 0) {
    // It ended before the program began: nothing has happened.
    waitpid(pid, NULL, 0);
    close(*pidfd);
    pid = -1;
  }
  errno = error;
  return pid;
}
