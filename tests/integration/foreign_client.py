#!/usr/bin/python3
"""A client that shares no code with the product: Debian's gRPC for Python over
stubs generated from proto/ as anybody could.

    foreign_client.py path/to/kugged

Starts the server on free ports and an empty folder, imports the starter
taxonomy, creates a person and a requirement, and reads the match.
"""

import importlib
import pathlib
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading

import grpc

ROOT = pathlib.Path(__file__).resolve().parents[2]
TAXONOMY = ROOT / "deploy" / "demo_data" / "taxonomy" / "concepts.jsonl"
PIECE_BYTES = 100 * 1024
DEADLINE_SECONDS = 30

passed = 0
failed = 0


def check(what, held, seen=None):
    """Counts one expectation, and tells of one that doesn't hold."""
    global passed, failed
    if held:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what}" + ("" if seen is None else f": {seen}"))


def generate_stubs(folder):
    """Python modules of every proto of the API, into `folder`."""
    protos = sorted(str(p) for p in (ROOT / "proto" / "kugge" / "v1").glob("*.proto"))
    # The compiler's own plugin: Debian's grpc_tools is too old for `optional`.
    subprocess.run(["/usr/bin/protoc", f"-I{ROOT / 'proto'}", "-I/usr/include",
                    "--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin",
                    f"--python_out={folder}", f"--grpc_out={folder}", *protos], check=True)
    sys.path.insert(0, str(folder))


class Server:
    """kugged as a process; its address is read from its log."""

    def __init__(self, program, folder):
        self._process = subprocess.Popen(
            [program, f"--data_dir={folder}", "--listen_address=127.0.0.1:0",
             "--health_address=127.0.0.1:0", "--metrics_address=-"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self._find(r"listening address=(\S+) what=api")
        self._find(r" ready ")

    def _read(self):
        for line in self._process.stderr:
            self._lines.put(line)
        self._lines.put(None)

    def _find(self, pattern):
        seen = ""
        while True:
            line = self._lines.get(timeout=DEADLINE_SECONDS)
            if line is None:
                sys.exit(f"the server ended before it said {pattern}:\n{seen}")
            seen += line
            if match := re.search(pattern, line):
                return match.group(match.lastindex or 0)

    def stop(self):
        """Its exit code after a SIGTERM."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=DEADLINE_SECONDS)


class Api:
    """The generated stubs, with a deadline on every call."""

    def __init__(self, channel):
        self._channel = channel

    def __getattr__(self, method):
        for file in ("tenant", "profile", "employer", "taxonomy", "match"):
            module = importlib.import_module(f"kugge.v1.{file}_service_pb2_grpc")
            stub = getattr(module, f"{file.capitalize()}ServiceStub")(self._channel)
            if hasattr(stub, method):
                return lambda request: getattr(stub, method)(request, timeout=DEADLINE_SECONDS)
        raise AttributeError(method)


def import_taxonomy(api, message):
    """The starter taxonomy, a piece at a time."""
    data = TAXONOMY.read_bytes()
    pieces = [data[i:i + PIECE_BYTES] for i in range(0, len(data), PIECE_BYTES)]
    return api.ImportTaxonomy(
        message.ImportTaxonomyRequest(taxonomy_id="starter" if i == 0 else "",
                                      file=TAXONOMY.name, data=piece)
        for i, piece in enumerate(pieces))


def find(api, message, query, kind):
    """The concept of a type whose label is exactly `query`."""
    found = api.SearchConcepts(message.SearchConceptsRequest(query=query, types=[kind]))
    exact = [c for c in found.concepts if c.preferred_label == query]
    check(f"search finds {query}", len(exact) == 1, found)
    return exact[0].id


def run(api):
    """One person, one requirement, one match."""
    common, employer, profile, requirement, tenant = (
        importlib.import_module(f"kugge.v1.{name}_pb2")
        for name in ("common", "employer", "profile", "requirement", "tenant"))
    tenants, profiles, employers, taxonomy, match = (
        importlib.import_module(f"kugge.v1.{name}_service_pb2")
        for name in ("tenant", "profile", "employer", "taxonomy", "match"))
    matches = importlib.import_module("kugge.v1.match_pb2")

    imported = import_taxonomy(api, taxonomy).taxonomy
    lines = sum(1 for line in TAXONOMY.read_text(encoding="utf-8").splitlines() if line)
    counted = sum(c.active + c.deprecated for c in imported.concept_counts)
    check("every concept of the file is there", counted == lines, (counted, lines))
    check("the taxonomy is in force", imported.in_force)
    licence = find(api, taxonomy, "B", "driving-licence")
    skills = api.SearchConcepts(taxonomy.SearchConceptsRequest(query="svets", types=["skill"]))
    check("search as you type finds skills", len(skills.concepts) > 0)
    skill = skills.concepts[0].id

    api.CreateTenant(tenants.CreateTenantRequest(
        tenant_id="mora", tenant=tenant.Tenant(display_name="Mora kommun")))
    person = api.CreateProfile(profiles.CreateProfileRequest(
        parent="tenants/mora",
        profile=profile.Profile(
            kind=profile.PROFILE_KIND_JOB_SEEKER,
            home=common.Place(municipality_code="2062"),
            skills=profile.SkillSection(held=[profile.HeldSkill(skill=skill, level=4)]),
            licences=profile.LicenceSection(held=[profile.HeldLicence(licence=licence)]),
            wishes=profile.WorkWishes(mobility=profile.Mobility(
                easy_distance_km=10, maximum_distance_km=60)))))
    check("the person has a name", person.name.startswith("tenants/mora/profiles/"), person.name)
    company = api.CreateEmployer(employers.CreateEmployerRequest(
        parent="tenants/mora", employer=employer.Employer(display_name="Verkstaden")))
    need = api.CreateRequirement(employers.CreateRequirementRequest(
        parent=company.name,
        requirement=requirement.Requirement(
            title="Svetsare", origin=requirement.REQUIREMENT_ORIGIN_VACANCY,
            place=common.Place(municipality_code="2062"),
            demands=common.Demands(
                skills=[common.SkillDemand(skill=skill, minimum_level=3,
                                           strength=common.STRENGTH_HARD)],
                licences=[common.LicenceDemand(licence=licence,
                                               strength=common.STRENGTH_HARD)]))))

    answer = api.MatchRequirements(match.MatchRequirementsRequest(profile=person.name))
    check("one requirement matches", answer.total_size == 1, answer)
    row = answer.matches[0]
    check("it is the one that was created", row.name == need.name, row.name)
    check("it is eligible", row.eligibility == matches.ELIGIBILITY_ELIGIBLE, row.eligibility)
    # Skills 3000 and licence 1000 in full; 6000 that isn't asked, by half.
    check("its score is as documented", row.score == 7000, row.score)
    # The distance 3000 in full; 7000 that isn't asked, by half.
    check("so is its reverse score", row.reverse_score == 6500, row.reverse_score)
    for lines_of, score in ((row.contributions, row.score),
                            (row.reverse_contributions, row.reverse_score)):
        check("contributions sum to the score", sum(c.contribution for c in lines_of) == score)
        for c in lines_of:
            check("a line is its weight times its credit",
                  c.contribution == (c.weight * c.credit + 500) // 1000, c)
    people = api.MatchProfiles(match.MatchProfilesRequest(requirement=need.name))
    check("the other direction has the same pair",
          [(m.name, m.order_key) for m in people.matches] == [(person.name, row.order_key)], people)
    explained = api.ExplainMatch(match.ExplainMatchRequest(
        profile=person.name, requirement=need.name))
    check("the explanation is the row", explained.match == row, explained)
    stream = list(api.MatchAll(match.MatchAllRequest(parent="tenants/mora")))
    check("a stream about everybody has the same pair",
          [(p.profile, [(m.requirement, m.order_key) for m in p.matches])
           for part in stream for p in part.profiles] ==
          [(person.name, [(need.name, row.order_key)])], stream)
    check("and says that it is complete", [part.complete for part in stream] == [False, False, True],
          stream)

    try:
        api.CreateProfile(profiles.CreateProfileRequest(
            parent="tenants/mora", profile=profile.Profile(
                kind=profile.PROFILE_KIND_JOB_SEEKER,
                home=common.Place(municipality_code="9999"))))
        check("an unknown municipality is refused", False)
    except grpc.RpcError as error:
        check("an unknown municipality is refused",
              error.code() == grpc.StatusCode.INVALID_ARGUMENT
              and "profile.home.municipality_code" in error.details(), error)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="kugge_") as folder:
        stubs = pathlib.Path(folder) / "stubs"
        stubs.mkdir()
        generate_stubs(stubs)
        server = Server(sys.argv[1], pathlib.Path(folder) / "data")
        try:
            with grpc.insecure_channel(server.address) as channel:
                run(Api(channel))
        finally:
            code = server.stop()
        check("the server stops when asked", code == 0, code)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
