#include "services/server/services.h"

#include <sodium.h>

#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matching/geo/municipalities.h"
#include "services/employer/employer_service.h"
#include "services/match/match_service.h"
#include "services/profile/profile_service.h"
#include "services/resource/service_parts.h"
#include "services/taxonomy/taxonomy_service.h"
#include "services/tenant/tenant_service.h"
#include "services/training/training_service.h"

namespace kugge::server {
namespace {

// The same for every start on the same store, so that a client's token
// survives a restart. Derived by BLAKE2b (RFC 7693): nobody who learns it
// learns the store's key.
rpc::PageTokens::Key PageTokenKey(const std::string& hash_key) {
  constexpr absl::string_view kContext = "kugge page tokens 1";
  rpc::PageTokens::Key key;
  const int result = crypto_generichash(
      key.data(), key.size(),
      reinterpret_cast<const unsigned char*>(kContext.data()), kContext.size(),
      reinterpret_cast<const unsigned char*>(hash_key.data()), hash_key.size());
  // Fails only for sizes that libsodium doesn't know; the store made the key.
  if (result != 0) std::abort();
  return key;
}

bool IsMunicipality(absl::string_view code) {
  return matching::FindMunicipality(code).has_value();
}

rpc::Serve::Options ServeOptions(const config::v1::ServerConfig& config) {
  return {.max_call = absl::Seconds(config.max_call_seconds()),
          .max_message_bytes = int64_t{config.max_message_kib()} << 10,
          .max_batch_bytes = int64_t{config.max_batch_message_kib()} << 10};
}

}  // namespace

Services::Services(const config::v1::ServerConfig& config, const Clock& clock,
                   Metrics* metrics, storage::Repository& repository,
                   index::Index& index)
    : tokens_(PageTokenKey(repository.meta().hash_key)),
      concepts_(index),
      validator_(&concepts_, IsMunicipality),
      serve_(clock, metrics, validator_, ServeOptions(config)),
      planner_(repository, validator_, ids_),
      resources_(repository, index, planner_, tokens_),
      imports_(repository, index, planner_),
      taxonomy_(repository, resources_, tokens_),
      taxonomy_imports_(repository, index, validator_),
      match_pairs_({repository, index, resources_, tokens_, metrics}),
      match_courses_({repository, index, resources_, tokens_, metrics}),
      match_offerings_({repository, index, resources_, tokens_, metrics}),
      match_pathways_({repository, index, resources_, tokens_, metrics}),
      match_standings_({repository, index, resources_, tokens_, metrics}),
      match_staffing_({repository, index, resources_, tokens_, metrics}),
      match_proposals_({repository, index, resources_, tokens_, metrics}),
      match_leftovers_({repository, index, resources_, tokens_, metrics}),
      match_all_(repository, index, resources_, tokens_, metrics,
                 static_cast<size_t>(config.batch_threads())) {
  const resource::ServiceParts parts{serve_, resources_, imports_};
  const auto add = [this](std::unique_ptr<grpc::Service> shell) {
    shells_.push_back(std::move(shell));
  };
  add(std::make_unique<tenant::TenantServiceShell>(parts));
  add(std::make_unique<profile::ProfileServiceShell>(parts));
  add(std::make_unique<employer::EmployerServiceShell>(parts));
  add(std::make_unique<training::TrainingServiceShell>(parts));
  add(std::make_unique<taxonomy::TaxonomyServiceShell>(serve_, taxonomy_,
                                                       taxonomy_imports_));
  add(std::make_unique<match::MatchServiceShell>(
      serve_,
      match::MatchHandlers{match_pairs_, match_courses_, match_offerings_,
                           match_pathways_, match_standings_, match_staffing_,
                           match_proposals_, match_leftovers_, match_all_}));
}

std::vector<grpc::Service*> Services::All() const {
  std::vector<grpc::Service*> services;
  services.reserve(shells_.size());
  for (const auto& shell : shells_) services.push_back(shell.get());
  return services;
}

}  // namespace kugge::server
