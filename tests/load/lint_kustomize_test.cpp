// Kustomizations: patches, prefixes, generators, components.

#include "migplan/load/manifests_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "linting.hpp"

using namespace migplan;
using namespace migplan::linting;

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

TEST_CASE("lint: prefixes and suffixes are followed, whatever the order") {
  const std::string scaler =
      "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\n"
      "spec: {scaleTargetRef: {kind: Deployment, name: NAME}, minReplicas: 1}\n";
  const auto with = [&](const std::string& name) {
    return kShop + scaler.substr(0, scaler.find("NAME")) + name + scaler.substr(scaler.find("NAME") + 4);
  };
  const auto found = [](const std::string& base, const std::string& top, const Texts& more = {}) {
    Texts files{{"base/kustomization.yaml", "resources: [shop.yaml]\nnamePrefix: a-\n"},
                {"base/shop.yaml", base},
                {"top/kustomization.yaml", "resources: [../base]\nnameSuffix: -z\n" + top}};
    files.insert(files.end(), more.begin(), more.end());
    std::string out;
    for (const std::string& one : findings(files)) out += one.substr(one.find("lint-")) + "\n";
    return out;
  };
  const std::string low =
      "lint-budget Deployment a-shop-z: PodDisruptionBudget a-shop-z with minAvailable 2 keeps 1 of 1 replica\n";
  CHECK(found(kShop, "").empty());
  for (const char* const name : {"shop", "a-shop", "a-shop-z"}) {
    INFO(name);
    CHECK(found(with(name), "") == low);
    CHECK(found(kShop, std::string("replicas: [{name: ") + name + ", count: 1}]\n") == low);
  }
  for (const char* const name : {"shop", "a-shop"}) {
    INFO(name);
    CHECK(found(kShop, std::string("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: ") +
                           name + "}, spec: {replicas: 1}}'}]\n") == low);
    CHECK(found(kShop, "bases: [scaler.yaml]\n", {{"top/scaler.yaml", with(name).substr(kShop.size() + 4)}}) == low);
  }
}

TEST_CASE("lint: what of a kustomization is not followed is told and leaves a doubt where a budget is missing") {
  const std::string shop = kShop.substr(0, kShop.find("---"));
  const auto judged = [&](const std::string& more) {
    const LintMaterial all = material({{"base/kustomization.yaml", "resources: [shop.yaml]\n" + more},
                                       {"base/shop.yaml", shop},
                                       {"top/kustomization.yaml", "resources: [../base]\n"}});
    std::string out = told(all.issues);
    for (const LintCheck& one : checked(all.input, policy())) {
      if (one.check.rule == "lint-budget") out += name_of(one.check.verdict);
    }
    return out;
  };
  CHECK(judged("") == "fail");
  CHECK(judged("helmCharts: []\n") == "fail");
  CHECK(judged("bases: ['https://example.com/x?ref=v1']\n") ==
        "base/kustomization.yaml:1:1: warning: its resource \"https://example.com/x?ref=v1\" is an address, and is not "
        "read\ninconclusive");
  for (const char* const field : {"replacements", "helmCharts", "transformers", "generators", "vars"}) {
    CHECK(judged(std::string(field) + ": [{a: b}]\n") ==
          std::string("base/kustomization.yaml:2:1: warning: its ") + field +
              " are not followed: what they add or change is not judged\ninconclusive");
  }
  CHECK(judged("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart}}'}]\n") ==
        "base/kustomization.yaml:2:77: warning: the patch of Deployment cart meets no object\nfail");
  CHECK(judged("patches: [{target: {kind: StatefulSet}, patch: '{apiVersion: apps/v1, kind: Deployment, metadata: "
               "{name: cart}}'}]\n") == "fail");
}

TEST_CASE("lint: what a strategic merge patch takes out is gone") {
  const auto after = [](const std::string& kind, const std::string& rest) {
    return patched("- patch: '{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: shop}, spec: " + rest +
                   "}'\n");
  };
  const auto pod = [&](const std::string& rest) { return after("Deployment", "{template: " + rest + "}"); };
  CHECK(after("Deployment", "{replicas: null}").size() == 1);
  CHECK(pod("{metadata: {labels: {app: null}}}").size() == 1);
  CHECK(pod("{metadata: {labels: {$patch: replace, tier: web}}}").size() == 1);
  CHECK(pod("{metadata: {labels: null}}").size() == 1);
  CHECK(pod("{spec: {containers: [{name: a, image: a}, {$patch: replace}]}}").empty());
  CHECK(pod("{spec: {containers: [{name: a, image: a}]}}").size() == 1);
  CHECK(pod("{spec: {containers: [{name: shop, env: [{name: PASSWORD, value: abc}]}]}}").size() == 1);
  CHECK(pod("{spec: {containers: [{name: shop, command: null, env: [{$patch: replace}]}, {name: a, args: null, "
            "$patch: delete}]}}")
            .empty());
}

TEST_CASE("lint: of a variable that a patch takes out no password is left") {
  const std::string shop =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: a, image: a, env: [{name: "
      "PASSWORD, value: abc}], args: [--password=abc]}]}\n";
  const auto left = [&](const std::string& container) {
    return patched("- patch: '{apiVersion: v1, kind: Pod, metadata: {name: shop}, spec: {containers: [" + container +
                       "]}}'\n",
                   shop)
        .size();
  };
  CHECK(left("{name: a}") == 2);
  CHECK(left("{name: a, env: null}") == 1);
  CHECK(left("{name: a, args: null, env: [{$patch: replace}, {name: MODE, value: x}]}") == 0);
  CHECK(left("{name: a, env: [{$patch: delete, name: PASSWORD}]}") == 1);
}

TEST_CASE("lint: what a patch takes out and is not followed is told, what no rule minds is not") {
  const auto told_of = [](const std::string& rest) {
    return told(material({{"kustomization.yaml",
                           "resources: [shop.yaml]\npatches:\n- patch: '{apiVersion: apps/v1, kind: Deployment, "
                           "metadata: {name: shop, creationTimestamp: null}, " +
                               rest + ", status: null}'\n"},
                          {"shop.yaml", kShop}})
                    .issues);
  };
  CHECK(told_of("spec: null").find("what the patch takes out at \"/spec\" is not followed") != std::string::npos);
  CHECK(told_of("spec: {template: {spec: {$patch: replace, containers: [{name: b}]}}}").find("/spec/template/spec") !=
        std::string::npos);
  CHECK(told_of("spec: {template: {spec: {nodeSelector: null, containers: [{name: shop, livenessProbe: null}]}}}")
            .empty());
  CHECK(told_of("spec: {strategy: {$patch: replace, type: Recreate, $retainKeys: [type]}}").empty());
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
