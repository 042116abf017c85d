// The reading methods that answer many resources: List and BatchGet.
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "google/protobuf/message.h"
#include "kugge/v1/common.pb.h"
#include "services/resource/fields.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/errors.h"
#include "services/rpc/filter.h"
#include "services/rpc/order_by.h"
#include "services/rpc/resource_name.h"
#include "storage/etag.h"

namespace kugge::resource {
namespace {

using google::protobuf::Message;
using storage::Revision;

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;
constexpr int kRowsPerPoll = 256;

size_t PageSizeOf(const Message& request) {
  const int32_t asked = GetInt(request, "page_size");
  return static_cast<size_t>(asked == 0 ? kDefaultPageSize
                                        : std::min(asked, kMaxPageSize));
}

void Finish(const ResourceType& type, int view, Revision revision,
            Message* resource) {
  SetString(resource, "etag", storage::EtagOf(revision));
  if (view == v1::RESOURCE_VIEW_BASIC) KeepBasicFields(type, resource);
}

// One row that passed the filter, in a list that is ordered by a time.
struct TimedRow {
  int64_t micros = 0;
  std::string name;

  friend auto operator<=>(const TimedRow&, const TimedRow&) = default;
};

// Empty for an order by name alone: then every row's time is 0.
absl::string_view TimeFieldOf(const rpc::OrderBy& order) {
  switch (order.field) {
    case rpc::OrderBy::Field::kCreateTime:
      return "create_time";
    case rpc::OrderBy::Field::kUpdateTime:
      return "update_time";
    case rpc::OrderBy::Field::kName:
      return "";
  }
  return "";
}

std::string TokenOf(const TimedRow& row) {
  return absl::StrCat(row.micros, " ", row.name);
}

absl::StatusOr<TimedRow> ParseTimedToken(absl::string_view token) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(token, absl::MaxSplits(' ', 1));
  TimedRow row;
  row.name = std::string(parts.second);
  if (!absl::SimpleAtoi(parts.first, &row.micros)) {
    return rpc::InvalidField("page_token", "isn't one that an answer gave");
  }
  return row;
}

// Goes through what a list asks for, in the order of names.
struct Listing {
  const ResourceType& type;
  const storage::Repository& repository;
  const storage::Snapshot* snapshot;
  const rpc::BoundFilter& filter;
  rpc::RequestContext& call;
  std::string parent;

  // visit(resource, revision) returns false to stop.
  template <typename Visit>
  absl::Status ForEach(absl::string_view start_after, Visit visit) const {
    KUGGE_ASSIGN_OR_RETURN(
        const std::unique_ptr<storage::RecordCursor> cursor,
        repository.Scan(type.kind, parent, start_after, snapshot));
    const auto resource = type.New();
    for (int row = 0; cursor->Valid(); cursor->Next(), ++row) {
      if (row % kRowsPerPoll == 0 && call.cancelled()) {
        return absl::CancelledError("the caller is gone or out of time");
      }
      KUGGE_RETURN_IF_ERROR(cursor->Read(resource.get()));
      if (!filter.Matches(*resource)) continue;
      if (!visit(resource.get(), cursor->revision())) return absl::OkStatus();
    }
    return cursor->status();
  }
};

absl::Status ListByName(const Listing& listing, absl::string_view start_after,
                        size_t page_size, int view, Message* response,
                        std::string* next) {
  size_t rows = 0;
  std::string last;
  return listing.ForEach(
      start_after, [&](Message* resource, Revision revision) {
        if (rows == page_size) {
          *next = last;
          return false;
        }
        ++rows;
        last = GetString(*resource, "name");
        Finish(listing.type, view, revision, resource);
        AddElement(response, listing.type.plural)->CopyFrom(*resource);
        return true;
      });
}

// Keeps the page's rows only, however many there are.
absl::Status ListByTime(const Listing& listing, const rpc::OrderBy& order,
                        absl::string_view token, size_t page_size, int view,
                        Message* response, std::string* next) {
  const absl::string_view field = TimeFieldOf(order);
  TimedRow after;
  if (!token.empty()) {
    KUGGE_ASSIGN_OR_RETURN(after, ParseTimedToken(token));
  }
  const auto before = [&](const TimedRow& a, const TimedRow& b) {
    return order.descending ? b < a : a < b;
  };
  std::vector<TimedRow> page;  // a heap, its worst row first
  KUGGE_RETURN_IF_ERROR(listing.ForEach("", [&](Message* resource, Revision) {
    TimedRow row{GetTimeMicros(*resource, field), GetString(*resource, "name")};
    if (!token.empty() && !before(after, row)) return true;
    page.push_back(std::move(row));
    std::ranges::push_heap(page, before);
    if (page.size() > page_size + 1) {
      std::ranges::pop_heap(page, before);
      page.pop_back();
    }
    return true;
  }));
  std::ranges::sort(page, before);
  if (page.size() > page_size) {
    page.pop_back();
    *next = TokenOf(page.back());
  }
  for (const TimedRow& row : page) {
    Message* resource = AddElement(response, listing.type.plural);
    KUGGE_ASSIGN_OR_RETURN(const Revision revision,
                           listing.repository.Get(listing.type.kind, row.name,
                                                  listing.snapshot, resource));
    Finish(listing.type, view, revision, resource);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ResourceHandler::List(const ResourceType& type,
                                   const Message& request, Context& call,
                                   Message* response) const {
  KUGGE_ASSIGN_OR_RETURN(const rpc::OrderBy order,
                         rpc::ParseOrderBy(GetString(request, "order_by")));
  KUGGE_ASSIGN_OR_RETURN(const rpc::Filter parsed,
                         rpc::Filter::Parse(GetString(request, "filter")));
  KUGGE_ASSIGN_OR_RETURN(const rpc::BoundFilter filter,
                         parsed.Bind(type.prototype->GetDescriptor()));
  std::string token = GetString(request, "page_token");
  if (!token.empty()) {
    KUGGE_ASSIGN_OR_RETURN(token, tokens_.Decode(token, request));
  }
  KUGGE_ASSIGN_OR_RETURN(const auto view, View(call));
  const std::string parent = GetString(request, "parent");
  // A parent with `-` in it stands for many, perhaps none.
  if (const ResourceType* above = TypeOfName(parent);
      above != nullptr &&
      !absl::StrContains(absl::StrCat(parent, "/"), "/-/")) {
    const absl::Status exists =
        repository_
            .Get(above->kind, parent, view->snapshot.get(), above->New().get())
            .status();
    if (absl::IsNotFound(exists)) return rpc::NotFound(parent);
    KUGGE_RETURN_IF_ERROR(exists);
  }

  const Listing listing{type,   repository_, view->snapshot.get(),
                        filter, call,        parent};
  const int shown = GetEnum(request, "view") == v1::RESOURCE_VIEW_FULL
                        ? v1::RESOURCE_VIEW_FULL
                        : v1::RESOURCE_VIEW_BASIC;
  const size_t page_size = PageSizeOf(request);
  std::string next;
  if (order.field == rpc::OrderBy::Field::kName && !order.descending) {
    KUGGE_RETURN_IF_ERROR(
        ListByName(listing, token, page_size, shown, response, &next));
  } else {
    KUGGE_RETURN_IF_ERROR(
        ListByTime(listing, order, token, page_size, shown, response, &next));
  }
  if (!next.empty()) {
    SetString(response, "next_page_token", tokens_.Encode(next, request));
  }
  return absl::OkStatus();
}

absl::Status ResourceHandler::BatchGet(const ResourceType& type,
                                       const Message& request, Context& call,
                                       Message* response) const {
  KUGGE_ASSIGN_OR_RETURN(const auto view, View(call));
  const std::string parent = GetString(request, "parent");
  const google::protobuf::FieldDescriptor* names =
      request.GetDescriptor()->FindFieldByName("names");
  const int count = request.GetReflection()->FieldSize(request, names);
  for (int i = 0; i < count; ++i) {
    const std::string name =
        request.GetReflection()->GetRepeatedString(request, names, i);
    if (!rpc::IsWithin(name, parent)) {
      return rpc::InvalidField(
          absl::StrCat("names[", i, "]"),
          absl::StrCat("is ", rpc::Quoted(name), "; must be below ",
                       rpc::Quoted(parent)));
    }
    Message* resource = AddElement(response, type.plural);
    const absl::StatusOr<Revision> revision =
        repository_.Get(type.kind, name, view->snapshot.get(), resource);
    if (absl::IsNotFound(revision.status())) return rpc::NotFound(name);
    KUGGE_RETURN_IF_ERROR(revision.status());
    Finish(type, GetEnum(request, "view"), *revision, resource);
  }
  return absl::OkStatus();
}

}  // namespace kugge::resource
