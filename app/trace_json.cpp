// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a run as elements of a JSON array.
#include "machine/counter_cells.h"
#include "trace_text.h"

namespace interleave {

namespace {

std::string_view nameOf(EventKind kind)
{
    switch (kind) {
    case EventKind::Spawn: return "spawn";
    case EventKind::Load: return "load";
    case EventKind::Add: return "add";
    case EventKind::Store: return "store";
    case EventKind::Update: return "update";
    case EventKind::Execute: return "execute";
    case EventKind::LockWait: return "lock-wait";
    case EventKind::LockAcquire: return "lock-acquire";
    case EventKind::LockRelease: return "lock-release";
    case EventKind::Sleep: return "sleep";
    case EventKind::Wake: return "wake";
    case EventKind::SwitchOut: return "save";
    case EventKind::Pick: return "pick";
    case EventKind::SwitchIn: return "restore";
    case EventKind::FramePush: return "call";
    case EventKind::FramePop: return "return";
    case EventKind::Exit: return "halt";
    }
    return {};
}

void appendAccess(JsonText& json, const std::optional<CellAccess>& access, const Program& program)
{
    if (!access)
        return json.null();
    json.beginObject();
    json.member("address").number(Integer(access->address));
    json.member("cell").string(cellName(program, access->address));
    json.member("before").number(access->before);
    json.member("after").number(access->after);
    json.endObject();
}

} // namespace

void appendStep(JsonText& json, const TraceWalk& walk, const Program& program)
{
    const MachineStep& step = walk.step();
    json.breakLine();
    json.beginObject();
    json.member("step").number(walk.number());
    json.member("tick").number(step.tick);
    json.member("core");
    if (step.event.core == noCore)
        json.null();
    else
        json.number(std::uint64_t{step.event.core});
    json.member("thread").number(std::uint64_t{step.event.thread});
    json.member("event").string(nameOf(step.event.kind));
    json.member("voluntary");
    if (step.event.kind == EventKind::SwitchOut)
        json.truth(step.event.voluntary);
    else
        json.null();
    json.member("address");
    if (step.pc < 0)
        json.null();
    else
        json.number(Integer(step.pc));
    json.member("instruction");
    if (step.pc < 0)
        json.null();
    else
        json.string(walk.source().text);
    json.member("registers").beginObject();
    if (step.pc >= 0)
        for (const Register r : walk.changedRegisters())
            json.member(nameOf(r)).number(walk.after(r));
    json.endObject();
    appendAccess(json.member("read"), step.read, program);
    appendAccess(json.member("written"), step.written, program);
    json.member("lock");
    if (walk.lock())
        json.string(cellName(program, *walk.lock()));
    else
        json.null();
    json.member("held_by");
    if (step.event.holder == noThread)
        json.null();
    else
        json.number(std::uint64_t{step.event.holder});
    json.endObject();
}

} // namespace interleave
