#pragma once

#include <cstdint>
#include <string>

namespace guildhall::database {

/// Who causes a change, and by which way. Writes take it into their transaction.
struct Actor {
  enum class Kind : std::uint8_t {
    user,       ///< A Discord user; `id` is theirs.
    operator_,  ///< Whoever runs the program, on the command line.
    script,     ///< A guild's script; `id` is its command's.
    system,     ///< The program itself.
  };
  enum class Source : std::uint8_t { dashboard, slash, import, cli, internal };

  Kind kind = Kind::system;
  std::uint64_t id = 0;  ///< 0 for the operator and the program.
  std::string name{};    ///< For people: a user's name at that time.
  Source source = Source::internal;
};

}  // namespace guildhall::database
