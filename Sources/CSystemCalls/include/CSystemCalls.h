/* SPDX-License-Identifier: MIT
 * The system calls that Swift cannot make by itself: variadic ones, ones that Glibc's module hides,
 * and the one piece of code that runs between clone(2) and execve(2), where Swift must not run.
 * Each returns what the call returns, with errno set. */
#pragma once
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/xattr.h>

/* What is opened for reading alone keeps its time of the last reading where the kernel lets it (O_NOATIME): to note
 * that would be a write of the inode for each job that is looked at. */
int spool_open(const char *path, int flags, mode_t mode);
DIR *spool_open_directory(const char *path);
/* openat(2) of one name; its last argument is for O_CREAT alone. */
int spool_open_at(int directory, const char *name, int flags);
/* Opens a directory whose owner has no rights to it, after giving these back: whatever its name leads to meanwhile. */
int spool_open_up(int directory, const char *name);
int spool_duplicate(int fd);
int spool_rename_no_replace(const char *from, const char *to);
int spool_pipe(int ends[2]);
int spool_set_nonblocking(int fd);
int spool_sync_file_system(int fd);
int spool_set_read_lease(int fd);
int spool_drop_lease(int fd);
int spool_memory_file(const char *name);
int spool_temporary_file(const char *directory);
int spool_pidfd_open(pid_t pid);
int spool_pidfd_send_signal(int pidfd, int signal);
int spool_bytes_waiting(int fd);
int spool_become_subreaper(void);
int spool_set_modified(const char *path, long seconds, long nanoseconds);
int spool_set_modified_open(int fd, long seconds, long nanoseconds);
int spool_terminal_size(int fd, uint16_t *rows, uint16_t *columns);
int spool_birth(const char *path, int64_t *seconds, int64_t *nanoseconds);
/* The effective capabilities of this thread, a bit each; capget(2). */
int spool_capabilities(uint64_t *effective);
/* Sends one datagram to a socket of the file system, or, where its name begins with @, of the abstract name space. */
int spool_notify(const char *socket_name, const char *message);
const char *spool_signal_name(int signal);

/* A child that has ended: its exit status or the signal that ended it, and what it used. */
struct spool_ended {
  pid_t pid;
  int status;
  int signal;
  struct rusage usage;
};

/* waitid(2) on a pidfd without blocking: 1 when the child had ended and was reaped, 0 when it lives. */
int spool_reap(int pidfd, struct spool_ended *ended);

/* A running process gets SIGXCPU when it has used so many seconds of processor time in all. */
int spool_limit_cpu(pid_t pid, uint64_t seconds);

/* What a child gets; descriptors[n] becomes n in the child. A limit of UINT64_MAX is left as it is, and one that is
 * above what the parent itself may have becomes that. cpu_limit is in seconds; SIGKILL comes one later. */
struct spool_child {
  const char *path;
  char *const *arguments;
  char *const *environment;
  const char *directory;
  const int *descriptors;
  int descriptor_count;
  bool dies_with_parent;
  bool own_group;
  uint64_t file_size_limit;
  uint64_t core_size_limit;
  uint64_t memory_limit;
  uint64_t open_files_limit;
  uint64_t cpu_limit;
  /* Keeps no capability through execve(2) that the program's file does not give. */
  bool drops_capabilities;
  /* Becomes this user for good, who can gain no further rights by executing anything. */
  bool changes_user;
  uid_t user;
  gid_t group;
  const gid_t *groups;
  int group_count;
};

/* Starts a child (clone with CLONE_VM | CLONE_VFORK | CLONE_PIDFD): its pid, with its pidfd in *pidfd, or -1
 * with errno of the call that failed, in the child as well: a program that cannot be executed is known at once. */
pid_t spool_spawn(const struct spool_child *child, int *pidfd);
