#include "sim/control/fault_plan.hpp"

#include <algorithm>
#include <utility>

#include "sim/answers.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t capacity = 1000;
/// Neither valid JSON nor valid UTF-8.
constexpr std::string_view garbage = "{\"id\": \xff\xfe\x80 <html>502 Bad Gateway";

}  // namespace

base::Result<Fault> FaultPlan::add(Fault fault) {
  if (faults_.size() >= capacity) {
    return base::Error{base::Errc::too_large, "There are " + std::to_string(capacity) + " faults already.", {}, {}};
  }
  fault.id = ++last_id_;
  faults_.push_back(std::move(fault));
  return faults_.back();
}

std::optional<Fault> FaultPlan::take(net::Method method, std::string_view route) {
  const auto asked = method == net::Method::head ? net::Method::get : method;
  const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const Fault& fault) {
    return (fault.route == "*" || fault.route == route) && fault.method.value_or(asked) == asked;
  });
  if (found == faults_.end()) return std::nullopt;
  Fault met = *found;
  if (--found->remaining == 0) faults_.erase(found);
  return met;
}

net::Response faulty_answer(const Fault& fault) {
  if (fault.drop) {
    net::Response response;
    response.abort = true;
    return response;
  }
  if (fault.rate_limit) return rate_limited_answer(fault.rate_limit->scope, fault.rate_limit->retry_after);
  if (fault.garbage) return json_text_answer(fault.status.value_or(200), std::string(garbage));
  if (fault.body) return json_text_answer(fault.status.value_or(200), *fault.body);
  return answer(general_error(fault.status.value_or(500)));
}

}  // namespace guildhall::sim
