#include "sim/world/rate_limits_json.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "base/encoding.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_bucket_name = 128;

RateWindow read_window(ObjectReader& reader) {
  RateWindow window;
  window.limit = static_cast<unsigned>(reader.integer("limit", 1, 1'000'000));
  window.period = std::chrono::milliseconds(reader.integer("periodMs", 1, 24 * 3600 * 1000));
  return window;
}

RateWindow read_window(ObjectReader&& reader) {
  const RateWindow window = read_window(reader);
  reader.finish();
  return window;
}

RateLimits::Rule read_rule(ObjectReader&& reader) {
  RateLimits::Rule rule;
  const auto bucket = parse_bucket(reader.text("bucket", 1, max_bucket_name));
  if (!bucket) reader.fail("bucket", "There is no such bucket.");
  rule.bucket = *bucket;
  if (reader.has("token")) {
    rule.token = parse_token_kind(reader.text("token", 1, max_bucket_name));
    if (!rule.token) reader.fail("token", "This must be Bot, Bearer or none.");
  }
  rule.window = read_window(reader);
  reader.finish();
  return rule;
}

boost::json::object to_json(const RateWindow& window) {
  return {{"limit", window.limit}, {"periodMs", window.period.count()}};
}

}  // namespace

boost::json::object to_json(const RateLimits& limits) {
  boost::json::array buckets;
  for (const auto& rule : limits.rules) {
    boost::json::object row = to_json(rule.window);
    row["bucket"] = to_string(rule.bucket);
    if (rule.token) row["token"] = to_string(*rule.token);
    buckets.push_back(std::move(row));
  }
  return {
      {"global", to_json(limits.global)},
      {"default", to_json(limits.fallback)},
      {"buckets", std::move(buckets)},
      {"lifted", limits.lifted},
  };
}

void read_fields(ObjectReader& reader, RateLimits& limits) {
  if (reader.has("global")) limits.global = read_window(reader.object("global"));
  if (reader.has("default")) limits.fallback = read_window(reader.object("default"));
  if (reader.has("lifted")) limits.lifted = reader.boolean("lifted");
  if (!reader.has("buckets")) return;
  limits.rules.clear();
  std::size_t index = 0;
  for (const auto& row : reader.array("buckets")) {
    const auto pointer = reader.pointer_to("buckets") + base::json_pointer(std::to_string(index++));
    limits.rules.push_back(read_rule(ObjectReader(row, pointer)));
  }
}

}  // namespace guildhall::sim
