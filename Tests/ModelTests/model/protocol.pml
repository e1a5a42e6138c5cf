/* SPDX-License-Identifier: MIT */

/* The protocol of claim and reclaim, for spin(1): two jobs of one name, two workers, a dispatcher that may die and come
   back, and everybody who may get between them. The verifier takes every turn that they can take.

     tree.pml         where the files stand, the kernel's locks; rename(2), unlink(2)
     transitions.pml  SpoolProtocol: what a transition does, call by call
     worker.pml       JobExecution
     dispatcher.pml   JobDispatch
     world.pml        death, the kernel, producers and people

   | here                  | there                                     | system calls, each one step                      |
   | --------------------- | ----------------------------------------- | ------------------------------------------------ |
   | rename                | FileOperations.rename                     | renameat2(RENAME_NOREPLACE)                      |
   | freeID, STANDS, KNOWN | Spool.freeID, stands; Dispatcher.isKnown  | lstat, first of the folders, then of the rest    |
   | claim                 | Dispatcher.choose, Spool.claim            | lstat, renameat2, then the byte in .trigger      |
   | start                 | TaskStarter.start, Spool.begin            | open, flock, mkdir, clone: one step, see there   |
   | attend                | Worker.run, end, checkLimits              | waitid; kill of what is left; lstat              |
   | finish                | Spool.finish, publish, forget             | renameat2 of files and output, lstat and unlink  |
   | FINISHED              | Spool.isFinished                          | lstat of result, run and output                  |
   | retry, giveBack       | Spool.retry, giveBack, move               | renameat2                                        |
   | bury                  | Spool.bury, moveToErrors                  | rename of the reason, renameat2                  |
   | noteCrash             | Spool.noteCrash                           | setxattr                                         |
   | reclaim, settleDead   | Spool.reclaim, Dispatcher.settle, sweep   | flock of the folder and of the job, as above     |
   | killHolders           | Descendants.killHolders                   | kill                                             |
   | adopt, refresh        | Dispatcher.adopt, WorkerSlot.refresh      | flock, getdents64                                |
   | LOOK, trigger         | Worker.look, TriggerFIFO                  | getdents64, read                                 |
   | drain, MAY_LEAVE      | Worker.stop, DispatcherWatch.isGone       | flock of spool/.lock; renameat2 for each job     |
   | killWorker, dropWorker | a death, exit                            | what the kernel does with locks and children     |

   Any process may die between any two steps. What is asserted, where it could first be wrong:

     no job is lost                      unlinkJob: who is removed has its own result; Judge: it is still there at the end
     no job runs twice at once           start
     none is run whose result stands     start
     no crash goes uncounted; no job is  start; reclaim
       poison that did not crash so often
     nothing is overwritten              publishReason; rename cannot, publishResult takes no name that is taken
     no job is stuck                     Judge, when nothing can move; everyJobEnds, for paths without an end

   A name in capitals that ends no bound (JOB_LOCK_IGNORED ...) breaks the protocol on purpose: ModelTests.swift sees to it
   that each of these is found out. */

/* Bounds; a -D says otherwise. */
#ifndef WORKER_DEATHS
#define WORKER_DEATHS 1
#endif
#ifndef DISPATCHER_DEATHS
#define DISPATCHER_DEATHS 1
#endif
#ifndef ORPHANS
#define ORPHANS 1
#endif
/* Moves by hand, SIGTERM to a worker among them. */
#ifndef MOVES
#define MOVES 1
#endif
/* Looks of the dispatcher at its workers that nothing asks for. */
#ifndef BACKSTOPS
#define BACKSTOPS 1
#endif
/* Jobs whose tasks may fail; the other ones succeed. */
#ifndef FAILING
#define FAILING 1
#endif
/* Attempts in all, up to 3; crashes that make a job poison; jobs that a worker may have. */
#ifndef TRIES
#define TRIES 2
#endif
#ifndef CRASH_LIMIT
#define CRASH_LIMIT 2
#endif
#ifndef ROOM
#define ROOM 1
#endif
/* 41, 41-2, 41-3: for two jobs one of them is free. */
#define IDS 3
#define MAY_FAIL(j) (j < FAILING)

byte workerDeaths, dispatcherDeaths, orphans, moves, backstops;

bool started[2], alive[2], killed[2], asked[2], trigger[2];
bool dispatcherAlive, dispatcherKilled, dispatcherTrigger;

/* What is true, for the assertions alone. */
byte begun[2];      /* the attempt that was begun last */
byte crashed[2];    /* the attempts that have crashed, a bit each */
bool touched[2];    /* a person has moved it */

#include "tree.pml"
#include "transitions.pml"
#include "worker.pml"
#include "dispatcher.pml"
#include "world.pml"

#define ENDED(j) (place[j] == DONE || place[j] == ERRORS || place[j] == HOLD || place[j] == REMOVED)

#define BY_HAND (touched[0] || touched[1])

/* When nothing is left to be done. */
#define RIGHT(j) \
  (place[j] == HOLD || place[j] == REMOVED || (place[j] == DONE && (HAS_RESULT(j) || touched[j])) || \
   (place[j] == ERRORS && (reason[ID(name[j])] == 1 + (j) || BY_HAND)))
#define PAIRED(id) (result[id] == 0 || files[id] == result[id] || BY_HAND)

proctype Judge() {
end:
  timeout ->
  assert(ENDED(0) && ENDED(1));                                      /* no job is stuck */
  assert(RIGHT(0) && RIGHT(1));
  assert(PAIRED(0) && PAIRED(1) && PAIRED(2))                        /* a result has its own files */
}

init {
  atomic {
    /* What is granted is used: only so is a job found that would be stuck without it. */
    select(workerDeaths : 0 .. WORKER_DEATHS);
    select(dispatcherDeaths : 0 .. DISPATCHER_DEATHS);
    select(orphans : 0 .. ORPHANS);
    select(moves : 0 .. MOVES);
    select(backstops : 0 .. BACKSTOPS);
    run Worker(0); run Worker(1); run Dispatcher(); run Death(); run Kernel(); run People(); run Judge()
  }
}

ltl everyJobEnds { []<> (ENDED(0) && ENDED(1)) }
