#include "api/errors.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

constexpr std::int64_t max_position = std::numeric_limits<std::uint32_t>::max();

}  // namespace

const Schema& error_schema() {
  static const Schema schema =
      object({
                 required("error", text().describe("A sentence for people.")),
                 required("code", text().describe("For programs; snake_case.")),
                 optional(
                     "field",
                     text().describe("JSON pointer (RFC 6901) to the value at fault; empty for the body as a whole.")),
                 optional("line", integer().range(1, max_position).describe("Where in a script that does not parse.")),
                 optional("column", integer().range(1, max_position)),
             })
          .named("Error");
  return schema;
}

std::string encode(const base::Error& error) {
  std::string out;
  ObjectWriter writer(out);
  writer.text("error", error.message).text("code", kind_of(error.code).code);
  if (error.code == base::Errc::invalid || !error.field.empty()) writer.text("field", error.field);
  if (error.line > 0) writer.json("line", std::to_string(error.line));
  if (error.column > 0) writer.json("column", std::to_string(error.column));
  writer.close();
  return out;
}

std::string encode(const ProtocolError& error) {
  std::string out;
  ObjectWriter(out).text("error", error.sentence).text("code", error.code).close();
  return out;
}

}  // namespace guildhall::api
