// The service's metrics, in one place so that their names stay consistent;
// served in Prometheus' text format. Labels never carry personal data or
// resource names.
#ifndef KUGGE_BASE_METRICS_H_
#define KUGGE_BASE_METRICS_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace prometheus {
class Registry;
}  // namespace prometheus

namespace kugge {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // kugge_rpc_total{method,code} and kugge_rpc_duration_seconds{method}: one
  // finished call.
  void CountRpc(absl::string_view method, absl::string_view code,
                absl::Duration duration);
  // kugge_rpc_in_flight: calls between arrival and answer.
  void AddRpcInFlight(int delta);
  // kugge_commit_duration_seconds and kugge_commit_batch_size: one synced
  // commit of `write_sets` gathered write sets.
  void CountCommit(absl::Duration duration, int write_sets);
  // kugge_index_documents{kind}: documents in the published view.
  void SetIndexDocuments(absl::string_view kind, double documents);
  // kugge_index_bytes: memory of the index beside the documents themselves.
  void SetIndexBytes(double bytes);
  // kugge_index_revision: the store's revision that the published view shows.
  void SetIndexRevision(double revision);
  // kugge_match_documents_scored_total{question}: documents that a match call
  // looked at.
  void CountDocumentsScored(absl::string_view question, double documents);
  // kugge_match_all_people_total: people whose rows MatchAll has computed.
  void CountMatchAllPeople(double people);

  // What an exposer serves. shared_ptr because prometheus-cpp's exposer keeps a
  // weak one.
  std::shared_ptr<prometheus::Registry> registry() const { return registry_; }

 private:
  struct Families;
  std::shared_ptr<prometheus::Registry> registry_;
  std::unique_ptr<Families> families_;
};

}  // namespace kugge

#endif  // KUGGE_BASE_METRICS_H_
