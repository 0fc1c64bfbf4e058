#include "config/jwt.hpp"

#include <array>
#include <optional>

#include "base/encoding.hpp"
#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

std::optional<base::Secret> parse_key(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  auto bytes = base::from_hex(text);
  if (!bytes) return std::nullopt;
  return base::Secret(*std::move(bytes));
}

constexpr std::array options{
    Option{
        .name = "JWT_SECRET",
        .doc = "Key of the session tokens: 64 hex digits. To rotate, put a new one and a comma in front of the old.",
        .expected = "64 hex digits, or several such separated by commas",
        .read = [](std::string_view text, Config& into) { return store(into.jwt.keys, parse_list(text, parse_key)); },
        .visibility = Visibility::secret,
        .need = Need::required,
        .remedy = "make one with `openssl rand -hex 32`"},
};

}  // namespace

Section jwt_section() { return {"jwt", "Session tokens", options}; }

}  // namespace guildhall::config
