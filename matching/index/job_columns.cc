#include "matching/index/job_columns.h"

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "matching/index/code_book.h"

namespace kugge::matching {
namespace {

JobColumns::Terms JobTermsOf(const JobFacts& facts) {
  JobColumns::Terms terms{.tells_occupations = !facts.occupations.empty()};
  terms.facts.minimum_hours_percent = facts.minimum_hours_percent;
  terms.facts.maximum_hours_percent = facts.maximum_hours_percent;
  terms.facts.shifts = facts.shifts;
  terms.facts.remote_percent = facts.remote_percent;
  return terms;
}

PlainFacts JobStartOf(const JobFacts& facts) {
  PlainFacts start;
  start.earliest_start = facts.earliest_start;
  start.latest_start = facts.latest_start;
  return start;
}

PlainFacts JobPlaceOf(const JobFacts& facts) {
  PlainFacts place;
  place.place = facts.place;
  place.municipality = facts.municipality;
  return place;
}

// A key for each of them.
auto JobKeyOf(const JobColumns::Terms& terms) {
  const PlainFacts& facts = terms.facts;
  return std::tuple(facts.minimum_hours_percent, facts.maximum_hours_percent,
                    facts.shifts, facts.remote_percent,
                    terms.tells_occupations);
}
auto JobStartKeyOf(const PlainFacts& start) {
  return std::pair(start.earliest_start, start.latest_start);
}
auto JobPlaceKeyOf(const PlainFacts& place) {
  const Point point = place.place.value_or(Point{});
  return std::tuple(place.place.has_value(), point.lat_e5, point.lon_e5,
                    place.municipality);
}

}  // namespace

JobColumns::JobColumns(const SegmentDocuments<RequirementFeatures>& documents)
    : fits_(true) {
  CodeBook<decltype(JobKeyOf(Terms{})), uint16_t> terms_book;
  CodeBook<decltype(JobStartKeyOf(PlainFacts{})), uint16_t> start_book;
  CodeBook<decltype(JobPlaceKeyOf(PlainFacts{})), uint32_t> place_book;
  codes_.reserve(documents.size());
  for (DocNumber n = 0; n < documents.size() && fits_; ++n) {
    const JobFacts& facts = documents[n].facts;
    const Terms terms = JobTermsOf(facts);
    const PlainFacts start = JobStartOf(facts);
    const PlainFacts place = JobPlaceOf(facts);
    const auto terms_code = terms_book.CodeOf(JobKeyOf(terms), terms, terms_);
    const auto start_code =
        start_book.CodeOf(JobStartKeyOf(start), start, starts_);
    const auto place_code =
        place_book.CodeOf(JobPlaceKeyOf(place), place, places_);
    fits_ = terms_code.has_value() && start_code.has_value() &&
            place_code.has_value();
    codes_.push_back({.place = place_code.value_or(0),
                      .terms = terms_code.value_or(0),
                      .start = start_code.value_or(0)});
  }
  if (!fits_) *this = JobColumns();
  terms_.shrink_to_fit();
  starts_.shrink_to_fit();
  places_.shrink_to_fit();
}

size_t JobColumns::bytes() const {
  return codes_.capacity() * sizeof(JobCodes) +
         terms_.capacity() * sizeof(Terms) +
         (starts_.capacity() + places_.capacity()) * sizeof(PlainFacts);
}

}  // namespace kugge::matching
