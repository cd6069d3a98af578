#pragma once

#include "ui/shortcuts/shortcut_table.h"

namespace continuo::ui {

/// Something about a key that keeps a command from being reached.
struct Clash {
    enum class Kind {
        Twice,    // two commands of one context: neither runs
        Hidden,   // a narrower context takes it first, and the table does not say that it knows
        Mnemonic, // Alt and the letter open a menu
        Desktop,  // desktops are known to take it
    };
    Kind kind;
    QKeySequence key;
    QStringList commands; // ids; of Hidden, the one that is reached comes first
    QString says;         // one sentence
};

/// Commands whose keys cannot all be reached. `menuTitles`: as menus have them, "&File".
std::vector<Clash> findClashes(const std::vector<Shortcut>& commands, const std::vector<DesktopKey>& desktopKeys,
                               const QStringList& menuTitles);

} // namespace continuo::ui
