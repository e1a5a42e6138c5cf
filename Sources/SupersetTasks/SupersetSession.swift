// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetConfiguration
import SupersetMetadata
import SystemCalls
import TaskContract
import TaskRuntime

/// Superset as a task sees it: its settings and its metadata, looked at once for a run.
package struct SupersetSession {
  package let settings: SupersetSettings
  package let databases: SupersetDatabases
  package let metadata: MetadataStore

  package init(_ context: TaskContext) throws(SupersetTaskError) {
    let memory = context.memory.kept(SupersetMemory.init)
    do {
      settings = try SupersetSettings.load(
        path: context.configurationPath, metadataURL: context.metadataURL,
        secretKey: context.secretKey, memory: memory)
    } catch { throw .configuration(error) }
    let cancellation = context.cancellation
    do {
      databases = try SupersetDatabases(
        settings,
        until: context.environment[.deadline].flatMap(Double.init).map(Timestamp.init(seconds:)),
        memory: memory, isCancelled: { cancellation.isRequested },
        session: { Self.postgresSession(context) })
    } catch {
      switch error {
      case .configuration(let error): throw .configuration(error)
      case .database(let error): throw .metadata(.database(error))
      }
    }
    do { metadata = MetadataStore(try databases.metadata()) } catch {
      throw .metadata(.database(error))
    }
  }

  /// What may change the metadata, opened here; who writes often holds on to it.
  package func metadataWriter() throws(SupersetTaskError) -> any SQLWriter {
    do { return try databases.metadataWriter() } catch { throw .metadata(.database(error)) }
  }

  /// spool-postgres lies beside the task.
  private static func postgresSession(_ context: TaskContext) -> PostgresDatabase.Session {
    PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: context.variables)
  }
}
