/* SPDX-License-Identifier: MIT */

/* Everybody else: death, the kernel, producers and people. */

inline killWorker(w) {
  d_step {
    alive[w] && !started[w] && !killed[w] && workerDeaths > 0 ->
    workerDeaths--;
    noteDeath(w);
    dropWorker(w);
    asked[w] = false;
    killed[w] = true
  }
}

proctype Death() {
end:
  do
  :: killWorker(0)
  :: killWorker(1)
  :: d_step {
       dispatcherAlive && dispatcherDeaths > 0 ->
       dispatcherDeaths--;
       dispatcherAlive = false;
       dispatcherKilled = true;
       if :: folderLock[0] == BY_DISPATCHER -> folderLock[0] = FREE :: else fi;
       if :: folderLock[1] == BY_DISPATCHER -> folderLock[1] = FREE :: else fi
     }
  od
}

/* PR_SET_PDEATHSIG; and a task that leaves a process behind which it does not reach. */
proctype Kernel() {
end:
  do
  :: task[0] == ORPHANED -> task[0] = 0
  :: task[1] == ORPHANED -> task[1] = 0
  :: d_step { orphans > 0 && task[0] != 0 && task[0] != ORPHANED -> orphans--; orphan[0] = true }
  :: d_step { orphans > 0 && task[1] != 0 && task[1] != ORPHANED -> orphans--; orphan[1] = true }
  od
}

inline drop(j) {
  d_step {
    place[j] == OUTSIDE && (j == 0 || place[0] != OUTSIDE) && AT(INCOMING, NAME(0, 1)) == NOBODY ->
    place[j] = INCOMING; name[j] = NAME(0, 1)
  }
}

#define IN_A_FOLDER(j) (place[j] >= ACTIVE)

/* For a person's move, which may race with ours: the assertions that then do not hold are not made. */
inline moveByHand(j, to) {
  moves--; touched[j] = true; crashed[j] = 0; place[j] = to
}

/* rm; mv -n to hold/; mv -n back to incoming/ */
#define MOVES_OF(j) \
  :: d_step { moves > 0 && (WAITS(j) || IN_A_FOLDER(j)) -> moveByHand(j, REMOVED); name[j] = 0 } \
  :: d_step { moves > 0 && (place[j] == INCOMING || place[j] == DEFERRED || IN_A_FOLDER(j)) && \
       AT(HOLD, name[j]) == NOBODY -> moveByHand(j, HOLD) } \
  :: d_step { moves > 0 && (place[j] == HOLD || place[j] == ERRORS || IN_A_FOLDER(j)) && \
       AT(INCOMING, name[j]) == NOBODY -> moveByHand(j, INCOMING) }

/* SIGTERM to a worker, of which the dispatcher does not know. */
#define SIGTERM_TO(w) \
  :: d_step { moves > 0 && alive[w] && !started[w] && !asked[w] -> moves--; asked[w] = true }

proctype People() {
end:
  do
  :: drop(0)
  :: drop(1)
  MOVES_OF(0)
  MOVES_OF(1)
  SIGTERM_TO(0)
  SIGTERM_TO(1)
  od
}
