#include "api/error.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

constexpr std::int64_t place_limit = std::numeric_limits<std::uint32_t>::max();

}  // namespace

const Schema& error_schema() {
  static const Schema schema =
      object({
                 required("error", text().describe("A sentence for people.")),
                 required("code", text().describe("For programs; snake_case.")),
                 optional(
                     "field",
                     text().describe("JSON pointer (RFC 6901) to the value at fault; empty for the body as a whole.")),
                 optional("line", integer().range(1, place_limit).describe("Where in a script that does not parse.")),
                 optional("column", integer().range(1, place_limit)),
             })
          .named("Error");
  return schema;
}

std::string encode(const ErrorBody& body) {
  std::string out;
  ObjectWriter writer(out);
  writer.text("error", body.error).text("code", body.code);
  if (body.field) writer.text("field", *body.field);
  if (body.line) writer.json("line", std::to_string(*body.line));
  if (body.column) writer.json("column", std::to_string(*body.column));
  writer.close();
  return out;
}

std::string_view error_code(base::Errc code) {
  switch (code) {
    case base::Errc::malformed: return "malformed";
    case base::Errc::invalid: return "invalid";
    case base::Errc::unauthenticated: return "unauthenticated";
    case base::Errc::forbidden: return "forbidden";
    case base::Errc::not_found: return "not_found";
    case base::Errc::conflict: return "conflict";
    case base::Errc::precondition_failed: return "precondition_failed";
    case base::Errc::too_large: return "too_large";
    case base::Errc::unsupported_media_type: return "unsupported_media_type";
    case base::Errc::rate_limited: return "rate_limited";
    case base::Errc::refused: return "refused";
    case base::Errc::bad_upstream: return "bad_upstream";
    case base::Errc::unavailable: return "unavailable";
    case base::Errc::timed_out: break;
  }
  return "timed_out";
}

std::string encode(const base::Error& error) {
  ErrorBody body{error.message, error_code(error.code), std::nullopt};
  if (error.code == base::Errc::invalid || !error.field.empty()) body.field = error.field;
  return encode(body);
}

}  // namespace guildhall::api
