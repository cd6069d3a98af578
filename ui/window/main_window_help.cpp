#include "ui/pianoroll/gesture_choices.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/shortcuts/key_overlay.h"
#include "ui/shortcuts/keys_sheet.h"
#include "ui/widgets/status_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_bar.h"

#include <algorithm>

/// What the key of help shows: the gestures of what is under the pointer, then the keys that count there.
namespace continuo::ui {
namespace {

KeyCard cardOf(const QString& title, const std::vector<GestureText>& texts) {
    KeyCard card{title, {}};
    for (const auto& text : texts) card.rows.push_back({text.gesture, text.does});
    return card;
}

const GesturePlace* placeNamed(const QString& id) {
    const auto& places = gestureBook().places;
    const auto found = std::ranges::find(places, id, &GesturePlace::id);
    return found == places.end() ? nullptr : &*found;
}

} // namespace

std::vector<KeyCard> MainWindow::helpAt(QPoint at) const {
    std::vector<KeyCard> cards;
    QStringList contexts{QStringLiteral("window")};
    for (auto* widget = childAt(at); widget; widget = widget->parentWidget()) {
        if (const auto* view = qobject_cast<const PianoRollView*>(widget)) {
            cards.push_back(cardOf(tr("Mouse here"), view->gesturesUnder(view->mapFrom(this, at))));
            cards.push_back(cardOf(tr("Wheel"), gestureBook().wheel));
            contexts = {QStringLiteral("roll"), QStringLiteral("draw"), QStringLiteral("cell")};
            break;
        }
        if (const auto* place = placeNamed(widget->property("place").toString())) {
            cards.push_back(cardOf(place->name, place->rows));
            break;
        }
    }
    const auto keys = keyCards(contexts);
    cards.insert(cards.end(), keys.begin(), keys.end());
    return cards;
}

void MainWindow::buildHelp() {
    help_ = new KeyOverlay(*this, [this](QPoint at) { return helpAt(at); });
    connect(&shortcutBook(), &ShortcutBook::notSaved, this, [this](const QString& why) { status_->setHint(why); });
}

void MainWindow::showKeysSheet() {
    QStringList titles;
    for (const auto* action : menus_->actions()) titles << action->text();
    KeysSheet::show(*this, titles, gestureSource());
}

} // namespace continuo::ui
