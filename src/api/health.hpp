#pragma once

#include <cstdint>
#include <string>

#include "schema/schema.hpp"

namespace guildhall::api {

enum class PartState : std::uint8_t {
  up,
  down,
  off,  ///< Not configured, so not waited for.
};

struct PartHealth {
  PartState state = PartState::down;
  std::string reason;  ///< Why it is not up, or what is wrong although it is; empty if nothing is.
};

[[nodiscard]] const schema::Schema& alive_schema();
/// `{"status":"ok"}`.
[[nodiscard]] std::string encode_alive();

[[nodiscard]] const schema::Schema& readiness_schema();
[[nodiscard]] std::string encode_readiness(const PartHealth& database, const PartHealth& bot);

}  // namespace guildhall::api
