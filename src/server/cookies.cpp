#include "server/cookies.hpp"

namespace guildhall::server {

std::string set_cookie(const Origins& origins, std::string_view name, std::string_view value, std::string_view path,
                       std::chrono::seconds lifetime) {
  std::string field;
  field.append(name).append("=").append(value).append("; Path=").append(path);
  field.append("; Max-Age=").append(std::to_string(lifetime.count())).append("; HttpOnly; SameSite=Lax");
  if (origins.own.starts_with("https://")) field.append("; Secure");
  return field;
}

}  // namespace guildhall::server
