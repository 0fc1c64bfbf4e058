#pragma once

#include <cstdint>

// The protocol between guildhall and guildhall-vm. Both come from one build, so numbers are in native byte order.
//
// The control channel (a Unix stream socket, descriptor 3 of guildhall-vm) carries records of fixed size. A `run`
// record comes with a descriptor (SCM_RIGHTS): the run's own socket, which only the run's process reads and writes. It
// carries frames in both directions: the length of the rest in bytes (u32), then JSON, one object:
//
//   to the run   {"type": "run", "script": "...", "interaction": {...}, "guild": {...}, "args": [...],
//                 "limits": {"calls": 20, "callBytes": 65536, "consoleLines": 100, "consoleLineBytes": 2048}}
//                or {"type": "check", "script": "..."}; always the first frame, and the only one of a check
//                {"type": "result", "call": 1, "value": ...}
//                {"type": "result", "call": 1, "error": {"message": "...", "code": 50035}}   code: only Discord's
//                {"type": "wake"}                                     its first timer is due
//   from it      {"type": "call", "call": 1, "method": "reply", "arguments": {...}}          numbered from 1
//                {"type": "console", "level": "log", "text": "..."}
//                {"type": "idle", "wait": 12, "memory": 4096, "cpu": 5000}      it waits for a frame; exactly one
//                                 after each that it has received. wait: milliseconds until its first timer is due,
//                                 absent without one. memory: bytes beyond what an empty run uses. cpu: microseconds
//                                 of processor time that it has used so far
//                {"type": "ended"}
//                {"type": "failed", "reason": "exception", "name": "...", "message": "...", "line": 1, "column": 1,
//                 "stack": "..."}      reason: one of syntax, exception, cpu, memory, calls, call_size; the rest is
//                                      optional
//
// So a run does something only after a frame, and the parent decides when it gets one.
//
// After `ended` or `failed` the run's process exits. Its usage is reported on the control channel. If a limit is
// exceeded when no frame can be sent, the exit status names the limit.
namespace guildhall::vm::protocol {

inline constexpr int control_descriptor = 3;

/// Bytes of a frame in either direction, without its length.
inline constexpr std::uint32_t max_frame = 1U << 20;
/// Bytes of an `ended` or `failed` frame.
inline constexpr std::uint32_t max_last_frame = 16U << 10;

/// Exit status of a run's process (WEXITSTATUS).
enum ExitStatus : int {
  exit_reported = 0,  ///< After `ended` or `failed`.
  exit_cpu = 100,     ///< ScriptLimits::cpu, without a frame.
  exit_memory = 101,  ///< ScriptLimits::memory, without a frame.
  exit_broken = 102,  ///< Its parent has gone or violated the protocol.
};

enum class Op : std::uint32_t {
  // To guildhall-vm:
  run = 1,   ///< With a descriptor. number: the run; cpu, memory, wall: its limits; status: 1 for a low priority.
  kill = 2,  ///< number: the run. Ignored if it has ended.
  // From guildhall-vm:
  ready = 16,  ///< The first record: runs may be requested. number: bits of Missing.
  ended = 17,  ///< number: the run; status: as of waitpid(2); cpu, wall, memory: used.
};

/// Parts of the sandbox that the machine does not offer.
enum Missing : std::uint64_t {
  missing_namespaces = 1,  ///< user, mount, pid, network, IPC, UTS
  missing_seccomp = 2,
  missing_empty_root = 4,  ///< The file system could not be replaced by an empty one.
};

struct Record {
  Op op{};
  std::int32_t status = 0;
  std::uint64_t number = 0;  ///< Never 0 for a run.
  std::uint64_t cpu = 0;     ///< Microseconds.
  std::uint64_t wall = 0;    ///< Microseconds.
  std::uint64_t memory = 0;  ///< Bytes.
};
static_assert(sizeof(Record) == 40);

}  // namespace guildhall::vm::protocol
