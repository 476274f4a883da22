#include "migplan/load/manifests_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "linting.hpp"

using namespace migplan;
using namespace migplan::linting;

namespace {

ManifestFile read(const std::string& text, const std::string& name = "in.yaml",
                  ManifestRole role = ManifestRole::Named) {
  TextSource source(text);
  return read_manifest_file(source, name, role);
}

std::string told(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues.kept()) out += to_string(issue) + "\n";
  return out;
}

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
        "a/kustomization.yaml:1:1: warning: its resource \"gone.yaml\" is not among the files\n");
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
  const auto one = lint_checks(lint_material(read_manifest_files(sources, 1)).input, policy());
  const auto four = lint_checks(lint_material(read_manifest_files(sources, 4)).input, policy());
  REQUIRE(one.size() == four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(to_string(one[i].check.source) == to_string(four[i].check.source));
    CHECK(one[i].check.message == four[i].check.message);
  }
}

namespace {

const std::string kShop =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, labels: {tier: web}, annotations: {team: a}}\n"
    "spec:\n  replicas: 3\n  template:\n    metadata: {labels: {app: shop}}\n"
    "    spec: {containers: [{name: shop, image: a, env: [{name: MODE, value: x}]}]}\n---\n"
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\n"
    "spec: {minAvailable: 2, selector: {matchLabels: {app: shop}}}\n";

std::vector<std::string> patched(const std::string& patches, const std::string& objects = kShop) {
  return findings({{"kustomization.yaml", "resources: [shop.yaml]\npatches:\n" + patches}, {"shop.yaml", objects}});
}

const std::string kAddToken =
    "  patch: '[{op: add, path: /spec/template/spec/containers/0/env/-, value: {name: API_TOKEN, value: abc}}]'\n";
const std::vector<std::string> kToken{
    "kustomization.yaml:4 lint-password Deployment shop: a password is the plain value of an environment variable"};

}  // namespace

TEST_CASE("lint: a target of a patch is chosen by names, labels and annotations") {
  for (const char* const target :
       {"kind: Deployment", "name: shop", "name: s.*p", "name: cart|shop", "kind: 'Deploy(ment)?', name: '[a-z]+'",
        "labelSelector: tier=web", "labelSelector: 'tier in (api, web),!old,tier!=db'", "annotationSelector: team == a",
        "labelSelector: tier", "namespace: default"}) {
    INFO(target);
    CHECK(patched(std::string("- target: {") + target + "}\n" + kAddToken) == kToken);
  }
  for (const char* const target : {"kind: StatefulSet", "name: hop", "name: sho", "name: cart|shopping",
                                   "labelSelector: tier=api", "labelSelector: 'tier notin (web)'",
                                   "labelSelector: '!tier'", "annotationSelector: team!=a", "namespace: shop"}) {
    INFO(target);
    CHECK(patched(std::string("- target: {") + target + "}\n" + kAddToken).empty());
  }
}

TEST_CASE("lint: operations of a JSON patch are followed") {
  const auto after = [](const std::string& operations) {
    return patched("- target: {kind: Deployment|PodDisruptionBudget}\n  patch: '[" + operations + "]'\n");
  };
  CHECK(after("{op: add, path: /spec/template/spec/containers/-, value: {name: cart, image: b}}") ==
        std::vector<std::string>{
            "shop.yaml:3 lint-processes Deployment shop: its pods run 2 processes that are no declared sidecars"});
  CHECK(after("{op: add, path: /spec/template/spec/containers/-, value: {name: cart, image: b}}, "
              "{op: remove, path: /spec/template/spec/containers/0}")
            .empty());
  CHECK(after("{op: replace, path: /spec/template/spec/containers/0/env/0/name, value: PASSWORD}").size() == 1);
  CHECK(after("{op: replace, path: /spec/template/spec/containers/0/command, value: [supervisord]}").size() == 1);
  CHECK(after("{op: replace, path: /spec/template/metadata/labels/app, value: other}").size() == 1);
  CHECK(after("{op: add, path: /spec/template/metadata/labels/a~1b~0c, value: other}").empty());
  CHECK(after("{op: replace, path: /spec/replicas, value: 1}").size() == 1);
  CHECK(after("{op: replace, path: /spec/minAvailable, value: 1}").size() == 1);
  CHECK(after("{op: remove, path: /spec/minAvailable}, {op: add, path: /spec/maxUnavailable, value: 1}").empty());
  CHECK(after("{op: replace, path: /spec/selector/matchLabels/app, value: other}").size() == 1);
}

TEST_CASE("lint: an entrance, a ConfigMap and a role follow their operations") {
  const std::string ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{host: a.example}]}\n";
  const auto entrance = [&ingress](const std::string& operations) {
    return patched("- target: {kind: Ingress}\n  patch: '[" + operations + "]'\n", ingress).size();
  };
  const std::string clients =
      ", {op: add, path: /metadata/annotations/nginx.ingress.kubernetes.io~1auth-tls-secret, value: ca}";
  CHECK(entrance("{op: add, path: /spec/tls, value: [{secretName: x}]}" + clients) == 0);
  CHECK(entrance("{op: add, path: /spec/tls/-, value: {hosts: [a.example]}}" + clients) == 0);
  CHECK(entrance("{op: add, path: /spec/tls/-, value: {hosts: [b.example]}}" + clients) == 1);
  CHECK(entrance("{op: add, path: /spec/tls, value: [{hosts: [b.example]}]}, "
                 "{op: replace, path: /spec/rules/0/host, value: b.example}" +
                 clients) == 0);
  const std::string map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {PASSWORD: abc}\n";
  CHECK(patched("- target: {kind: ConfigMap}\n  patch: '[{op: remove, path: /data/PASSWORD}]'\n", map).empty());
  CHECK(
      patched("- target: {kind: ConfigMap}\n  patch: '[{op: replace, path: /data, value: {A: b, TOKEN: c}}]'\n", map) ==
      std::vector<std::string>{"kustomization.yaml:4 lint-password ConfigMap m: a password stands in a ConfigMap"});
  const std::string role =
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n"
      "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]\n";
  CHECK(
      patched("- target: {kind: Role}\n  patch: '[{op: add, path: /rules/0/resources/-, value: pods/exec}]'\n", role) ==
      std::vector<std::string>{"kustomization.yaml:4 lint-exec Role r: it grants pods/exec or pods/attach"});
}

TEST_CASE("lint: an operation that is not followed is told once, one that no rule minds is not") {
  const auto told_of = [](const std::string& operations) {
    return told(
        material({{"base/kustomization.yaml",
                   "resources: [shop.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: '[" + operations + "]'\n"},
                  {"base/shop.yaml", kShop},
                  {"a/kustomization.yaml", "resources: [../base]\n"},
                  {"b/kustomization.yaml", "resources: [../base]\n"}})
            .issues);
  };
  CHECK(told_of("{op: move, from: /spec/x, path: /spec/template/spec/containers/0}") ==
        "base/kustomization.yaml:4:12: warning: the operation on \"/spec/template/spec/containers/0\" is not followed: "
        "some object is judged without it\n");
  CHECK(told_of("{op: remove, path: /spec/template/spec/containers/7}").find("not followed") != std::string::npos);
  CHECK(told_of("{op: add, path: /spec/template/spec/containers/0/resources, value: {limits: {cpu: 1}}}").empty());
  CHECK(told_of("{op: test, path: /spec/template/spec/containers/0/env, value: 1}, {op: add, path: /spec/strategy, "
                "value: {type: Recreate}}")
            .empty());
}

TEST_CASE("lint: a component changes all of the kustomization that names it") {
  const std::string component =
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [extra.yaml]\npatches:\n"
      "- patch: '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: shop}, spec: {minAvailable: null, "
      "maxUnavailable: 1}}'\n- target: {kind: Deployment}\n" +
      kAddToken;
  CHECK(findings({{"kustomization.yaml", "resources: [shop.yaml]\ncomponents: [tokens]\n"},
                  {"shop.yaml", kShop},
                  {"tokens/kustomization.yaml", component},
                  {"tokens/extra.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {PIN: a}\n"}}) ==
        std::vector<std::string>{"tokens/kustomization.yaml:7 lint-password Deployment shop: a password is the plain "
                                 "value of an environment variable"});
}

TEST_CASE("lint: a patch that says nothing of TLS leaves it") {
  const std::string route =
      "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: r}\nspec: {routes: [], tls: {secretName: "
      "x}}\n";
  const std::string patch =
      "- patch: '{apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: r, annotations: {a: b}}}'\n";
  CHECK(patched(patch, route) ==
        std::vector<std::string>{
            "shop.yaml:3 lint-client-certificates IngressRoute r: it does not ask for client certificates"});
}

TEST_CASE("lint: a generator merges with what it is told to") {
  const auto generated = [](const std::string& behavior) {
    return findings({{"base/kustomization.yaml", "configMapGenerator: [{name: m, literals: [PASSWORD=abc]}]\n"},
                     {"kustomization.yaml", "resources: [base]\nconfigMapGenerator: [{name: m, behavior: " + behavior +
                                                ", literals: [PASSWORD=]}]\n"}})
        .size();
  };
  CHECK(generated("merge") == 0);
  CHECK(generated("replace") == 0);
  CHECK(generated("create") == 1);
}

TEST_CASE("lint: kustomizations that double at each step, or never end, are stopped and told") {
  Texts files{{"k0/kustomization.yaml", "resources: [a.yaml]\n"}};
  for (int i = 1; i <= 40; ++i) {
    const std::string below = "../k" + std::to_string(i - 1);
    files.emplace_back("k" + std::to_string(i) + "/kustomization.yaml", "resources: [" + below + ", " + below + "]\n");
  }
  CHECK(told(material(files).issues).find("what the overlays unfold to is too much") != std::string::npos);
  files.clear();
  for (int i = 0; i < 1000; ++i) {
    files.emplace_back("k" + std::to_string(i) + "/kustomization.yaml",
                       "resources: [../k" + std::to_string(i + 1) + "]\n");
  }
  CHECK(told(material(files).issues).find("name each other to no end") != std::string::npos);
}

TEST_CASE("lint: items of a list that state no kind are told") {
  CHECK(told(read("apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]\n")
                 .issues) ==
        "in.yaml:1:1: warning: 2 of its items are passed over: no kind is stated (kubectl get -o yaml states it)\n");
}
