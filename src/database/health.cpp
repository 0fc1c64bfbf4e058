#include "database/health.hpp"

namespace guildhall::database {
namespace {

constexpr const char* damage_sentence = "The database is damaged. Restore it from a backup.";

/// Without the database's own words, which name files and tables.
std::string sentence_for(Fault fault, const std::string& reason) {
  switch (fault) {
    case Fault::full: return "The database cannot be written: its disk is full.";
    case Fault::moved: return reason + ".";
    case Fault::damaged: return damage_sentence;
    case Fault::busy:
    case Fault::rolled_back: return "The last write to the database failed because others had it locked.";
    default: return "The last write to the database failed.";
  }
}

}  // namespace

void Health::wrote(Time now) {
  const std::lock_guard lock(mutex_);
  write_failure_.clear();
  last_write_ = now;
}

void Health::failed(Access access, Fault fault, const std::string& reason, Time now) {
  const std::lock_guard lock(mutex_);
  // An error of the disk while reading may be a damaged page, which other reads do not meet.
  suspect_ = suspect_ || fault == Fault::damaged || (fault == Fault::broken && access == Access::read);
  damaged_ = damaged_ || fault == Fault::damaged;
  if (access == Access::read) return;
  write_failure_ = sentence_for(fault, reason);
  last_write_ = now;
}

bool Health::is_suspect() const {
  const std::lock_guard lock(mutex_);
  return suspect_;
}

void Health::checked(const std::string& damage) {
  const std::lock_guard lock(mutex_);
  suspect_ = damaged_ = !damage.empty();
}

bool Health::should_probe(Time now) {
  const std::lock_guard lock(mutex_);
  const std::chrono::seconds wait = write_failure_.empty() ? write_counts_for : probe_interval;
  if (last_write_ && now - *last_write_ < wait) return false;
  last_write_ = now;
  return true;
}

std::string Health::reason() const {
  const std::lock_guard lock(mutex_);
  return damaged_ ? damage_sentence : write_failure_;
}

}  // namespace guildhall::database
