/* SPDX-License-Identifier: MIT */

/* JobExecution: a worker, from the start of its process to its end, again and again. */

#define MAY_LEAVE(w) (asked[w] || !dispatcherAlive)

/* How a task ends. */
#define SUCCESS   1
#define TEMPORARY 2
#define PERMANENT 3
#define CRASHED   4
#define CANCELLED 5
#define STOPPED   6

/* A job's name in a folder; 0 where it is not there any more. */
#define NAME_IN(w, j) (place[j] == ACTIVE + (w) -> name[j] : 0)

/* Worker.look: what stands in the folder, but for the job in hand, which is known by its name. */
#define WAITING(w, j) (place[j] == ACTIVE + (w) && name[j] != n)
#define LOOK(w) waiting = (WAITING(w, 0) -> 1 : 0) + (WAITING(w, 1) -> 2 : 0)

/* Worker.stop: what has not been begun goes back. */
inline drain(w) {
  d_step { draining = true; LOOK(w) };
  do
  :: d_step { waiting & 1 -> waiting = waiting & 2; m = NAME_IN(w, 0) }; giveBack(w, m); removeRun(w, ID(m))
  :: d_step { waiting == 2 -> waiting = 0; m = NAME_IN(w, 1) }; giveBack(w, m); removeRun(w, ID(m))
  :: waiting == 0 -> break
  od;
  skip;
  d_step { m = 0; e = 0; id = 0; dispatcherTrigger = true }
}

#ifdef START_WITHOUT_LOCK
#define CAN_HOLD(j) true
#else
#define CAN_HOLD(j) !LOCKED(j)
#endif

/* TaskStarter.start: open, lock, Spool.begin, clone. One step, since nobody looks at a run whose worker lives: death
   before mkdir leaves what death before it all does, and death after mkdir what death after the task's end does. */
inline start(w) {
  do
  :: d_step {
       AT(ACTIVE + w, n) != NOBODY && CAN_HOLD(AT(ACTIVE + w, n)) ->
       file = AT(ACTIVE + w, n);
       holder[file] = 1 + w;
       makeRun(w, n, file);
       assert(task[file] == 0 && !orphan[file]);                     /* no job runs twice at once */
       assert(!HAS_RESULT(file) || touched[file]);                         /* none is run whose result stands */
       assert((crashed[file] & ~crashes[file]) == 0);                /* no crash goes uncounted */
       task[file] = 1 + w
     };
     break
  :: AT(ACTIVE + w, n) == NOBODY || (LOCKED(AT(ACTIVE + w, n)) && MAY_LEAVE(w)) -> break
  od;
  skip
}

/* The group and all descendants are killed and reaped; then Worker.end looks whether the job is still there. */
#define END_OF_TASK(how) \
  d_step { \
    (how) == SUCCESS || MAY_FAIL(file) -> \
    task[file] = 0; orphan[file] = false; holder[file] = 0; \
    outcome = (AT(ACTIVE + w, n) == file -> (how) : CANCELLED); \
    if :: outcome == CRASHED -> crashed[file] = crashed[file] | BIT(ATTEMPT(n)) :: else fi \
  }

/* The task runs, until it ends by itself or is ended. */
inline attend(w) {
  do
  :: d_step { trigger[w] -> trigger[w] = false; LOOK(w) }
  :: MAY_LEAVE(w) && !draining -> drain(w)
  :: END_OF_TASK(SUCCESS); break
  :: END_OF_TASK(TEMPORARY); break
  :: END_OF_TASK(PERMANENT); break
  :: END_OF_TASK(CRASHED); break
  :: draining && MAY_FAIL(file) -> END_OF_TASK(STOPPED); break
  od;
  skip
}

/* Settler.settle, Worker.commit; then what was dropped while it ran is looked for. */
inline settle(w) {
  if
  :: outcome == SUCCESS -> finish(w, n, file)
  :: outcome == TEMPORARY && ATTEMPT(n) < TRIES -> retry(w, n)
#ifdef CRASH_NOTED_LATE
  :: outcome == CRASHED && ATTEMPT(n) < TRIES -> retry(w, n); noteCrash(w, n)
#else
  :: outcome == CRASHED && ATTEMPT(n) < TRIES ->
     noteCrash(w, n);
     if
     :: COUNT(crashes[file]) >= CRASH_LIMIT -> bury(w, n)
     :: COUNT(crashes[file]) < CRASH_LIMIT -> retry(w, n)
     fi
#endif
  :: outcome == PERMANENT || ((outcome == TEMPORARY || outcome == CRASHED) && ATTEMPT(n) >= TRIES) -> bury(w, n)
  :: outcome == CANCELLED
  :: outcome == STOPPED -> giveBack(w, n)
  fi
}

/* Worker.start. */
inline take(w, j) {
  d_step { waiting = waiting & (2 - j); n = NAME_IN(w, j) };
  if
  :: n == 0
  :: n != 0 && FINISHED(w, ID(n)) -> finish(w, n, NOBODY)
  :: n != 0 && !FINISHED(w, ID(n)) ->
     start(w);
     if
     :: file == NOBODY -> n = 0
     :: file != NOBODY -> attend(w); settle(w)
     fi
  fi;
  d_step {
    if :: n != 0 -> removeRun(w, ID(n)) :: else fi;
    file = NOBODY; outcome = 0; n = 0; e = 0; id = 0;
    dispatcherTrigger = true;
#ifndef NO_LOOK_AFTERWARDS
    LOOK(w)
#endif
  }
}

proctype Worker(byte w) {
  byte n, m, file = NOBODY, waiting, outcome, e, id;
  bool draining;

end:
  do
  :: d_step { started[w] -> started[w] = false };
     {
       if
       :: d_step { folderLock[w] == FREE -> folderLock[w] = BY_WORKER };
          d_step { trigger[w] = false; LOOK(w) };
end_idle: do
#ifdef LOOK_BEFORE_DRAINING
          :: !draining && trigger[w] -> LOOK(w); trigger[w] = false
#else
          :: d_step { !draining && trigger[w] -> trigger[w] = false; LOOK(w) }
#endif
          :: !draining && waiting & 1 -> take(w, 0)
          :: !draining && waiting & 2 -> take(w, 1)
          :: !draining && MAY_LEAVE(w) -> drain(w)
          :: draining -> break
          od
       :: folderLock[w] != FREE
       fi;
       skip;
       d_step { dropWorker(w); asked[w] = false }
     } unless { killed[w] };
     d_step {
       killed[w] = false; draining = false;
       n = 0; m = 0; file = NOBODY; waiting = 0; outcome = 0; e = 0; id = 0
     }
  od
}
