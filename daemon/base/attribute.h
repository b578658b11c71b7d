/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ATTRIBUTE_H
#define ATTRIBUTE_H
/*
 * The few macros that C17 leaves to the compiler. Macros here are attributes
 * and array size only; none returns, continues or declares.
 */
#define CLERK_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define CLERK_NORETURN __attribute__((noreturn))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
