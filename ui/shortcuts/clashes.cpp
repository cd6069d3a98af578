#include "ui/shortcuts/clashes.h"

#include "ui/shortcuts/shortcuts.h"

#include <QObject>
#include <algorithm>
#include <map>

namespace continuo::ui {
namespace {

using Users = std::vector<const Shortcut*>;

void compare(const Shortcut& a, const Shortcut& b, const QKeySequence& key, std::vector<Clash>& clashes) {
    if (!contextsMeet(a.context, b.context)) return;
    if (nearness(a.context) == nearness(b.context)) {
        if (a.context == b.context)
            clashes.push_back({Clash::Kind::Twice,
                               key,
                               {a.id, b.id},
                               QObject::tr("%1 is given to “%2” and to “%3”").arg(keyText(key), a.name, b.name)});
        return;
    }
    const auto& first = nearness(a.context) > nearness(b.context) ? a : b;
    const auto& second = &first == &a ? b : a;
    if (first.over.contains(second.id)) return;
    clashes.push_back({Clash::Kind::Hidden,
                       key,
                       {first.id, second.id},
                       QObject::tr("%1 reaches “%2” first; “%3” has it only where the roll has not the keyboard")
                           .arg(keyText(key), first.name, second.name)});
}

void compareWithMenus(const Shortcut& command, const QKeySequence& key, const QStringList& titles,
                      std::vector<Clash>& clashes) {
    for (const auto& title : titles) {
        const auto mnemonic = QKeySequence::mnemonic(title);
        if (!mnemonic.isEmpty() && mnemonic == key)
            clashes.push_back({Clash::Kind::Mnemonic,
                               key,
                               {command.id},
                               QObject::tr("%1 opens the menu %2 before “%3” sees it")
                                   .arg(keyText(key), QString(title).remove(QLatin1Char('&')), command.name)});
    }
}

} // namespace

std::vector<Clash> findClashes(const std::vector<Shortcut>& commands, const std::vector<DesktopKey>& desktopKeys,
                               const QStringList& menuTitles) {
    std::vector<Clash> clashes;
    std::map<QKeySequence, Users> users;
    for (const auto& command : commands)
        for (const auto& key : command.keys) {
            for (const auto* other : users[key]) compare(*other, command, key, clashes);
            users[key].push_back(&command);
            compareWithMenus(command, key, menuTitles, clashes);
            for (const auto& taken : desktopKeys)
                if (taken.key == key)
                    clashes.push_back({Clash::Kind::Desktop,
                                       key,
                                       {command.id},
                                       QObject::tr("On some desktops %1 %2 before “%3” sees it")
                                           .arg(keyText(key), taken.does, command.name)});
        }
    return clashes;
}

} // namespace continuo::ui
