#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return migplan::fuzz::check_inventory(data, size, migplan::InventoryFormat::Csv);
}
