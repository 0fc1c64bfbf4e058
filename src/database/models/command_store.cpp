#include "database/models/command_store.hpp"

#include "base/text/word_key.hpp"

namespace guildhall::database {

bool same_trigger(const Command& one, const Command& other) {
  const base::WordKey key(one.trigger);
  if (key.view().empty() || key.view() != base::WordKey(other.trigger).view()) return one.trigger == other.trigger;
  if (!one.case_sensitive || !other.case_sensitive) return true;
  return base::WordKey(one.trigger, base::Case::keep).view() == base::WordKey(other.trigger, base::Case::keep).view();
}

}  // namespace guildhall::database
