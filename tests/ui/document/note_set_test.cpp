#include "ui/document/note_set.h"

#include "engine/base/random.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::ui;
using score::NoteId;

class NoteSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesWhatASetDoes() {
        base::Random random(3);
        NoteSet ours;
        std::set<NoteId> theirs;
        const auto anyId = [&] {
            const std::uint64_t far = random.below(3) == 0 ? (std::uint64_t{1} << 60) : 0;
            return NoteId{far + static_cast<std::uint64_t>(random.between(0, 20'000))};
        };
        for (int i = 0; i < 30'000; ++i) {
            const auto id = anyId();
            if (random.below(2) == 0)
                QCOMPARE(ours.insert(id), theirs.insert(id).second);
            else
                QCOMPARE(ours.erase(id), theirs.erase(id) == 1);
            QCOMPARE(ours.size(), theirs.size());
            const auto asked = anyId();
            QCOMPARE(ours.contains(asked), theirs.contains(asked));
        }
        QCOMPARE(ours.toVector(), std::vector<NoteId>(theirs.begin(), theirs.end()));
        for (int i = 0; i < 2000; ++i) {
            const auto first = static_cast<std::uint64_t>(random.between(0, 20'000)), last = first + random.below(300);
            const auto found = theirs.lower_bound(NoteId{first});
            if (found != theirs.end() && *found <= NoteId{last}) QVERIFY(ours.mayHold(NoteId{first}, NoteId{last}));
        }
    }

    void aCopyIsASetOfItsOwn() {
        NoteSet first({NoteId{1}, NoteId{5000}});
        QVERIFY(first.contains(NoteId{5000}));
        NoteSet second = first;
        QVERIFY(second == first);
        first.erase(NoteId{5000});
        QVERIFY(second.contains(NoteId{5000}) && !first.contains(NoteId{5000}));
        QVERIFY(second != first);
        second = std::move(first);
        QVERIFY(!second.contains(NoteId{5000}) && second.contains(NoteId{1}));
        second.clear();
        QVERIFY(second.empty() && second.begin() == second.end() && !second.mayHold(NoteId{0}, NoteId{9999}));
    }
};

QTEST_APPLESS_MAIN(NoteSetTest)
#include "note_set_test.moc"
