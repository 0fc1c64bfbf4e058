#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// A request of the control API.
struct ControlCall {
  Simulation& sim;
  const net::Request& request;
  const net::PathParams& params;

  /// The body as JSON. Throws base::ErrorException if it is invalid.
  [[nodiscard]] boost::json::value json() const;
  /// The id in the path. Throws base::ErrorException (Errc::not_found) if it is invalid.
  template <class Id>
  [[nodiscard]] Id id(std::string_view name) const {
    const auto parsed = Id::parse(params[name]);
    if (!parsed) throw base::ErrorException({base::Errc::not_found, "The path holds no id.", {}, {}});
    return *parsed;
  }
};

/// A row of the table of control routes. Handlers throw base::ErrorException for invalid requests.
struct ControlRoute {
  net::Method method;
  std::string_view path;
  net::Response (*handle)(const ControlCall& call);
};

/// Throws the error of a failed change of the world.
void require(const base::Result<void>& result);
/// Throw base::ErrorException with Errc::not_found and Errc::conflict.
[[noreturn]] void throw_not_found(std::string message);
[[noreturn]] void throw_conflict(std::string message);

}  // namespace guildhall::sim
