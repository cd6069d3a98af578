#pragma once

#include "ui/document/recovery_keeper.h"

class QWidget;

namespace continuo::ui {

/// Where an earlier session ended without saving: a sheet that shows each piece as it was and as it can be recovered.
/// Nothing is thrown away unless the user says so; "Later" asks again at the next start. Does nothing where there is
/// nothing to recover.
void offerRecovery(QWidget& window, RecoveryKeeper& keeper);

} // namespace continuo::ui
