#include "database/integrity_check.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <chrono>

namespace guildhall::database {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_interval{250};
constexpr std::chrono::milliseconds min_check_interval{1000};

}  // namespace

IntegrityCheck::IntegrityCheck(const Dialect& dialect, Health& health, base::Log log)
    : dialect_(dialect), health_(health), log_(std::move(log)) {}

IntegrityCheck::~IntegrityCheck() { stop(); }

void IntegrityCheck::start(First first) {
  thread_ = std::thread([this, first] { run(first); });
}

void IntegrityCheck::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void IntegrityCheck::run(First first) {
  bool due = first == First::at_once;
  auto next = steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto begun = steady_clock::now();
    if (due || (begun >= next && health_.is_suspect())) {
      due = false;
      lock.unlock();
      check();
      lock.lock();
      const auto end = steady_clock::now();
      next = end + std::max<steady_clock::duration>(min_check_interval, 10 * (end - begun));
    }
    stopped_.wait_for(lock, look_interval, [this] { return stopping_.load(); });
  }
}

void IntegrityCheck::check() {
  std::string damage;
  try {
    const auto connection = dialect_.connect(Access::read);
    damage = dialect_.find_damage(*connection, stopping_);
  } catch (const soci::soci_error& error) {
    // An interrupted or otherwise busy check says nothing.
    if (dialect_.classify(error) == Fault::busy) return;
    damage = dialect_.describe(error);
  }
  health_.checked(damage);
  if (!damage.empty() && !reported_) {
    log_.error("The database is damaged: restore it from a backup", {{"reason", damage}});
  } else if (damage.empty() && reported_) {
    log_.info("The database is not damaged any more");
  }
  reported_ = !damage.empty();
}

}  // namespace guildhall::database
