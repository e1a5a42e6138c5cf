// SPDX-License-Identifier: MIT

/// What a process that takes several jobs keeps from one to the next, one thing of each type.
///
/// - Important: no result may depend on it; the process may be another one for each job.
package final class TaskMemory {
  private var things: [ObjectIdentifier: AnyObject] = [:]

  package init() {}

  /// The thing of this type, made where there is none yet.
  package func kept<Thing: AnyObject>(_ make: () -> Thing) -> Thing {
    let type = ObjectIdentifier(Thing.self)
    if let thing = things[type] as? Thing { return thing }
    let thing = make()
    things[type] = thing
    return thing
  }
}
