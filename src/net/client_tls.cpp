#include "net/client_tls.hpp"

namespace guildhall::net {

std::shared_ptr<boost::asio::ssl::context> make_client_tls() {
  using boost::asio::ssl::context;
  auto made = std::make_shared<context>(context::tls_client);
  made->set_default_verify_paths();
  made->set_options(context::no_tlsv1 | context::no_tlsv1_1);
  return made;
}

}  // namespace guildhall::net
