/* SPDX-License-Identifier: MIT */

/* The transitions of JobState.swift, each step a system call: what SpoolProtocol does, whoever calls it.
   The last step of each, which removes the run, is the caller's: it is one with whatever the caller does then. */

#define WAITS(j) (place[j] == INCOMING || place[j] == DEFERRED || place[j] == HOLD)
#define STANDS_AS(j, id, attempt, from, n) \
  (!STANDS_AT(j, from, n) && \
    ((WAITS(j) && (name[j] == NAME(id, 1) || name[j] == NAME(id, attempt))) || \
     (place[j] == ERRORS && ID(name[j]) == (id))))
/* Spool.stands: whether anything but `from/n` has this id. */
#define STANDS(id, attempt, from, n) \
  (result[id] != 0 || STANDS_AS(0, id, attempt, from, n) || STANDS_AS(1, id, attempt, from, n))

#define IN_FOLDER(w, id) \
  ((place[0] == ACTIVE + (w) && ID(name[0]) == (id)) || (place[1] == ACTIVE + (w) && ID(name[1]) == (id)))
#define IN_SOME_FOLDER(id) (IN_FOLDER(0, id) || IN_FOLDER(1, id))

/* Spool.freeID: the id itself, or the first of -2, -3 ... that is free; `id` has it. */
inline freeID(wanted, where, isTaken) {
  id = ID(wanted);
  do
  :: atomic { isTaken -> id = (id + 1) % IDS }
  :: else ->
     if
     :: atomic { STANDS(id, ATTEMPT(wanted), where, wanted) -> id = (id + 1) % IDS }
     :: else -> break
     fi
  od;
  skip  /* spin allows no jump into a d_step, which may follow */
}

/* Spool.move: under its own name, or where another job has that, under the next free one. */
inline move(from, old, to, new) {
  rename(from, old, to, new);
  if
  :: e != EEXIST
  :: e == EEXIST -> freeID(new, from, false); rename(from, old, to, NAME(id, ATTEMPT(new)))
  fi
}

/* Spool.retry: the attempt is over, the job waits for its next one. */
inline retry(w, job) { move(ACTIVE + w, job, DEFERRED, NEXT(job)) }

/* Spool.giveBack: the same attempt. */
inline giveBack(w, job) { move(ACTIVE + w, job, INCOMING, job) }

/* Spool.bury: the reason is there before the job is. */
inline bury(w, job) {
  if
  :: AT(ACTIVE + w, job) == NOBODY
  :: AT(ACTIVE + w, job) != NOBODY && AT(ERRORS, FAILED(ID(job))) == NOBODY -> id = ID(job)
  :: else -> freeID(job, ACTIVE + w, IN_SOME_FOLDER(id))
  fi;
  publishReason(w, job);
  rename(ACTIVE + w, job, ERRORS, FAILED(id))
}

inline publishReason(w, job) {
  d_step {
    subject = AT(ACTIVE + w, job);
    if
    :: subject == NOBODY
    :: else ->
       assert(AT(ERRORS, FAILED(id)) == NOBODY || touched[subject]);        /* no reason is overwritten */
       reason[id] = 1 + subject
    fi;
    subject = 0
  }
}

/* Spool.isFinished: the output has left its run for results/; a result beside an output is another job's. */
#ifdef ANY_RESULT_COUNTS
#define FINISHED(w, id) (result[id] != 0)
#else
#define FINISHED(w, id) (result[id] != 0 && runs[RUN(w, id)] != 0 && !output[RUN(w, id)])
#endif

/* Spool.finish: the files, then the result, then the end of the job; `mine` is the inode that ran, where that is known. */
inline finish(w, job, mine) {
#ifdef UNLINK_BEFORE_RESULT
  unlinkJob(w, job, mine);
#endif
  do
#ifdef ANY_RESULT_COUNTS
  :: result[ID(job)] != 0 -> break
#endif
  :: !output[RUN(w, ID(job))] -> break
  :: else ->
     if
     :: result[ID(job)] == 0 -> id = ID(job)
     :: else -> freeID(job, ACTIVE + w, IN_SOME_FOLDER(id))
     fi;
     publishFiles(w, ID(job));
     publishResult(w, ID(job))
  od;
  unlinkJob(w, job, mine)
}

/* Files without a result are what a crash left of an earlier attempt. */
inline publishFiles(w, ofID) {
  d_step {
    if
    :: kept[RUN(w, ofID)] && result[id] == 0 -> files[id] = runs[RUN(w, ofID)]; kept[RUN(w, ofID)] = false
    :: else
    fi
  }
}

inline publishResult(w, ofID) {
  d_step {
    if
    :: result[id] == 0 -> result[id] = runs[RUN(w, ofID)]; output[RUN(w, ofID)] = false
    :: else
    fi
  }
}

/* Spool.noteCrash: the attempts that crashed, by number; a first attempt begins anew. */
inline noteCrash(w, job) {
  d_step {
    subject = AT(ACTIVE + w, job);
    if
    :: subject == NOBODY
    :: else ->
       crashes[subject] = (ATTEMPT(job) == 1 -> 0 : crashes[subject]) | BIT(ATTEMPT(job))
    fi;
    subject = 0
  }
}
