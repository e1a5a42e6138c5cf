// SPDX-License-Identifier: MIT
import CFuzzer
import FuzzChecks

/// Feeds JobCheck with whatever libFuzzer thinks of; a complaint is a trap, which libFuzzer keeps.
func main() -> Int32 {
  var count = CommandLine.argc
  var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  return LLVMFuzzerRunDriver(&count, &words) { start, size in
    let bytes = Array(UnsafeBufferPointer(start: start, count: size))
    if let complaint = JobCheck.complaint(about: bytes) { fatalError(complaint) }
    return 0
  }
}

_ = main()
