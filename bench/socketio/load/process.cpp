#include "bench/socketio/load/process.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace guildhall::bench {
namespace {

std::string read(pid_t process, const char* file) {
  std::ifstream in("/proc/" + std::to_string(process) + "/" + file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.empty()) throw std::runtime_error("there is no process " + std::to_string(process));
  return text;
}

}  // namespace

std::chrono::duration<double> processor_time(pid_t process) {
  // The second field is a name in parentheses with arbitrary characters; utime and stime are fields 14 and 15.
  const std::string stat = read(process, "stat");
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return std::chrono::duration<double>((user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

std::size_t resident_bytes(pid_t process) {
  std::istringstream fields(read(process, "statm"));
  std::size_t size = 0;
  std::size_t resident = 0;
  fields >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t kernel_bytes() {
  std::ifstream in("/proc/meminfo");
  for (std::string name, unit; in >> name;) {
    std::size_t size = 0;
    in >> size;
    std::getline(in, unit);
    if (name == "Slab:") return size * 1024;
  }
  throw std::runtime_error("/proc/meminfo does not tell of the kernel's objects");
}

}  // namespace guildhall::bench
