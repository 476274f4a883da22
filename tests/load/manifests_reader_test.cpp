#include "migplan/load/manifests_reader.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "linting.hpp"

using namespace migplan;
using namespace migplan::linting;

namespace {

const std::string kPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n";

}  // namespace

TEST_CASE("manifests reader: a fault in one document leaves the others") {
  const ManifestFile file = read(kPod + "---\napiVersion: v1\nkind: Pod\nspec: [1\n---\n" + kPod);
  CHECK(file.objects.workloads.size() == 2);
  CHECK(file.counts.broken == 1);
  CHECK(file.counts.documents == 3);
  REQUIRE(file.issues.errors() == 1);
  CHECK(file.issues.kept()[0].at.line >= 8);
}

TEST_CASE("manifests reader: a key that stands twice is told with its place in the file") {
  const ManifestFile file = read("---\n" + kPod + "---\napiVersion: v1\nkind: Pod\nkind: Job\n");
  CHECK(told(file.issues) == "in.yaml:9:1: error: kind: key \"kind\" stands here twice, first at line 8\n");
  CHECK(file.objects.workloads.size() == 1);
}

TEST_CASE("manifests reader: a template is passed over and counted, with how to render it") {
  const ManifestFile file = read("kind: Pod\napiVersion: v1\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n---\n" + kPod,
                                 "templates/pod.yaml", ManifestRole::InFolder);
  CHECK(file.counts.templates == 1);
  CHECK(file.objects.workloads.size() == 1);
  CHECK_FALSE(file.issues.has_errors());
  CHECK(told(file.issues).find("1 document is no YAML before the template is rendered") != std::string::npos);
}

TEST_CASE("manifests reader: what is nothing of ours is passed over and counted") {
  const ManifestFile file = read("a: 1\n---\n[1, 2]\n---\n# nothing\n", "in.yaml", ManifestRole::InFolder);
  CHECK(file.counts.documents == 2);
  CHECK(file.counts.others == 2);
  CHECK(told(file.issues).empty());
  CHECK(read("broken: [\n", "in.yaml", ManifestRole::InFolder).counts.others == 1);
  CHECK(read("broken: [\n", "in.yaml", ManifestRole::Named).counts.broken == 1);
}

TEST_CASE("manifests reader: values of the wrong kind are told and count as absent") {
  const ManifestFile file = read(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, labels: [x]}\nspec:\n  replicas: three\n"
      "  template: {metadata: {labels: {app: [1]}}, spec: {containers: {name: a}}}\n---\n"
      "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {minAvailable: some, selector: "
      "[app]}\n"
      "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: p, ports: eighty, env: [1, "
      "{name: A, value: {b: c}}]}]}\n");
  CHECK_FALSE(file.issues.has_errors());
  CHECK(file.issues.warnings() == 7);
  REQUIRE(file.objects.workloads.size() == 2);
  CHECK_FALSE(file.objects.workloads[0].replicas.has_value());
  CHECK(file.objects.workloads[0].containers.empty());
  REQUIRE(file.objects.budgets.size() == 1);
  CHECK_FALSE(file.objects.budgets[0].selector.has_value());
}

TEST_CASE("manifests reader: a budget that the API server refuses counts as absent, and it is told") {
  const auto budget = [](const std::string& version, const std::string& value) {
    const ManifestFile file =
        read("apiVersion: " + version +
             "\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {minAvailable: " + value + "}\n");
    const auto& budgets = file.objects.budgets;
    const bool has_number = budgets.size() == 1 && budgets[0].min_available.has_value();
    return std::pair(has_number, file.issues.warnings());
  };
  for (const char* const value : {"2", "0", "100%", "'50%'"}) CHECK(budget("policy/v1", value) == std::pair(true, 0UL));
  for (const char* const value : {"'2'", "101%", "150%", "2.5", "-1", "'%'", "[1]"}) {
    INFO(value);
    CHECK(budget("policy/v1", value) == std::pair(false, 1UL));
  }
  CHECK(budget("policy/v1beta1", "2") == std::pair(true, 0UL));
  CHECK(budget("extensions/v1beta1", "2") == std::pair(false, 1UL));
}

TEST_CASE("manifests reader: aliases that unfold without end are stopped") {
  std::string bomb = "apiVersion: v1\nkind: ConfigMap\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'i'; ++name) {
    const std::string before = std::string(" *") + static_cast<char>(name - 1);
    bomb += std::string(1, name) + ": &" + name + " [" + before;
    for (int i = 0; i < 9; ++i) bomb += "," + before;
    bomb += "]\n";
  }
  CHECK(told(read(bomb).issues).find("unfolds to more than 1,000,000 values") != std::string::npos);
}

TEST_CASE("manifests reader: a list unfolds to its objects, in JSON as in YAML") {
  CHECK(
      read(
          R"({"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}}]})",
          "in.json")
          .objects.config_maps.size() == 1);
  const ManifestFile file =
      read(R"({"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a"}})", "<standard input>");
  REQUIRE(file.objects.workloads.size() == 1);
  CHECK(file.objects.workloads[0].id.place.at.column == 58);
}

TEST_CASE("manifests reader: whether a file is broken JSON matters only where it could be an object") {
  CHECK(read("{\"a\": ", "package.json", ManifestRole::InFolder).counts.others == 1);
  CHECK(read("{\"apiVersion\": ", "pod.json", ManifestRole::InFolder).issues.has_errors());
}

TEST_CASE("manifests reader: ten thousand documents of a file are read one by one") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "---\n" + kPod;
  const ManifestFile file = read(text);
  CHECK(file.objects.workloads.size() == 10'000);
  CHECK(file.objects.workloads.back().id.place.at.line == 49'999);
}

TEST_CASE("ignore comments: of a line, of a block, of a document") {
  const std::string rest = " until=2027-01-31 owner=lee reason=\"the last one\"";
  const ManifestFile file =
      read("# migplan:ignore lint-budget" + rest +
           "\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 1 # migplan:ignore lint-password" +
           rest + "\n  # migplan:ignore lint-tls" + rest + "\n  b:\n    c: 1\n\n  d: 2\n---\nkind: x\n");
  REQUIRE(file.ignores.size() == 3);
  CHECK(file.ignores[0].exemption.reason == "the last one");
  CHECK(file.ignores[0].exemption.expires.to_string() == "2027-01-31");
  CHECK(file.ignores[0].first_line == 1);
  CHECK(file.ignores[0].last_line == 11);
  CHECK(file.ignores[1].first_line == 6);
  CHECK(file.ignores[1].last_line == 6);
  CHECK(file.ignores[2].first_line == 8);
  CHECK(file.ignores[2].last_line == 10);
}

TEST_CASE("ignore comments: of XML the next element, or the file") {
  const std::string words = "migplan:ignore lint-logs until=2027-01-31 owner=lee reason=\"old\"";
  const ManifestFile file =
      read("<!-- " + words + " -->\n<configuration>\n  <!-- " + words +
               " -->\n  <appender name=\"A\">\n    <encoder/>\n  </appender>\n  <root/>\n</configuration>\n",
           "logback.xml");
  REQUIRE(file.ignores.size() == 2);
  CHECK(file.ignores[0].first_line == 1);
  CHECK(file.ignores[0].last_line >= 8);
  CHECK(file.ignores[1].first_line == 3);
  CHECK(file.ignores[1].last_line == 6);
}

TEST_CASE("ignore comments: what is wrong with them is told") {
  CHECK(told(read("a: 1 # migplan:ignore lint-tsl until=2027-01-31 owner=lee reason=x\n").issues) ==
        "in.yaml:1:23: error: \"lint-tsl\" is no check (did you mean lint-tls?)\n");
  const std::string usage = " (write migplan:ignore RULE until=2027-01-31 owner=NAME reason=\"WORDS\")\n";
  CHECK(told(read("a: 1 # migplan:ignore lint-tls until=soon owner=\"\"\n").issues) ==
        "in.yaml:1:32: error: until=: found \"soon\", expected a date such as 2027-01-31" + usage +
            "in.yaml:1:43: error: owner=: found an empty text, expected words" + usage +
            "in.yaml:1:23: error: the ignore comment has no reason=" + usage);
}

TEST_CASE("ignore comments: one behind the head of a block covers the block") {
  const std::string words = " # migplan:ignore lint-password until=2027-01-31 owner=lee reason=\"a # sign\"";
  const ManifestFile file = read("a:\n  b: |-" + words + "\n    c\n\n    d\n  e: 1|" + words + "\n  f: 2\n");
  REQUIRE(file.ignores.size() == 2);
  CHECK(file.ignores[0].first_line == 2);
  CHECK(file.ignores[0].last_line == 5);
  CHECK(file.ignores[1].first_line == 6);
  CHECK(file.ignores[1].last_line == 6);
}

TEST_CASE("lint: a password in a literal block is told on its own line, in any other text at its key") {
  const std::string map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n";
  const std::string said = " lint-password ConfigMap m: a password stands in a ConfigMap";
  CHECK(findings({{"a.yaml", map + "  x: |2-\n\n     a=1\n    password=abc\n"}}) ==
        std::vector<std::string>{"a.yaml:8" + said});
  CHECK(findings({{"a.yaml", map + "  x: \"a=1\\npassword=abc\"\n"}}) == std::vector<std::string>{"a.yaml:5" + said});
  CHECK(findings({{"a.yaml", map + "  x: >\n    a=1\n\n    password=abc\n"}}) ==
        std::vector<std::string>{"a.yaml:5" + said});
}

TEST_CASE("lint: a resource of several overlays is judged in each and told once") {
  const std::string deployment =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 3\n  template:\n"
      "    metadata: {labels: {app: shop}}\n    spec: {containers: [{name: a, image: a, env: [{name: DB_PASSWORD, "
      "value: abc}]}]}\n";
  const Texts files{{"base/kustomization.yaml", "resources: [shop.yaml]\n"},
                    {"base/shop.yaml", deployment},
                    {"dev/kustomization.yaml", "resources: [../base]\n"},
                    {"prod/kustomization.yaml", "resources: [../base, budget.yaml]\n"},
                    {"prod/budget.yaml",
                     "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\n"
                     "spec: {maxUnavailable: 1, selector: {matchLabels: {app: shop}}}\n"}};
  CHECK(
      findings(files) ==
      std::vector<std::string>{
          "base/shop.yaml:3 lint-budget Deployment shop: no PodDisruptionBudget has a selector and namespace that "
          "match "
          "its pods (in dev)",
          "base/shop.yaml:8 lint-password Deployment shop: a password is the plain value of an environment variable"});
}

TEST_CASE("lint: what a kustomization does not find, and circles, are told") {
  const LintMaterial found =
      material({{"a/kustomization.yaml", "resources: [../b, gone.yaml, 'https://example.com/x']\n"},
                {"b/kustomization.yaml", "resources: [../a]\n"}});
  CHECK(told(found.issues) ==
        "a/kustomization.yaml:1:1: warning: it is among its own resources\n"
        "a/kustomization.yaml:1:1: warning: its resource \"gone.yaml\" is not among the files\n"
        "a/kustomization.yaml:1:1: warning: its resource \"https://example.com/x\" is an address, and is not read\n");
}

TEST_CASE("lint: patches are put into what they are meant for and are no objects by themselves") {
  const std::string shop =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: shop, image: a}, {name: cart, "
      "image: b}]}\n";
  CHECK(findings({{"kustomization.yaml", "resources: [shop.yaml]\npatchesStrategicMerge: [patch.yaml]\n"},
                  {"shop.yaml", shop},
                  {"patch.yaml",
                   "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - {name: cart, "
                   "$patch: delete}\n"
                   "    - {name: shop, env: [{name: API_KEY, value: abc}]}\n"}}) ==
        std::vector<std::string>{
            "patch.yaml:7 lint-password Pod shop: a password is the plain value of an environment variable"});
}

TEST_CASE("lint: threads and the order of files change nothing") {
  std::vector<ManifestSource> sources;
  for (int i = 0; i < 64; ++i) {
    const std::string text =
        kPod + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {PASSWORD: abc}\n";
    sources.push_back({"f" + std::to_string(i) + ".yaml", ManifestRole::InFolder, [text] {
                         class Owned final : public ByteSource {
                          public:
                           explicit Owned(std::string text) : text_(std::move(text)), source_(text_) {}
                           std::size_t read(std::span<char> out) override { return source_.read(out); }
                           [[nodiscard]] std::string_view error() const noexcept override { return {}; }

                          private:
                           std::string text_;
                           TextSource source_;
                         };
                         return Result<std::unique_ptr<ByteSource>>(
                             std::unique_ptr<ByteSource>(std::make_unique<Owned>(text)));
                       }});
  }
  const auto one = lint_checks(lint_material(read_manifest_files(sources, 1)).input, policy()).checks;
  const auto four = lint_checks(lint_material(read_manifest_files(sources, 4)).input, policy()).checks;
  REQUIRE(one.size() == four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(to_string(one[i].source) == to_string(four[i].source));
    CHECK(one[i].message.english() == four[i].message.english());
  }
}

TEST_CASE("manifests reader: what stands behind a document and begins none is an error and not read for ever") {
  CHECK(told(read("{\"kind\": {}},\n  \"apiVersion\": 1\n").issues).find("not YAML") != std::string::npos);
}
