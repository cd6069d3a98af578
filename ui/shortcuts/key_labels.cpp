#include "ui/shortcuts/key_labels.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/push_button.h"

#include <QAction>

namespace continuo::ui {
namespace {

template <typename Object, typename Show>
void follow(Object& object, Show show) {
    show();
    QObject::connect(&shortcutBook(), &ShortcutBook::changed, &object, show);
}

} // namespace

void followKeys(QAction& action, const QString& id) {
    follow(action, [&action, id] { action.setShortcuts(shortcut(id).keys); });
}

void followKeys(IconButton& button, const QString& help, const QString& id) {
    if (button.objectName().isEmpty()) button.setObjectName(id);
    follow(button, [&button, help, id] {
        const auto name = button.accessibleName();
        button.setHelp(help, keyTexts(id));
        if (!name.isEmpty()) button.setAccessibleName(name);
    });
}

void followKeys(PushButton& button, const QString& id) {
    follow(button, [&button, id] { button.setShortcutText(keyText(id)); });
}

} // namespace continuo::ui
