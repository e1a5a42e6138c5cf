// SPDX-License-Identifier: MIT

extension QueueSettings {
  /// With less a program cannot even be loaded, and would fail as if the machine were short of memory.
  static let leastMemory = 16 << 20
  /// Four are the task's own from the start; the rest is for loaders and shells.
  static let leastOpenFiles = 16

  /// Takes over what the kernel shall keep a task to, as far as the table names it.
  mutating func readLimits(_ table: SettingsTable) throws(SettingsError) {
    openFilesLimit =
      try table.count("open_files_limit", atLeast: Self.leastOpenFiles) ?? openFilesLimit
    if let memory = try table.size("memory_limit") {
      guard memory >= Self.leastMemory else { throw table.wrong("memory_limit", "16MB or more") }
      memoryLimit = memory
    }
    if let time = try table.duration("cpu_limit") {
      guard time > .zero else { throw table.wrong("cpu_limit", "a time above 0") }
      cpuLimit = time
    }
  }
}
