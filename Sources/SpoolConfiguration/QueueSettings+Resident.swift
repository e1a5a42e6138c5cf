// SPDX-License-Identifier: MIT

extension QueueSettings {
  /// Takes over how a resident task is kept, as far as the table names it.
  mutating func readResident(_ table: SettingsTable) throws(SettingsError) {
    isResident = try table.flag("resident") ?? isResident
    residentJobs = try table.count("resident_jobs", atLeast: 1) ?? residentJobs
    residentMemory = try table.size("resident_memory") ?? residentMemory
  }
}
