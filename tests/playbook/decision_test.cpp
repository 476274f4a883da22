// The decision tree of chapter 5, and where the configuration comes from.

#include "migplan/playbook/decision.hpp"

#include <catch2/catch.hpp>

#include "migplan/playbook/identifier.hpp"

using namespace migplan;

TEST_CASE("decision: the tree has three ends, and none where elasticity is not known") {
  CHECK(decision_for(false, true) == Decision::AssessLegacy);
  CHECK(decision_for(false, false) == Decision::AssessLegacy);
  CHECK(decision_for(true, true) == Decision::SagaWithTracing);
  CHECK(decision_for(true, false) == Decision::EventSourcing);
  CHECK_FALSE(decision_for(std::nullopt, true));
}

TEST_CASE("configuration: the first tier takes Nacos, the mesh Consul KV, all others etcd") {
  CHECK(configuration_for(true, true) == Configuration::Nacos);
  CHECK(configuration_for(true, false) == Configuration::Nacos);
  CHECK(configuration_for(false, true) == Configuration::ConsulKv);
  CHECK(configuration_for(false, false) == Configuration::EtcdViper);
}

TEST_CASE("identifiers: labels become packages, names and variables") {
  CHECK(go_package("inventory-core-v2") == "inventory_core_v2");
  CHECK(go_package("3ds-gateway") == "svc_3ds_gateway");
  CHECK(go_package("select") == "select_svc");
  CHECK(go_identifier("inventory-core-v2") == "InventoryCoreV2");
  CHECK(go_identifier("lockCoupon") == "LockCoupon");
  CHECK(go_identifier("3ds") == "X3ds");
  CHECK(go_identifier("$(rm -rf /)`\n<script>") == "RmRfScript");
  CHECK(go_identifier("下单") == "X");
  CHECK(env_prefix("inventory-core-v2") == "INVENTORY_CORE_V2");
  CHECK(env_prefix("3ds") == "SVC_3DS");
  CHECK(go_service_name("stock-lock") == "StockLock");
  CHECK(go_service_name("neighbour") == "NeighbourService");
}

TEST_CASE("identifiers: different texts stay different") {
  DistinctIdentifiers names;
  CHECK(names.of("place-order") == "PlaceOrder");
  CHECK(names.of("placeOrder") == "PlaceOrder2");
  CHECK(names.of("place-order") == "PlaceOrder");
  CHECK(names.of("下单") == "X");
  CHECK(names.of("付款") == "X2");
}
