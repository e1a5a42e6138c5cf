// SPDX-License-Identifier: MIT
import SystemCalls

/// A small disk of its own, an image on a loop device, whose power can be cut at any moment.
///
/// The cut is GOINGDOWN, the ioctl by which file systems are tested: from then on nothing gets to the disk, and the
/// next mount replays the journal as it does after a real power cut.
package final class Disk {
  package enum FileSystem: String, CaseIterable, Sendable { case ext4, xfs }

  /// What the cut leaves of the journal's part that had not been written yet; a real one leaves anything between the two.
  package enum Cut: Int, CaseIterable, Sendable {
    /// All of it is on the disk, but no data: names without their bytes.
    case journalWritten = 1
    /// None of it is.
    case journalLost = 2
  }

  /// Why there can be no such disk here.
  package struct Unavailable: Error, CustomStringConvertible {
    package let description: String
  }

  private let directory: TemporaryDirectory
  private let shell: Shell
  private let device: String
  /// Where it is mounted.
  package let path: String

  /// - Parameter inMemory: the image is; then syncs are fast, and more cuts fit into the time.
  package init(_ fileSystem: FileSystem, inMemory: Bool = true) throws {
    directory = try TemporaryDirectory("disk", inMemory: inMemory)
    path = directory.path + "/mounted"
    shell = Shell(directory: directory.path)
    try directory.write(Self.cutProgram, to: "cut.c")
    guard shell.run("gcc -Wall -Werror -o cut cut.c && mkdir mounted") != nil else {
      throw Unavailable(description: "no C compiler")
    }
    // The smallest that mkfs.xfs makes; it is sparse.
    let make = "truncate -s 320M image && mkfs.\(fileSystem.rawValue) -q image"
    guard shell.run(make) != nil else {
      throw Unavailable(description: "no mkfs.\(fileSystem.rawValue)")
    }
    device = shell.run("losetup --find --show image") ?? ""
    guard !device.isEmpty, shell.run("mount \(device) mounted") != nil else {
      throw Unavailable(description: "no right to mount a loop device")
    }
  }

  /// Nil, and said so, where there can be none.
  package static func make(
    _ fileSystem: FileSystem, inMemory: Bool = true, for purpose: String
  ) -> Disk? {
    do {
      return try Disk(fileSystem, inMemory: inMemory)
    } catch {
      print("SKIPPED: \(purpose), \(fileSystem.rawValue): \(error)")
      return nil
    }
  }

  deinit {
    if !device.isEmpty { _ = shell.run("umount -l mounted; losetup -d \(device)") }
  }

  /// Cuts the power: everything on the disk that asks for it from now on fails.
  package func cut(_ cut: Cut) {
    precondition(shell.run("./cut mounted \(cut.rawValue)") != nil, "the power was not cut")
  }

  /// Puts the power back; every program that used the disk has ended.
  package func restore() {
    precondition(shell.run(restoring) != nil, "the disk was not mounted again")
  }

  /// Both at once, where no program uses the disk.
  package func cutAndRestore(_ cut: Cut) {
    let isMounted = shell.run("./cut mounted \(cut.rawValue) && \(restoring)")
    precondition(isMounted != nil, "the power was not cut, or the disk not mounted again")
  }

  /// A killed process lets go of its files an instant after it is seen to be dead; and whoever has copied our mounts for
  /// himself meanwhile (unshare(1), a service manager) keeps the dead file system alive, which then is what is mounted.
  private var restoring: String {
    """
    for ((n = 0; n < 1000; n++)); do
      umount mounted 2>/dev/null && mount \(device) mounted && sync -f mounted 2>/dev/null && exit 0
      sleep 0.01
    done
    exit 1
    """
  }

  /// The ioctl of `xfs_io -c shutdown`, which ext4 and XFS share.
  private static let cutProgram = """
    #include <fcntl.h>
    #include <stdint.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <sys/ioctl.h>
    int main(int count, char **words) {
      uint32_t flavour = count == 3 ? atoi(words[2]) : 0;
      int mounted = open(count == 3 ? words[1] : "", O_RDONLY | O_DIRECTORY);
      if (mounted >= 0 && ioctl(mounted, _IOR('X', 125, uint32_t), &flavour) == 0) return 0;
      perror("cut");
      return 71;
    }
    """
}
