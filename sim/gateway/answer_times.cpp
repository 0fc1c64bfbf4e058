#include "sim/gateway/answer_times.hpp"

#include <algorithm>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_messages = 65'536;
constexpr std::size_t max_answers = 1'000'000;

}  // namespace

void AnswerTimes::sent(Time now) {
  if (sent_.size() < max_messages) {
    sent_.push_back(now);
  } else {
    sent_[next_ % max_messages] = now;
  }
  ++next_;
}

void AnswerTimes::answered(std::uint64_t number, Time now) {
  if (number >= next_ || next_ - number > max_messages || times_.size() == max_answers) return;
  Time& sent = sent_[number % max_messages];
  if (sent == Time::max()) return;
  times_.push_back(std::chrono::floor<std::chrono::microseconds>(now - sent));
  sent = Time::max();
}

AnswerTimes::Summary AnswerTimes::summary() const {
  if (times_.empty()) return {};
  auto sorted = times_;
  std::sort(sorted.begin(), sorted.end());
  const auto share = [&](std::size_t percent) { return sorted[(sorted.size() * percent + 99) / 100 - 1]; };
  return {sorted.size(), share(50), share(99), sorted.back()};
}

}  // namespace guildhall::sim
