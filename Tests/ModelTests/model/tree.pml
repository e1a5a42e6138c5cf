/* SPDX-License-Identifier: MIT */

/* The tree, the kernel's locks, and the system calls on them: each inline is one call, and one step. */

#define NOBODY 255

/* Where a job's file stands. */
#define OUTSIDE  0
#define INCOMING 1
#define DEFERRED 2
#define HOLD     3
#define ERRORS   4
#define REMOVED  5    /* by a person */
#define DONE     6    /* by us: its result stands */
#define LOST     7    /* by nobody's will */
#define ACTIVE   8    /* + the number of the worker */

/* A file name: 41.json, 41.try2.json, 41-2.json ... */
#define NAME(id, attempt) ((id) * 8 + (attempt))
#define ID(name)          ((name) / 8)
#define ATTEMPT(name)     ((name) % 8)
#define NEXT(name)        ((name) + 1)
#define FAILED(id)        NAME(id, 1)

/* Jobs are inodes, 0 and 1; both are dropped as 41.json. */
byte place[2];
byte name[2];
byte crashes[2];            /* the attribute user.spool.crashes: a bit for each attempt */

#define BIT(attempt) (1 << (attempt))
#define COUNT(bits) (((bits) >> 1 & 1) + ((bits) >> 2 & 1) + ((bits) >> 3 & 1))

/* Whose it is: 0, or 1 + the job. */
byte result[IDS];           /* results/Q/ID.json */
byte files[IDS];            /* results/Q/ID.files */
byte reason[IDS];           /* errors/Q/ID.error */
byte runs[2 * IDS];          /* active/W/ID/ */
bool output[2 * IDS];       /* active/W/ID/stdout */
bool kept[2 * IDS];         /* active/W/ID/files */
#define RUN(w, id) ((w) * IDS + (id))

/* active/W/.lock */
#define FREE 0
#define BY_WORKER 1
#define BY_DISPATCHER 2
byte folderLock[2];

/* The lock of a job goes with its inode: held by the worker's descriptor, by the task, by what the task left behind. */
byte holder[2];             /* 0, or 1 + the worker */
byte task[2];               /* 0, or 1 + the worker that started it, or: */
#define ORPHANED 3          /* its worker is dead, and the kernel's SIGKILL on its way */
bool orphan[2];             /* a process of the task that no parent-death signal reaches */
#define LOCKED(j) (holder[j] != 0 || task[j] != 0 || orphan[j])

#define STANDS_AT(j, where, n) (place[j] == (where) && name[j] == (n))
/* Whose file stands there. */
#define AT(where, n) (STANDS_AT(0, where, n) -> 0 : (STANDS_AT(1, where, n) -> 1 : NOBODY))

#define OK     0
#define ENOENT 1
#define EEXIST 2

/* Used within one step only. */
hidden byte subject;

/* renameat2(2) with RENAME_NOREPLACE; `e` has the outcome. */
inline rename(source, was, target, is) {
  d_step {
    subject = AT(source, was);
    if
    :: subject == NOBODY -> e = ENOENT
    :: subject != NOBODY && AT(target, is) != NOBODY -> e = EEXIST
    :: else -> place[subject] = target; name[subject] = is; e = OK
    fi;
    subject = 0
  }
}

/* rename(2) without the flag, in a model that shall fail: what stood there is no more. */
inline overwrite(source, was, target, is) {
  d_step {
    subject = AT(target, is);
    if :: subject != NOBODY -> place[subject] = LOST; name[subject] = 0 :: else fi;
    subject = AT(source, was);
    if
    :: subject == NOBODY -> e = ENOENT
    :: else -> place[subject] = target; name[subject] = is; e = OK
    fi;
    subject = 0
  }
}

#define HAS_RESULT(j) (result[0] == 1 + (j) || result[1] == 1 + (j) || result[2] == 1 + (j))

/* unlink(2) of a job that is settled. Nobody asks for it again, so its own result has to stand. */
inline unlinkJob(w, gone, mine) {
  d_step {
    subject = AT(ACTIVE + w, gone);
    if
    :: subject == NOBODY || (mine != NOBODY && mine != subject)
    :: else ->
       assert(HAS_RESULT(subject) || touched[subject]);                       /* no job is lost */
       place[subject] = DONE; name[subject] = 0; crashes[subject] = 0; crashed[subject] = 0; begun[subject] = 0
    fi;
    subject = 0
  }
}

inline removeRun(w, ofID) {
  d_step { runs[RUN(w, ofID)] = 0; output[RUN(w, ofID)] = false; kept[RUN(w, ofID)] = false }
}

inline makeRun(w, begins, j) {
  d_step {
    runs[RUN(w, ID(begins))] = 1 + j; output[RUN(w, ID(begins))] = true; kept[RUN(w, ID(begins))] = true;
    begun[j] = ATTEMPT(begins);
    if :: ATTEMPT(begins) == 1 -> crashed[j] = 0 :: else fi
  }
}

/* What the kernel does when a worker dies: its locks fall, its tasks are killed a moment later. */
inline dropWorker(w) {
  if :: folderLock[w] == BY_WORKER -> folderLock[w] = FREE :: else fi;
  if :: holder[0] == 1 + w -> holder[0] = 0 :: else fi;
  if :: holder[1] == 1 + w -> holder[1] = 0 :: else fi;
  if :: task[0] == 1 + w -> task[0] = ORPHANED :: else fi;
  if :: task[1] == 1 + w -> task[1] = ORPHANED :: else fi;
  alive[w] = false
}

#define IN_ITS_RUN(j, w) \
  (place[j] == ACTIVE + (w) && runs[RUN(w, ID(name[j]))] == 1 + (j) && begun[j] == ATTEMPT(name[j]) && \
   result[ID(name[j])] != 1 + (j))

/* For the assertions: that the attempt which the job is in has crashed. */
inline noteDeath(w) {
  if :: IN_ITS_RUN(0, w) -> crashed[0] = crashed[0] | BIT(begun[0]) :: else fi;
  if :: IN_ITS_RUN(1, w) -> crashed[1] = crashed[1] | BIT(begun[1]) :: else fi
}
