#include "app/memory_trimmer.hpp"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <fstream>

namespace guildhall::app {
namespace {

constexpr std::chrono::seconds interval{5};
/// Less than this is not worth it.
constexpr std::size_t min_growth = 8 * 1024 * 1024;
/// The program is at rest while its memory changes by less than this in an interval.
constexpr std::size_t max_change_at_rest = 1024 * 1024;

}  // namespace

std::size_t resident_memory() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

MemoryTrimmer::MemoryTrimmer() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

void MemoryTrimmer::run(const std::stop_token& stop) {
  std::size_t trimmed = 0;  // The memory after the last time.
  std::size_t before = 0;
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); })) {
    const auto now = resident_memory();
    const auto change = now > before ? now - before : before - now;
    before = now;
    trimmed = std::min(trimmed, now);
    if (change > max_change_at_rest || now < trimmed + min_growth) continue;
    ::malloc_trim(0);
    trimmed = before = resident_memory();
  }
}

}  // namespace guildhall::app
