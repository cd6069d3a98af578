#pragma once

#include "engine/project/project.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <memory>

namespace continuo::project::test {

inline std::shared_ptr<const std::vector<std::byte>> sourceBytes(std::size_t size) {
    std::vector<std::byte> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 37 + 11);
    return std::make_shared<const std::vector<std::byte>>(std::move(bytes));
}

/// A piece with a source, two revisions of which one shares it, a take and a run; the same for the same seed.
inline Project sampleProject(std::uint64_t seed, int notes = 40) {
    Project project;
    project.score = score::laws::randomScore(seed, {.tracks = 3, .notes = notes});
    project.score.source = sourceBytes(300 + static_cast<std::size_t>(seed % 7));
    project.view = R"({"zoom":1.5,"hidden":[2],"name":"Für Elise"})";
    project.revisions.push_back(
        {1, 0, "first sketch", 1'700'000'000, score::laws::randomScore(seed + 1, {.notes = 10})});
    project.revisions.push_back({2, 1, "with the source", 1'700'000'100, project.score});
    StoredTake take{.name = "bars 9-12", .made = 1'700'000'200, .target = {score::Tick{7680}, score::Tick{9600}}};
    take.tracks.push_back(project.score.tracks[0].header());
    take.notes.push_back({project.score.tracks[0].notes.begin(), project.score.tracks[0].notes.begin() + 5});
    take.starred = true;
    take.origin = R"({"run":"counterpoint-mmt-1m","seed":7})";
    project.takes.push_back(take);
    project.training.push_back({"20260101-counterpoint", "wrote in it", std::string(64, 'a')});
    return project;
}

/// What golden/v1.continuo holds; never to be changed.
inline Project goldenProject() {
    Project project;
    score::Track track;
    track.id = score::TrackId{1};
    track.name = "Flöte";
    track.channel = 3;
    track.notes = {
        {.id = score::NoteId{2},
         .onset = score::Tick{0},
         .length = score::Ticks{480},
         .pitch = 72,
         .velocity = 90,
         .release = 12,
         .marks = score::NoteMarks::Locked,
         .playedOffset = -7,
         .playedLength = 5},
        {.id = score::NoteId{3}, .onset = score::Tick{480}, .length = score::Ticks{960}, .pitch = 74, .velocity = 1}};
    track.events = {{.id = score::EventId{4},
                     .at = score::Tick{10},
                     .kind = score::ChannelEventKind::PitchBend,
                     .first = 1,
                     .second = 127}};
    project.score.tracks = {track};
    project.score.tempos = {{.id = score::EventId{5}, .at = score::Tick{0}, .microsecondsPerQuarter = 631'579}};
    project.score.meters = {{.id = score::EventId{6}, .at = score::Tick{0}, .numerator = 6, .denominatorPower = 3}};
    project.score.keys = {{.id = score::EventId{7}, .at = score::Tick{0}, .sharps = -3, .minor = true}};
    project.score.end = score::Tick{1920};
    project.score.source = sourceBytes(50);
    project.view = "{\"zoom\":2}";
    project.revisions.push_back({1, 0, "start", 1'700'000'000, project.score});
    project.training.push_back({"run", "learnt from it", ""});
    return project;
}

} // namespace continuo::project::test
