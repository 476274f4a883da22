#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string entity(const std::string& kind, const std::string& name, const std::string& spec,
                   const std::string& metadata = "") {
  return "---\napiVersion: backstage.io/v1alpha1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n" + metadata +
         "spec:\n" + spec;
}

}  // namespace

TEST_CASE("backstage: components are services with owner, team, domain and tags") {
  const Observations read = observed(
      entity("Component", "cart",
             "  type: service\n  owner: group:default/shop\n  system: sales\n  lifecycle: production\n",
             "  title: Shopping Cart\n  tags: [java, spring-boot]\n") +
      entity("Component", "mail", "  type: service\n  owner: user:guest\n  domain: back-office\n  system: other\n") +
      entity("System", "sales", "  owner: shop\n"));
  CHECK(read.subjects == Lines{"cart", "mail"});
  CHECK(facts(read) == Lines{"cart display_name Shopping Cart", "cart stack java+spring-boot", "cart owner shop",
                             "cart team shop", "cart domain sales", "mail owner guest", "mail domain back-office"});
  CHECK(read.facts[2].place.field == "spec.owner");
  CHECK(read.facts[2].place.at.line == 10);
  CHECK(read.has_all_calls);
}

TEST_CASE("backstage: components that one depends on, and providers of the APIs that it consumes, are called") {
  const Observations read = observed(
      entity("Component", "cart",
             "  type: service\n  owner: a\n  dependsOn: ['Component:Stock', resource:db, 'component:other/stock']\n"
             "  consumesApis: [prices, API:default/Prices, other/rates]\n") +
      entity("Component", "stock", "  type: service\n  owner: a\n") +
      entity("Component", "pricing", "  type: service\n  owner: a\n  providesApis: [Prices]\n") +
      entity("component", "rating", "  type: service\n  owner: a\n  providesApis: [rates]\n", "  namespace: other\n") +
      entity("API", "prices", "  type: openapi\n  owner: a\n"));
  // The second reference to the API is the same pair; component:other/stock stands nowhere and keeps its name.
  CHECK(calls(read) == Lines{"cart -> pricing", "cart -> rating", "cart -> stock", "cart -> other/stock"});
  CHECK(says(read, "1 dependency on resources and others that are no components"));
}

TEST_CASE("backstage: an API that nobody provides leaves a gap, so not all calls are known") {
  const Observations read = observed(entity("Component", "cart", "  owner: a\n  consumesApis: [prices]\n"));
  CHECK(calls(read).empty());
  CHECK_FALSE(read.has_all_calls);
  CHECK(says(read, "warning: no component here provides api:default/prices"));
}

TEST_CASE("backstage: a library is built in and called by none; a reference needs a kind, a name no blanks") {
  const Observations read =
      observed(entity("Component", "cart", "  type: service\n  owner: a\n  dependsOn: [component:common, stock]\n") +
               entity("Component", "common", "  type: library\n  owner: a\n") +
               entity("Component", "an odd one", "  owner: a\n"));
  CHECK(read.subjects == Lines{"cart"});
  CHECK(calls(read) == Lines{"cart -> common(artefact)"});
  CHECK(says(read, "warning: spec.dependsOn[1]: \"stock\" has no kind, as component:"));
  CHECK(says(read, "\"an odd one\" is no name of an entity: passed over"));
}

TEST_CASE("backstage: faults are told with their places, in whichever document they are") {
  const std::string good = entity("Component", "cart", "  owner: a\n");
  CHECK(refusal(good + "---\nkind: Component\nspec: {}\n").find("in:9:1: error: expected metadata.name") !=
        std::string::npos);
  CHECK(refusal(good + good).find("component \"component:default/cart\" stands here twice") != std::string::npos);
  CHECK(refusal(good + "---\nkind: [\n").find("in:") == 0);
  CHECK(refusal(entity("Component", "cart", "  dependsOn: component:x\n"))
            .find("spec.dependsOn: found \"component:x\", expected a list of references") != std::string::npos);
}

TEST_CASE("backstage: the examples of the project are read", "[fixtures]") {
  const auto examples = fixture("backstage/backstage-examples.yaml"), demo = fixture("backstage/backstage-demo.yaml");
  if (!examples || !demo) return;
  const Observations read = observed(*examples);
  CHECK(read.subjects == Lines{"artist-lookup", "playback-order", "different-namespace", "wayback-archive"});
  CHECK(facts(read)[0] == "artist-lookup stack java+data");
  CHECK(says(read, "\"invalid component\" is no name of an entity"));
  CHECK(says(observed(*demo), "no component here provides api:default/demo-graphql"));
}

}  // namespace migplan
