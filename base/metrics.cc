#include "base/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <functional>
#include <map>

#include "base/mutex.h"

namespace kugge {
namespace {

const prometheus::Histogram::BucketBoundaries& LatencyBuckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
      0.1,    0.25,  0.5,    1,     2.5,  10,    60};
  return buckets;
}

const prometheus::Histogram::BucketBoundaries& BatchBuckets() {
  static const auto& buckets =
      *new prometheus::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128};
  return buckets;
}

// Series of one family by the value of their label.
template <typename Series>
using ByLabel = std::map<std::string, Series, std::less<>>;

// The entry of `label`, made by `make` where there is none yet.
template <typename Series, typename Make>
Series& EntryOf(absl::string_view label, ByLabel<Series>& entries, Make make) {
  const auto found = entries.find(label);
  if (found != entries.end()) return found->second;
  return entries.emplace(std::string(label), make()).first->second;
}

// Those of one method, and by their codes.
struct RpcSeries {
  prometheus::Histogram* duration = nullptr;
  ByLabel<prometheus::Counter*> total = {};
};

}  // namespace

struct Metrics::Families {
  prometheus::Family<prometheus::Counter>& rpc_total;
  prometheus::Family<prometheus::Histogram>& rpc_duration;
  prometheus::Gauge& rpc_in_flight;
  prometheus::Histogram& commit_duration;
  prometheus::Histogram& commit_batch;
  prometheus::Family<prometheus::Gauge>& index_documents;
  prometheus::Gauge& index_bytes;
  prometheus::Gauge& index_revision;
  prometheus::Family<prometheus::Counter>& documents_scored;
  prometheus::Counter& match_all_people;

  // What was counted already: a family finds a series by a set of labels, which
  // each call would have to make. As many as there are methods and codes.
  Mutex mutex{};
  ByLabel<RpcSeries> rpcs ABSL_GUARDED_BY(mutex) = {};
  ByLabel<prometheus::Counter*> scored ABSL_GUARDED_BY(mutex) = {};

  RpcSeries& SeriesOf(absl::string_view method)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    return EntryOf(method, rpcs, [&] {
      return RpcSeries{&rpc_duration.Add({{"method", std::string(method)}},
                                         LatencyBuckets())};
    });
  }
};

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {
  auto& registry = *registry_;
  families_ = std::unique_ptr<Families>(new Families{
      .rpc_total = prometheus::BuildCounter()
                       .Name("kugge_rpc_total")
                       .Help("Finished calls by method and status code")
                       .Register(registry),
      .rpc_duration = prometheus::BuildHistogram()
                          .Name("kugge_rpc_duration_seconds")
                          .Help("Time from a call's arrival to its answer")
                          .Register(registry),
      .rpc_in_flight = prometheus::BuildGauge()
                           .Name("kugge_rpc_in_flight")
                           .Help("Calls being served")
                           .Register(registry)
                           .Add({}),
      .commit_duration = prometheus::BuildHistogram()
                             .Name("kugge_commit_duration_seconds")
                             .Help("Time of one synced commit")
                             .Register(registry)
                             .Add({}, LatencyBuckets()),
      .commit_batch = prometheus::BuildHistogram()
                          .Name("kugge_commit_batch_size")
                          .Help("Write sets gathered in one commit")
                          .Register(registry)
                          .Add({}, BatchBuckets()),
      .index_documents = prometheus::BuildGauge()
                             .Name("kugge_index_documents")
                             .Help("Documents in the published view by kind")
                             .Register(registry),
      .index_bytes = prometheus::BuildGauge()
                         .Name("kugge_index_bytes")
                         .Help("Memory of the index beside the documents")
                         .Register(registry)
                         .Add({}),
      .index_revision = prometheus::BuildGauge()
                            .Name("kugge_index_revision")
                            .Help("Revision of the published view")
                            .Register(registry)
                            .Add({}),
      .documents_scored = prometheus::BuildCounter()
                              .Name("kugge_match_documents_scored_total")
                              .Help("Documents looked at by match calls")
                              .Register(registry),
      .match_all_people = prometheus::BuildCounter()
                              .Name("kugge_match_all_people_total")
                              .Help("People whose rows MatchAll has computed")
                              .Register(registry)
                              .Add({})});
}

Metrics::~Metrics() = default;

void Metrics::CountRpc(absl::string_view method, absl::string_view code,
                       absl::Duration duration) {
  prometheus::Counter* total = nullptr;
  prometheus::Histogram* durations = nullptr;
  {
    const MutexLock lock(&families_->mutex);
    RpcSeries& series = families_->SeriesOf(method);
    durations = series.duration;
    total = EntryOf(code, series.total, [&] {
      return &families_->rpc_total.Add(
          {{"method", std::string(method)}, {"code", std::string(code)}});
    });
  }
  total->Increment();
  durations->Observe(absl::ToDoubleSeconds(duration));
}

void Metrics::AddRpcInFlight(int delta) {
  families_->rpc_in_flight.Increment(delta);
}

void Metrics::CountCommit(absl::Duration duration, int write_sets) {
  families_->commit_duration.Observe(absl::ToDoubleSeconds(duration));
  families_->commit_batch.Observe(write_sets);
}

void Metrics::SetIndexDocuments(absl::string_view kind, double documents) {
  families_->index_documents.Add({{"kind", std::string(kind)}}).Set(documents);
}

void Metrics::SetIndexBytes(double bytes) { families_->index_bytes.Set(bytes); }

void Metrics::SetIndexRevision(double revision) {
  families_->index_revision.Set(revision);
}

void Metrics::CountDocumentsScored(absl::string_view question,
                                   double documents) {
  prometheus::Counter* scored = nullptr;
  {
    const MutexLock lock(&families_->mutex);
    scored = EntryOf(question, families_->scored, [&] {
      return &families_->documents_scored.Add(
          {{"question", std::string(question)}});
    });
  }
  scored->Increment(documents);
}

void Metrics::CountMatchAllPeople(double people) {
  families_->match_all_people.Increment(people);
}

}  // namespace kugge
