/* SPDX-License-Identifier: MIT */

/* JobDispatch: a dispatcher, from the start of its process to its death, again and again. */

/* WorkerSlot: what it knows of a worker. */
#define NO_SLOT 0
#define LIVING  1
#define DEAD    2

/* The jobs that a slot holds, by id; their names, or 0. */
#define SLOT(w, id) jobs[(w) * IDS + (id)]
#define LOAD(w) ((SLOT(w, 0) != 0) + (SLOT(w, 1) != 0) + (SLOT(w, 2) != 0))
#define HAS_ROOM(w) (slot[w] == LIVING && LOAD(w) < ROOM)

/* Dispatcher.isKnown. */
#ifdef DEAD_FOLDERS_UNKNOWN
#define KNOWN_TO_BE_DEAD(w) false
#else
#define KNOWN_TO_BE_DEAD(w) slot[w] == DEAD
#endif
#define KNOWN_IN(w, id) \
  ((slot[w] == LIVING && SLOT(w, id) != 0 && AT(ACTIVE + (w), SLOT(w, id)) != NOBODY) || \
   (KNOWN_TO_BE_DEAD(w) && IN_FOLDER(w, id)))
#define KNOWN(id) (KNOWN_IN(0, id) || KNOWN_IN(1, id))

/* WorkerSlot.refresh */
inline refresh(w) {
  d_step {
    SLOT(w, 0) = 0; SLOT(w, 1) = 0; SLOT(w, 2) = 0;
    if :: place[0] == ACTIVE + w -> SLOT(w, ID(name[0])) = name[0] :: else fi;
    if :: place[1] == ACTIVE + w -> SLOT(w, ID(name[1])) = name[1] :: else fi
  }
}

inline forgetSlot(w, state) { slot[w] = state; SLOT(w, 0) = 0; SLOT(w, 1) = 0; SLOT(w, 2) = 0 }

#ifdef FOLDER_LOCK_IGNORED
#define WORKER_HAS(w) false
#define CAN_LOCK(w) true
#else
#define WORKER_HAS(w) folderLock[w] == BY_WORKER
#define CAN_LOCK(w) folderLock[w] == FREE
#endif

#ifdef JOB_LOCK_IGNORED
#define IN_USE(j) false
#else
#define IN_USE(j) LOCKED(j)
#endif

/* Dispatcher.adopt: true where a worker holds the lock. */
inline adopt(w) {
  if
  :: d_step { WORKER_HAS(w) -> slot[w] = LIVING; refresh(w) }; trigger[w] = true
  :: d_step { !(WORKER_HAS(w)) -> slot[w] = DEAD }
  fi
}

inline takeOverWorkers() {
  adopt(0);
  adopt(1)
}

inline refreshWorkers() {
  if :: slot[0] == LIVING && LOAD(0) > 0 -> refresh(0) :: else fi;
  if :: slot[1] == LIVING && LOAD(1) > 0 -> refresh(1) :: else fi
}

/* Descendants.killHolders: whoever has the job's file open. */
inline killHolders(j) {
  atomic {
    task[j] = 0; orphan[j] = false;
    if
    :: holder[j] != 0 -> v = holder[j] - 1; noteDeath(v); dropWorker(v); killed[v] = true; v = 0
    :: else
    fi
  }
}

/* Spool.reclaim: the caller holds the worker's lock, nobody holds the job's. */
inline reclaim(w, j) {
  if
  :: FINISHED(w, ID(n)) -> unlinkJob(w, n, NOBODY)
  :: else ->
     if
     :: runs[RUN(w, ID(n))] == 0 -> giveBack(w, n)
     :: else ->
        noteCrash(w, n);
        /* A run that the attempt before has left in this folder counts, too: DECISIONS tells when. */
        if :: begun[j] != ATTEMPT(n) -> crashed[j] = crashes[j] :: else fi;
        if
        :: COUNT(crashes[j]) >= CRASH_LIMIT ->
           assert(COUNT(crashed[j]) >= CRASH_LIMIT || touched[j]);     /* none is poison that did not crash so often */
           bury(w, n)
        :: COUNT(crashes[j]) < CRASH_LIMIT && ATTEMPT(n) >= TRIES -> bury(w, n)
        :: else -> move(ACTIVE + w, n, INCOMING, NEXT(n))
        fi
     fi
  fi;
  d_step { removeRun(w, ID(n)); n = 0; id = 0; e = 0 }
}

inline settleJob(w, j) {
  if
  :: place[j] == ACTIVE + w && IN_USE(j) -> killHolders(j); isSettled = false
  :: d_step { place[j] == ACTIVE + w && !(IN_USE(j)) -> n = name[j] }; reclaim(w, j)
  :: place[j] != ACTIVE + w
  fi
}

inline sweep(w) {
  d_step {
    removeRun(w, 0); removeRun(w, 1); removeRun(w, 2)
  }
}

/* Dispatcher.settle */
inline settleDead(w) {
  if
  :: d_step { CAN_LOCK(w) -> folderLock[w] = BY_DISPATCHER };
     isSettled = true;
     settleJob(w, 0);
     settleJob(w, 1);
     d_step {
       if
       :: isSettled -> sweep(w); forgetSlot(w, NO_SLOT)
       :: else -> isSettled = true
       fi;
       folderLock[w] = FREE
     }
  :: WORKER_HAS(w) -> adopt(w)
  fi
}

inline startWorker(w) { forgetSlot(w, LIVING); alive[w] = true; started[w] = true }

#ifdef CLAIM_OVERWRITES
#define CLAIM(n, w) overwrite(INCOMING, n, ACTIVE + w, n); id = ID(n)
#else
#define CLAIM(n, w) rename(INCOMING, n, ACTIVE + w, NAME(id, ATTEMPT(n)))
#endif

/* Spool.claim, with the look for a free id before it. */
inline claim(w) {
  freeID(n, INCOMING, KNOWN(id));
  d_step {
    CLAIM(n, w);
    if :: e == OK -> SLOT(w, id) = NAME(id, ATTEMPT(n)) :: else fi
  };
  d_step { if :: e == OK -> trigger[w] = true :: else fi; n = 0; id = 0; e = 0 }
}

#define CAN_START(w) (!HAS_ROOM(0) && !HAS_ROOM(1) && slot[w] == NO_SLOT)

/* FeedPlan.actions: to a living worker that has room, or else a worker more. */
#define FEED(j) \
  :: d_step { place[j] == INCOMING && HAS_ROOM(0) -> n = name[j] }; claim(0) \
  :: d_step { place[j] == INCOMING && HAS_ROOM(1) -> n = name[j] }; claim(1) \
  :: d_step { place[j] == INCOMING && CAN_START(0) -> startWorker(0) } \
  :: d_step { place[j] == INCOMING && CAN_START(1) && slot[0] != NO_SLOT -> startWorker(1) }

/* Spool.release: its time has come. */
inline release() {
  move(DEFERRED, n, INCOMING, n);
  d_step { n = 0; id = 0; e = 0 }
}

proctype Dispatcher() {
  byte slot[2], jobs[2 * IDS], n, e, id, v;
  bool isSettled = true;

end:
  do
  :: dispatcherAlive = true;
     {
       takeOverWorkers();
end_idle:
       do
       :: d_step { dispatcherTrigger -> dispatcherTrigger = false; refreshWorkers() }
       :: d_step { backstops > 0 -> backstops--; refreshWorkers() }
       :: d_step { slot[0] == LIVING && !alive[0] -> forgetSlot(0, DEAD) }
       :: d_step { slot[1] == LIVING && !alive[1] -> forgetSlot(1, DEAD) }
       :: slot[0] == DEAD -> settleDead(0)
       :: slot[1] == DEAD -> settleDead(1)
       :: d_step { place[0] == DEFERRED -> n = name[0] }; release()
       :: d_step { place[1] == DEFERRED -> n = name[1] }; release()
       FEED(0)
       FEED(1)
       od
     } unless { dispatcherKilled };
     d_step {
       dispatcherKilled = false; isSettled = true; n = 0; e = 0; id = 0; v = 0;
       forgetSlot(0, NO_SLOT); forgetSlot(1, NO_SLOT)
     }
  od
}
