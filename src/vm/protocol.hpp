#pragma once

#include <cstdint>

// What guildhall and guildhall-vm say to each other. Both come from one build, so numbers are in the machine's order.
//
// The control channel (a Unix stream socket, descriptor 3 of guildhall-vm) carries records of fixed size. With a `run`
// record comes a descriptor (SCM_RIGHTS): the run's own socket, which only the run's process reads and writes. On it
// go frames in both directions: the length of what follows in bytes (u32), then JSON, one object:
//
//   to the run   {"type": "run", "script": "...", "interaction": {...}, "args": [...],
//                 "limits": {"calls": 20, "callBytes": 65536, "consoleLines": 100, "consoleLineBytes": 2048}}
//                or {"type": "check", "script": "..."}; it is the first one, and the only one where it is a check
//                {"type": "result", "call": 1, "value": ...}
//                {"type": "result", "call": 1, "error": {"message": "...", "code": 50035}}   code only for Discord's
//   from it      {"type": "call", "call": 1, "method": "reply", "arguments": {...}}          counted from 1
//                {"type": "console", "level": "log", "text": "..."}
//                {"type": "ended"}
//                {"type": "failed", "reason": "exception", "name": "...", "message": "...", "line": 1, "column": 1,
//                 "stack": "..."}      reason: one of syntax, exception, cpu, memory, calls, call_size; all but
//                                      reason may be absent
//
// After `ended` or `failed` the run's process ends by itself. How much it used is told on the control channel. Where a
// limit is passed at a moment that allows no frame, the process's exit status says so.
namespace guildhall::vm::protocol {

inline constexpr int control_descriptor = 3;

/// The longest frame in either direction, without its length.
inline constexpr std::uint32_t longest_frame = 1U << 20;
/// The longest frame from a run that is neither a call nor a console line.
inline constexpr std::uint32_t longest_last_frame = 16U << 10;

/// With which a run's process ends (WEXITSTATUS) after `ended` or `failed`, or without.
enum ExitStatus : int {
  exit_said = 0,      ///< After `ended` or `failed`.
  exit_cpu = 100,     ///< ScriptLimits::cpu, without a frame.
  exit_memory = 101,  ///< ScriptLimits::memory, without a frame.
  exit_broken = 102,  ///< Its parent has gone, or has not kept to the protocol.
};

enum class Op : std::uint32_t {
  // To guildhall-vm:
  run = 1,   ///< With a descriptor. number: the run; cpu, memory, wall: its limits.
  kill = 2,  ///< number: the run. One that is over is passed over.
  // From guildhall-vm:
  ready = 16,  ///< The first record, when runs may come. number: bits of Missing.
  ended = 17,  ///< number: the run; status: as waitpid(2) has it; cpu, memory: used.
};

/// What the machine did not give.
enum Missing : std::uint64_t {
  missing_namespaces = 1,  ///< user, mount, pid, network, IPC, UTS
  missing_seccomp = 2,
  missing_empty_root = 4,  ///< The file system could not be taken away.
};

struct Record {
  Op op{};
  std::int32_t status = 0;
  std::uint64_t number = 0;  ///< Runs have numbers of their own, never 0.
  std::uint64_t cpu = 0;     ///< Microseconds.
  std::uint64_t wall = 0;    ///< Microseconds.
  std::uint64_t memory = 0;  ///< Bytes.
};
static_assert(sizeof(Record) == 40);

}  // namespace guildhall::vm::protocol
