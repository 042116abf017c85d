// A data folder of the server with people, requirements, offerings and sessions
// of the full workload, all in one tenant.
#ifndef KUGGE_TESTS_BENCH_COURSE_MARKET_H_
#define KUGGE_TESTS_BENCH_COURSE_MARKET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/server/server.h"
#include "tests/bench/course_workload.h"
#include "tests/bench/full_messages.h"
#include "tests/bench/full_workload.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

class CourseMarket {
 public:
  // Makes the folder: taxonomy, tenant with a region a municipality, employers
  // and providers; nothing of theirs in it yet.
  CourseMarket(std::string data_dir, uint32_t people, uint32_t requirements);
  CourseMarket(const CourseMarket&) = delete;
  CourseMarket& operator=(const CourseMarket&) = delete;

  // Each once, beside any server.
  void AddPeople() const;
  void AddRequirements() const;
  // kOfferings of them, with their sessions.
  void AddOfferings() const;

  // A server on the folder, ready; `seconds` is what that took.
  std::unique_ptr<server::Server> Start(double* seconds) const;

  // Names of the `index`th, counted around.
  std::string Person(uint64_t index) const;
  std::string Requirement(uint64_t index) const;
  static std::string Offering(uint64_t index);
  // One of that offering's sessions.
  std::string Session(uint64_t offering) const;
  // Places of the first offerings that teach a language or award a licence, as
  // many of them: what the most requirements insist on.
  std::vector<uint64_t> WideOfferings(size_t count) const;
  // Where the work of this requirement is.
  matching::MunicipalityIndex PlaceOf(uint64_t requirement) const;

 private:
  void AddFrame() const;

  const Workload workload_;
  const FullWorkload full_;
  const FullMessages messages_;
  const std::string data_dir_;
  const uint32_t people_;
  const uint32_t requirements_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_COURSE_MARKET_H_
