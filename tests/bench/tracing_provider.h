// SPDX-License-Identifier: GPL-3.0-or-later
// Two events for each update, as somebody would trace the loop with LTTng-UST. Read several times by the library's
// macros (lttng-ust(3)), hence the unusual guard.
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER interleave

#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "tracing_provider.h"

#if !defined(INTERLEAVE_TRACING_PROVIDER_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define INTERLEAVE_TRACING_PROVIDER_H

#include <cstdint>
#include <lttng/tracepoint.h>

LTTNG_UST_TRACEPOINT_EVENT_CLASS(
    interleave, access,
    LTTNG_UST_TP_ARGS(uint32_t, thread_arg, uint32_t, number_arg, uint64_t, value_arg),
    LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(uint32_t, thread, thread_arg)
                        lttng_ust_field_integer(uint32_t, number, number_arg)
                        lttng_ust_field_integer(uint64_t, value, value_arg)))

LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(
    interleave, access, interleave, load,
    LTTNG_UST_TP_ARGS(uint32_t, thread_arg, uint32_t, number_arg, uint64_t, value_arg))

LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(
    interleave, access, interleave, store,
    LTTNG_UST_TP_ARGS(uint32_t, thread_arg, uint32_t, number_arg, uint64_t, value_arg))

#endif

#include <lttng/tracepoint-event.h>
