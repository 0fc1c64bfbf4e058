#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// A request of the control API, as the handler of its route sees it.
struct ControlCall {
  Simulation& sim;
  const net::Request& request;
  const net::PathParams& params;

  /// The body as JSON. Throws base::ErrorException where it is not.
  [[nodiscard]] boost::json::value json() const;
  /// The id that the path names. Throws base::ErrorException (Errc::not_found) where it is no id.
  template <class Id>
  [[nodiscard]] Id id(std::string_view name) const {
    const auto parsed = Id::parse(params[name]);
    if (!parsed) throw base::ErrorException({base::Errc::not_found, "The path holds no id.", {}, {}});
    return *parsed;
  }
};

/// A row of the table of control routes. Handlers throw base::ErrorException for what is not acceptable.
struct ControlRoute {
  net::Method method;
  std::string_view pattern;
  net::Response (*handle)(const ControlCall& call);
};

/// Throws the error of a failed change of the world.
void require(const base::Result<void>& result);

}  // namespace guildhall::sim
