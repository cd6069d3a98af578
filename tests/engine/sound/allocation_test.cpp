#include "engine/sound/sound_engine.h"
#include "engine/sound/synthesizer.h"
#include "tests/engine/sound/sound_fixtures.h"

#include <QTest>
#include <cstdlib>

// The executable's own malloc stands in front of the C library's for everything in this process, FluidSynth and libgomp
// included. Sanitizers bring their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CONTINUO_COUNTS_ALLOCATIONS 1
#endif

namespace {

thread_local bool insideCallback = false;
thread_local int allocations = 0, alignedAllocations = 0, releases = 0;

void countAllocation() { allocations += insideCallback; }
void countAligned() { alignedAllocations += insideCallback; }
void countRelease(const void* pointer) { releases += insideCallback && pointer; }

} // namespace

#ifdef CONTINUO_COUNTS_ALLOCATIONS
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

__attribute__((visibility("default"))) void* malloc(std::size_t size) { return countAllocation(), __libc_malloc(size); }
__attribute__((visibility("default"))) void* calloc(std::size_t count, std::size_t size) {
    return countAllocation(), __libc_calloc(count, size);
}
__attribute__((visibility("default"))) void* realloc(void* old, std::size_t size) {
    return countAllocation(), __libc_realloc(old, size);
}
__attribute__((visibility("default"))) void* memalign(std::size_t to, std::size_t size) {
    return countAligned(), __libc_memalign(to, size);
}
__attribute__((visibility("default"))) void* aligned_alloc(std::size_t to, std::size_t size) {
    return countAligned(), __libc_memalign(to, size);
}
__attribute__((visibility("default"))) int posix_memalign(void** into, std::size_t to, std::size_t size) {
    countAligned();
    *into = __libc_memalign(to, size);
    return *into ? 0 : 12;
}
__attribute__((visibility("default"))) void free(void* pointer) { countRelease(pointer), __libc_free(pointer); }
}
#endif

using namespace continuo;
using namespace continuo::sound;
using namespace continuo::sound::fixtures;

namespace {

score::Score busyScore() {
    std::vector<score::Track> tracks;
    std::uint64_t id = 100;
    for (std::uint64_t number = 1; number <= 4; ++number) {
        std::vector<score::Note> notes;
        std::vector<score::ChannelEvent> events;
        for (int i = 0; i < 60; ++i)
            notes.push_back(note(++id, i * 120, 300, 48 + static_cast<int>(number) * 5 + i % 12));
        for (int i = 0; i < 20; ++i)
            events.push_back(channelEvent(++id, i * 400, score::ChannelEventKind::Program,
                                          (i * 7 + static_cast<int>(number)) % 128));
        for (int i = 0; i < 20; ++i)
            events.push_back(channelEvent(++id, i * 400, score::ChannelEventKind::PitchBend, 0, 50 + i));
        std::ranges::sort(events, score::EventOrder{});
        tracks.push_back(track(number, notes, events));
    }
    tracks.back().drums = true;
    return scoreOf(std::move(tracks));
}

} // namespace

class AllocationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
#ifndef CONTINUO_COUNTS_ALLOCATIONS
        QSKIP("a sanitizer owns malloc in this build");
#endif
    }

    void aPlantedAllocationIsCaught() {
        allocations = releases = 0;
        insideCallback = true;
        auto* volatile planted = new int(1);
        delete planted;
        insideCallback = false;
        QCOMPARE(allocations, 1);
        QCOMPARE(releases, 1);
    }

    void renderingAllocatesNothingButWhatLibgompDoesForEachCall() {
        auto synthesizer = Synthesizer::open(builtSoundFont(), kRate).value();
        PlanExchange plans;
        LaneTable lanes;
        Player player(*synthesizer, plans, kRate);
        Mix mix;
        mix.metronome = true;
        mix.loop = score::TickRange{score::Tick{100}, score::Tick{5000}};
        mix.routes[score::TrackId{2}] = {"port", 3};
        std::vector<float> left(1024), right(1024);
        int slices = 0;
        allocations = alignedAllocations = releases = 0;
        for (int block = 0; block < 600; ++block) {
            if (block % 50 == 0) plans.publish(compilePlan(busyScore(), mix, lanes, kRate));
            if (block % 70 == 0) player.request({.kind = PlayerRequest::Kind::Play, .tick = block * 3});
            if (block % 90 == 60) player.request({.kind = PlayerRequest::Kind::Stop});
            if (block % 10 == 0)
                player.request({.kind = PlayerRequest::Kind::Instrument, .message = {2, MessageKind::Program, 55, 0}});
            if (block % 10 == 5)
                player.request({.kind = PlayerRequest::Kind::Message, .message = {2, MessageKind::NoteOn, 70, 90}});
            player.live({0x90, static_cast<std::uint8_t>(block % 100), 80}, 3);
            insideCallback = true;
            player.render(left.data(), right.data(), 1024);
            insideCallback = false;
            slices += 1024 / 64 + 2; // a loop may cut one slice in two
            while (player.portMessages().pop()) {
            }
        }

        QCOMPARE(allocations, 0);
        QVERIFY2(alignedAllocations <= slices,
                 qPrintable(QString("%1 aligned in %2 calls").arg(alignedAllocations).arg(slices)));
        QVERIFY2(releases <= slices, qPrintable(QString("%1 freed in %2 calls").arg(releases).arg(slices)));
    }
};

QTEST_APPLESS_MAIN(AllocationTest)
#include "allocation_test.moc"
