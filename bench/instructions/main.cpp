// instructions: without an argument prints the paths with their numbers of counted operations. instructions <path> runs
// one path; run it under callgrind to count its instructions. See bench/instructions.sh.
#include <array>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "bench/instructions/paths.hpp"

namespace {

struct Path {
  std::string_view name;
  unsigned warm_up;
  unsigned operations;
  void (*run)(unsigned warm_up, unsigned operations);
};

constexpr std::array<Path, 5> paths{{
    {"me", 50, 500, &guildhall::bench::answer_me},
    {"event", 5, 50, &guildhall::bench::broadcast_event},
    {"parse", 50, 500, &guildhall::bench::parse_packets},
    {"dispatch", 400, 2000, &guildhall::bench::dispatch_message},
    {"render", 50, 500, &guildhall::bench::render_response},
}};

int run(std::string_view name) {
  for (const auto& path : paths) {
    if (path.name != name) continue;
    path.run(path.warm_up, path.operations);
    return EXIT_SUCCESS;
  }
  std::cerr << "There is no path " << name << ".\n";
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc > 1) return run(argv[1]);
    for (const auto& path : paths) std::cout << path.name << " " << path.operations << "\n";
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return EXIT_FAILURE;
  }
}
