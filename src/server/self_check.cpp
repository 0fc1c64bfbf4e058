#include "server/self_check.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "discord/model/fields.hpp"

namespace guildhall::server {
namespace {

constexpr std::chrono::minutes max_age{1};

std::optional<boost::json::object> decrypt_object(const jwt::Jwe& jwe, std::string_view field) {
  const auto text = jwe.decrypt(field);
  if (!text) return std::nullopt;
  boost::system::error_code malformed;
  const auto value = boost::json::parse(*text, malformed);
  if (malformed || !value.is_object()) return std::nullopt;
  return value.get_object();
}

/// Of a request's field, as much as an answer's head has room for.
std::string field_of(const net::Request& request, std::string_view name) {
  constexpr std::size_t max_size = 512;
  return std::string(request.headers.find(name).value_or("").substr(0, max_size));
}

}  // namespace

std::string self_check_request(const jwt::Jwe& jwe, base::Timestamp now) {
  return jwe.encrypt(boost::json::serialize(boost::json::object{{"at", now.time_since_epoch().count()}}));
}

std::optional<std::string> answer_self_check(const jwt::Jwe& jwe, const net::Request& request, std::string_view version,
                                             base::Timestamp now) {
  const auto field = request.headers.find(self_check_field);
  if (!field) return std::nullopt;
  const auto asked = decrypt_object(jwe, *field);
  const auto* at = asked ? asked->if_contains("at") : nullptr;
  if (at == nullptr || !at->is_int64()) return std::nullopt;
  const auto age = now.time_since_epoch().count() - at->get_int64();
  if (std::abs(age) > std::chrono::milliseconds(max_age).count()) return std::nullopt;
  return jwe.encrypt(boost::json::serialize(boost::json::object{{"client", request.client.to_string()},
                                                                {"host", field_of(request, "Host")},
                                                                {"for", field_of(request, "X-Forwarded-For")},
                                                                {"proto", field_of(request, "X-Forwarded-Proto")},
                                                                {"version", version}}));
}

std::optional<ReceivedRequest> read_self_check_answer(const jwt::Jwe& jwe, std::string_view field) {
  const auto told = decrypt_object(jwe, field);
  // The field of the request, which some servers echo, has no version.
  if (!told || !told->contains("version")) return std::nullopt;
  const auto text_of = [&told](std::string_view name) { return discord::text_field(*told, name).value_or(""); };
  return ReceivedRequest{text_of("client"), text_of("host"), text_of("for"), text_of("proto"), text_of("version")};
}

}  // namespace guildhall::server
