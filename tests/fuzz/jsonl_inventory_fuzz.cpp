#include "property.hpp"

namespace {

std::string all_of(const migplan::Issues& issues) {
  std::string lines;
  for (const migplan::Issue& issue : issues.kept()) lines += to_string(issue) + "\n";
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  const std::string_view text = fuzz::text_of(data, size);
  const Result<Inventory> one = fuzz::read_one(text, InventoryFormat::JsonLines, 1);
  const Result<Inventory> two = fuzz::read_one(text, InventoryFormat::JsonLines, 2);
  fuzz::require_complete(one.issues());
  fuzz::require(all_of(one.issues()) == all_of(two.issues()), "1 and 2 threads find the same", all_of(two.issues()));
  fuzz::require(one.is_ok() == two.is_ok(), "1 and 2 threads decide the same");
  return 0;
}
