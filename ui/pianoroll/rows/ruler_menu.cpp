#include "ui/pianoroll/rows/ruler_menu.h"

#include <QActionGroup>
#include <QMenu>
#include <array>

namespace continuo::ui {
namespace {

struct Entry {
    TimeRows::Insert what;
    const char* text;
};
using Insert = TimeRows::Insert;
constexpr std::array kInserts{Entry{Insert::Section, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Section here…")},
                              Entry{Insert::Cue, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Cue here…")},
                              Entry{Insert::Tempo, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Tempo here…")},
                              Entry{Insert::Meter, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Meter here…")},
                              Entry{Insert::Key, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Key or scale here…")},
                              Entry{Insert::Chord, QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Chord here…")}};

struct TimeEntry {
    const char* id; // of an operation
    const char* text;
};
constexpr std::array kTimes{TimeEntry{"insertTime", QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Insert time here…")},
                            TimeEntry{"deleteTime", QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Delete time…")},
                            TimeEntry{"duplicateTime", QT_TRANSLATE_NOOP("continuo::ui::Ruler", "Duplicate time…")}};

} // namespace

void fillUnitMenu(QMenu& menu, Ruler& ruler) {
    auto* units = new QActionGroup(&menu);
    const std::array names{Ruler::tr("Bars, beats and ticks"), Ruler::tr("Minutes and seconds"), Ruler::tr("Both")};
    constexpr std::array kUnits{RulerUnit::Bars, RulerUnit::Time, RulerUnit::Both};
    for (std::size_t i = 0; i < kUnits.size(); ++i) {
        auto* action = menu.addAction(names[i]);
        action->setCheckable(true);
        action->setChecked(ruler.unit() == kUnits[i]);
        units->addAction(action);
        QObject::connect(action, &QAction::triggered, &ruler, [&ruler, unit = kUnits[i]] { ruler.setUnit(unit); });
    }
}

void fillRulerMenu(QMenu& menu, Ruler& ruler, TimeRows& rows, RollState& state, score::Tick at,
                   const std::function<void(const QString&)>& operation) {
    for (const auto& entry : kInserts)
        menu.addAction(Ruler::tr(entry.text), &rows, [&rows, what = entry.what, at] { rows.insert(what, at); });
    menu.addSeparator();
    for (const auto& entry : kTimes)
        menu.addAction(Ruler::tr(entry.text), &ruler, [&state, operation, id = entry.id, at] {
            state.document().setInsertCursor(at);
            operation(QString::fromLatin1(id));
        });
    menu.addSeparator();
    menu.addAction(Ruler::tr("Loop the selection"), &ruler, &Ruler::loopSelection);
    fillUnitMenu(*menu.addMenu(Ruler::tr("Count in")), ruler);
    rows.fillMenu(*menu.addMenu(Ruler::tr("Rows")));
}

} // namespace continuo::ui
