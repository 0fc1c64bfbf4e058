#include "api/errors.hpp"

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

std::string encode(const base::Error& error) {
  ErrorBody body{error.message, kind_of(error.code).code, std::nullopt};
  if (error.code == base::Errc::invalid || !error.field.empty()) body.field = error.field;
  if (error.line > 0) body.line = error.line;
  if (error.column > 0) body.column = error.column;
  return encode(body);
}

}  // namespace guildhall::api
