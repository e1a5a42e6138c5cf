// SPDX-License-Identifier: MIT

/// A stage of a job's life, named after the directory that holds its file.
///
///     producer ──▶ incoming ──claim──▶ active ──finish──▶ results
///                   │ ▲  ▲ ▲             │ │
///            reject │ │  │ └──giveBack───┤ └────bury────▶ errors
///                   │ │  └────reclaim────┤
///                   ▼ └release─┐         │
///               corrupt      deferred ◀──┴──retry
///                              ▲
///                   incoming ──┘ postpone
///
/// | transition | from → to            | made by    | performed by                    |
/// | ---------- | -------------------- | ---------- | ------------------------------- |
/// | submit     | outside → incoming   | producer   | ``Spool/submit(_:to:as:)``      |
/// | claim      | incoming → active    | dispatcher | ``Spool/claim(_:for:as:)``      |
/// | reject     | incoming → corrupt   | dispatcher | ``Spool/reject(_:in:because:)`` |
/// | postpone   | incoming → deferred  | dispatcher | ``Spool/postpone(_:until:as:)`` |
/// | release    | deferred → incoming  | dispatcher | ``Spool/release(_:in:)``        |
/// | reclaim    | active → incoming    | dispatcher | ``Spool/reclaim(_:of:)``        |
/// | finish     | active → results     | worker     | ``Spool/finish(_:of:)``         |
/// | follow     | results → incoming   | both       | ``Spool/finish(_:of:)``         |
/// | retry      | active → deferred    | worker     | ``Spool/retry(_:of:at:)``       |
/// | bury       | active → errors      | both       | ``Spool/bury(_:of:because:)``   |
/// | giveBack   | active → incoming    | worker     | ``Spool/giveBack(_:of:)``       |
///
/// follow enqueues the steps after a job whose result stands; the job itself stays done.
/// hold/ is moved into and out of by people alone.
package enum JobState: String, CaseIterable, Sendable {
  case incoming, active, deferred, hold, results, errors, corrupt
}
