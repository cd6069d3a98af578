#include "engine/inference/voice_dealer.h"

#include "engine/corpus/dataset.h"
#include "engine/inference/velocity_habit.h"

#include <QTest>
#include <map>
#include <set>

using namespace continuo;
using namespace continuo::inference;

namespace {

score::Note note(std::int64_t onset, std::int64_t length, int pitch, int velocity = 80) {
    return {.onset = score::Tick{onset},
            .length = score::Ticks{length},
            .pitch = static_cast<std::uint8_t>(pitch),
            .velocity = static_cast<std::uint8_t>(velocity)};
}

score::Track line(std::uint64_t id, const std::vector<int>& pitches) {
    score::Track track;
    track.id = score::TrackId{id};
    for (std::size_t i = 0; i < pitches.size(); ++i)
        track.notes.push_back(note(static_cast<std::int64_t>(i) * 480, 480, pitches[i]));
    return track;
}

/// Soprano, alto, tenor, bass.
std::vector<score::Track> choir() {
    return {line(1, {72, 74, 76, 77, 76, 74, 72, 71}), line(2, {67, 67, 69, 69, 67, 67, 64, 67}),
            line(3, {60, 59, 60, 60, 60, 59, 60, 62}), line(4, {48, 43, 45, 41, 48, 43, 45, 43})};
}

std::vector<const score::Track*> pointers(const std::vector<score::Track>& tracks) {
    std::vector<const score::Track*> all;
    for (const auto& track : tracks) all.push_back(&track);
    return all;
}

/// Gives all notes of tracks from `from` on back by a dealer that has heard what came before; the share that returned
/// home.
double shareReturned(const std::vector<const score::Track*>& tracks, score::Tick from) {
    std::map<score::Tick, std::vector<std::pair<score::Note, std::size_t>>> groups;
    for (std::size_t i = 0; i < tracks.size(); ++i)
        for (const auto& played : tracks[i]->notes)
            if (from <= played.onset) groups[played.onset].emplace_back(played, i);
    VoiceDealer dealer(tracks, from);
    std::size_t home = 0;
    std::size_t all = 0;
    for (const auto& [onset, group] : groups) {
        std::vector<score::Note> notes;
        for (const auto& [played, track] : group) notes.push_back(played);
        const auto dealt = dealer.deal(notes);
        for (std::size_t i = 0; i < group.size(); ++i) home += dealt[i] == group[i].second ? 1 : 0;
        all += group.size();
    }
    return all == 0 ? 1.0 : static_cast<double>(home) / static_cast<double>(all);
}

} // namespace

class VoiceDealerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChordGoesToTheVoicesFromHighToLow() {
        const auto tracks = choir();
        VoiceDealer dealer(pointers(tracks), score::Tick{3840});
        const std::vector<score::Note> chord{note(3840, 480, 48), note(3840, 480, 60), note(3840, 480, 67),
                                             note(3840, 480, 72)};
        QVERIFY(dealer.deal(chord) == (std::vector<std::size_t>{3, 2, 1, 0}));
    }

    void aMovingNoteGoesToTheVoiceThatIsFree() {
        const auto tracks = choir();
        VoiceDealer dealer(pointers(tracks), score::Tick{3840});
        // Alto moves on while the others hold: its note is as close to the soprano's as to its own.
        dealer.deal(std::vector{note(3840, 960, 72), note(3840, 480, 67), note(3840, 960, 60), note(3840, 960, 48)});
        QVERIFY(dealer.deal(std::vector{note(4320, 480, 70)}) == (std::vector<std::size_t>{1}));
    }

    void twoLinesOfOneRangeAreNotPiledOntoOneTrack() {
        const std::vector<score::Track> tracks{line(1, {60, 62, 64, 62}), line(2, {60, 59, 57, 59})};
        VoiceDealer dealer(pointers(tracks), score::Tick{1920});
        std::set<std::size_t> used;
        for (int step = 0; step < 8; ++step)
            for (const auto track : dealer.deal(std::vector{note(1920 + step * 480, 480, 60 - step % 3),
                                                            note(1920 + step * 480, 480, 62 + step % 3)}))
                used.insert(track);
        QCOMPARE(used.size(), std::size_t{2});
    }

    void moreNotesThanVoicesAreAllDealtInOrder() {
        const auto tracks = choir();
        VoiceDealer dealer(pointers(tracks), score::Tick{3840});
        const std::vector<score::Note> chord{note(3840, 480, 41), note(3840, 480, 48), note(3840, 480, 60),
                                             note(3840, 480, 64), note(3840, 480, 67), note(3840, 480, 72)};
        const auto dealt = dealer.deal(chord);
        QVERIFY(std::is_sorted(dealt.rbegin(), dealt.rend()));
        QCOMPARE(std::set<std::size_t>(dealt.begin(), dealt.end()).size(), std::size_t{4});
    }

    void fourPartPiecesComeBackToTheirOwnParts() {
        const auto dataset = corpus::Dataset::open("counterpoint");
        QVERIFY(dataset);
        double sum = 0;
        int pieces = 0;
        for (std::size_t i = 0; i < dataset->pieces().size(); i += 16, ++pieces) {
            const auto& score = dataset->pieces()[i].score;
            std::vector<const score::Track*> parts;
            for (const auto& track : score.tracks)
                if (!track.notes.empty()) parts.push_back(&track);
            const auto half = score.meterMap().barStart(score.meterMap().positionAt(score::lastTick(score)).bar / 2);
            const auto share = shareReturned(parts, half);
            sum += share;
            QVERIFY2(share > 0.8, qPrintable(QString("%1: %2").arg(dataset->pieces()[i].name.c_str()).arg(share)));
        }
        qInfo(
            "%s",
            qPrintable(
                QString("%1 pieces, %2 of the notes returned to their part").arg(pieces).arg(sum / pieces, 0, 'f', 4)));
        QVERIFY(sum / pieces > 0.95);
    }

    void velocitiesGoOnAsTheTrackWasLately() {
        score::Track track;
        for (int beat = 0; beat < 32; ++beat) {
            track.notes.push_back(note(beat * 960, 480, 60, beat % 4 == 0 ? 100 : 80));
            track.notes.push_back(note(beat * 960 + 480, 480, 60, 60));
        }
        const score::MeterMap meter({}, {});
        const VelocityHabit habit(track, score::Tick{32 * 960}, meter);
        QCOMPARE(int{habit.at(score::Tick{32 * 960}, meter)}, 100);
        QCOMPARE(int{habit.at(score::Tick{33 * 960}, meter)}, 80);
        QCOMPARE(int{habit.at(score::Tick{33 * 960 + 480}, meter)}, 60);
        QCOMPARE(int{VelocityHabit().at(score::Tick{0}, meter)}, 80);
    }
};

QTEST_APPLESS_MAIN(VoiceDealerTest)
#include "voice_dealer_test.moc"
