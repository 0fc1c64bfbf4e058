#include "vm/outcome.hpp"

namespace guildhall::vm {

std::string_view to_string(Ending ending) {
  switch (ending) {
    case Ending::completed: return "completed";
    case Ending::syntax: return "syntax";
    case Ending::exception: return "exception";
    case Ending::cpu: return "cpu";
    case Ending::memory: return "memory";
    case Ending::wall: return "wall";
    case Ending::calls: return "calls";
    case Ending::call_size: return "call_size";
    case Ending::forbidden: return "forbidden";
    case Ending::crashed: return "crashed";
    case Ending::protocol: return "protocol";
    case Ending::busy: return "busy";
    case Ending::unavailable: return "unavailable";
    case Ending::stopped: return "stopped";
  }
  return "";
}

}  // namespace guildhall::vm
