// SPDX-License-Identifier: MIT
import SystemCalls

/// An open database that may stay open from one job to the next.
package protocol SQLConnection: AnyObject {
  /// Makes it ready for another job, after some time in which nobody looked at it.
  ///
  /// - Returns: false where it is not sure to show what one would see who opens it now.
  func resumes(until deadline: Timestamp?) -> Bool
}
