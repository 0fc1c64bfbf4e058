#include "api/operations.hpp"

#include <iterator>

namespace guildhall::api {
using namespace schema;

const Operations& operations() {
  static const Operations all = [] {
    Operations table;
    for (const auto part : {&auth_operations, &user_operations, &guild_operations, &command_operations, &log_operations,
                            &service_operations}) {
      Operations rows = part();
      table.insert(table.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    }
    return table;
  }();
  return all;
}

}  // namespace guildhall::api
