#include "api/health.hpp"

#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

std::string_view to_string(PartState state) {
  switch (state) {
    case PartState::up: return "up";
    case PartState::down: return "down";
    case PartState::off: break;
  }
  return "off";
}

void append(std::string& out, const PartHealth& part) {
  ObjectWriter writer(out);
  writer.text("state", to_string(part.state));
  if (part.reason.empty()) {
    writer.json("reason", "null");
  } else {
    writer.text("reason", part.reason);
  }
  writer.close();
}

}  // namespace

const Schema& alive_schema() {
  static const Schema schema = object({required("status", choice({"ok"}))}).named("Alive");
  return schema;
}

std::string encode_alive() { return R"({"status":"ok"})"; }

const Schema& readiness_schema() {
  static const Schema part =
      object(
          {
              required("state", choice({"up", "down", "off"}).describe("`off`: not configured, and not waited for.")),
              required("reason", text().nullable().describe("Why it is not up, or what is wrong although it is.")),
          })
          .named("PartHealth");
  static const Schema schema = object({required("database", part), required("bot", part)}).named("Readiness");
  return schema;
}

std::string encode_readiness(const PartHealth& database, const PartHealth& bot) {
  std::string out;
  ObjectWriter writer(out);
  append(writer.open("database"), database);
  append(writer.open("bot"), bot);
  writer.close();
  return out;
}

}  // namespace guildhall::api
